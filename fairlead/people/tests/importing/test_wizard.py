"""The import wizard: upload, columns, dry run, run, report, revert; another firm sees nothing of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.models import Contact
from fairlead.people.tests.importing.test_files import DATA
from fairlead.records.imports import runs
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def upload(person: Person, name: str) -> str:
    file = SimpleUploadedFile(name, (DATA / name).read_bytes())
    response = person.client().post(person.url("contacts/import/"), {"file": file})
    assert response.status_code == 302, response.content[:2000]
    return str(response.headers["Location"])


def posted(person: Person, url: str, **more: str) -> dict[str, str]:
    """Return the form of the page as a browser would post it."""
    with firm_context(person.firm.id):
        run = ImportRun.rows().get()
    form = {f"target-{c['index']}": "new" if c["new_field"] else c["target"] or "" for c in run.columns}
    return {**form, "mode": "both", "match": "email", **more}


def test_from_upload_to_revert(alice: Person, charlie: Person) -> None:
    url = upload(alice, "contacts-hubspot.csv")
    client = alice.client()
    page = client.get(url)
    assert b"Annual Budget" in page.content and b"Dry run" in page.content
    assert client.post(url + "setup", posted(alice, url, go="check")).status_code == 302
    assert b"data-job-active" in client.get(url).content
    assert drain() == 1
    page = client.get(url)
    assert b"Would be created" in page.content and b">500<" in page.content
    with firm_context(alice.firm.id):
        assert not Contact.rows().exists()
    client.post(url + "setup", posted(alice, url, go="start", tags="fair, new"))
    drain()
    page = client.get(url)
    assert b"Revert this import" in page.content
    with firm_context(alice.firm.id):
        assert Contact.rows().count() == 500
        changed = Contact.rows().order_by("id")[0]
        changed.city, changed.version = "Elsewhere", 2
        changed.save()
    assert charlie.client().get(url.replace("alder", "birch")).status_code == 404
    assert client.post(url + "revert").status_code in (302, 204)
    drain()
    with firm_context(alice.firm.id):
        assert list(Contact.rows().filter(deleted_at=None)) == [changed]
        run = ImportRun.rows().get()
        assert run.status == "reverted" and run.report["kept"][0]["id"] == str(changed.id)
    assert b"changed since" in client.get(url).content


def test_rows_left_out_come_back_as_a_file(alice: Person) -> None:
    url = upload(alice, "ragged.csv")
    alice.client().post(url + "setup", posted(alice, url, go="start"))
    drain()
    response = alice.client().get(url + "errors.csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.splitlines()[0] == "email,first name,last name,city,What is wrong,Line"
    assert "never closed" in text and "6 cells" in text


def test_what_cannot_be_read_is_refused(alice: Person, bob: Person) -> None:
    for content in (b"", b"\x00\x01\x02\x03" * 100):
        file = SimpleUploadedFile("x.csv", content)
        response = alice.client().post(alice.url("contacts/import/"), {"file": file})
        assert (response.status_code == 422 and b"x.csv" in response.content) or b"Choose a file" in response.content
    url = upload(alice, "ragged.csv")
    response = alice.client().post(url + "setup", posted(alice, url, **{"target-1": "email", "target-2": "first_name",
                                                                        "target-3": "first_name"}))  # fmt: skip
    assert response.status_code == 422 and b"would both be written" in response.content


def test_layout_can_be_changed(alice: Person) -> None:
    url = upload(alice, "semicolon-cp1252.csv")
    response = alice.client().post(url + "layout", {"encoding": "cp1252", "delimiter": ",", "header_row": "1"})
    assert response.status_code == 302
    with firm_context(alice.firm.id):
        assert len(ImportRun.rows().get().columns) == 1
    assert alice.client().post(url + "layout", {"encoding": "klingon", "delimiter": ","}).status_code == 422


def test_a_file_that_is_gone_is_said_to_be(alice: Person) -> None:
    url = upload(alice, "semicolon-cp1252.csv")
    with firm_context(alice.firm.id):
        runs.path_of(ImportRun.rows().get()).unlink()
    page = alice.client().get(url)
    assert page.status_code == 409 and b"Upload it again" in page.content
    alice.client().post(url + "setup", posted(alice, url, go="start"))
    drain()
    with firm_context(alice.firm.id):
        assert not Contact.rows().exists()
        assert "Upload it again" in ImportRun.rows().get().failure
