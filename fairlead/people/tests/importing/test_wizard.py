"""The import wizard: upload, columns, dry run, run, report, revert; another firm sees nothing of it."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.people.merging.same_person import SAME_PERSON
from fairlead.people.models import Contact
from fairlead.people.tests.importing.test_files import DATA
from fairlead.records.duplicates.public import candidates
from fairlead.records.imports import runs
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField, ImportRun
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
    page = client.get(url).content.decode()
    assert "changed since" in page and " went back, 1 left as they are." in page
    assert f'<a href="{alice.url(f"contacts/{changed.id}/")}">{changed.name}</a>' in page


def test_rows_left_out_come_back_as_a_file(alice: Person) -> None:
    url = upload(alice, "ragged.csv")
    alice.client().post(url + "setup", posted(alice, url, go="start"))
    drain()
    response = alice.client().get(url + "errors.csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.splitlines()[0] == "\ufeffWhat is wrong,Line in the file,email,first name,last name,city"
    assert "never closed" in text and "6 cells" in text


def test_a_file_of_left_out_rows_comes_back_without_new_fields(alice: Person) -> None:
    client, places = alice.client(), []
    for content in (b"email,Line\nada at acorn,Blue\n", None):
        text = content or b"".join(client.get(places[0] + "errors.csv").streaming_content)  # type: ignore[attr-defined]
        file = SimpleUploadedFile("people.csv", text.replace(b" at acorn", b"@acorn.example") if places else text)
        places.append(client.post(alice.url("contacts/import/"), {"file": file}).headers["Location"])
        with firm_context(alice.firm.id):
            run = ImportRun.rows().order_by("-created_at")[0]
        form = {f"target-{c['index']}": "new" if c["new_field"] else c["target"] or "" for c in run.columns}
        client.post(places[-1] + "setup", {**form, "mode": "both", "match": "email", "go": "start"})
        drain()
    assert [c["target"] for c in run.columns][:2] == [None, None]
    with firm_context(alice.firm.id):
        assert Contact.rows().get().email == "ada@acorn.example"
        assert set(CustomField.rows().values_list("label", flat=True)) <= {"Line"}  # the column that was there before


def test_what_cannot_be_read_is_refused(alice: Person, bob: Person) -> None:
    for content in (b"", b"\x00\x01\x02\x03" * 100, b"%PDF-1.4\n1 0 obj\n<<>>\n" * 20):
        file = SimpleUploadedFile("x.csv", content)
        response = alice.client().post(alice.url("contacts/import/"), {"file": file})
        assert (response.status_code == 422 and b"x.csv" in response.content) or b"Choose a file" in response.content
    url = upload(alice, "ragged.csv")
    response = alice.client().post(url + "setup", posted(alice, url, **{"target-1": "email", "target-2": "first_name",
                                                                        "target-3": "first_name"}))  # fmt: skip
    again = alice.client().get(url + "setup")  # where the refused page stands: loaded anew
    assert (again.status_code, again.headers["Location"]) == (302, url)
    assert response.status_code == 422 and b"would both be written" in response.content
    chosen = re.findall(r'name="target-(\d)".*?<option value="(\w*)"[^>]*?\sselected', response.content.decode(), re.S)
    assert dict(chosen)["3"] == "first_name"  # what was typed is there to be mended


def test_a_dry_run_judges_what_new_fields_would_hold(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada", "email": "ada@heron.example"}, by=alice.actor)
    rows = b"email,Since\nada@heron.example,2026-03-01\nben@heron.example,long ago\n"
    file = SimpleUploadedFile("since.csv", rows)
    url = str(alice.client().post(alice.url("contacts/import/"), {"file": file}).headers["Location"])
    for verb in ("check", "start"):
        typed = {"target-1": "new", "type-1": "date", "dates-1": "ymd", "go": verb}
        assert alice.client().post(url + "setup", posted(alice, url, **typed)).status_code == 302
        drain()
        with firm_context(alice.firm.id):
            run = ImportRun.rows().get()
            found = run.dry_run if verb == "check" else {n: getattr(run, n) for n in ("created", "updated", "errors")}
            assert (found["created"], found["updated"], found["errors"]) == (0, 1, 1)
            assert CustomField.rows().exists() is (verb == "start")


def test_a_header_that_comes_twice_loses_nothing(alice: Person) -> None:
    rows = b"email,Remark,Remark\nada@heron.example,red and long enough,blue and long enough\n"
    for _ in range(2):
        with firm_context(alice.firm.id):
            ImportRun.rows().delete()
        file = SimpleUploadedFile("twice.csv", rows)
        url = str(alice.client().post(alice.url("contacts/import/"), {"file": file}).headers["Location"])
        alice.client().post(url + "setup", posted(alice, url, go="start"))
        drain()
        with firm_context(alice.firm.id):
            fields = {f.label: f for f in CustomField.rows()}
            assert list(fields) == ["Remark", "Remark (2)"]
            assert Contact.rows().get().custom == {
                fields["Remark"].key: "red and long enough", fields["Remark (2)"].key: "blue and long enough",
            }  # fmt: skip
    with firm_context(alice.firm.id):
        ImportRun.rows().delete()
    both = {f"target-{n}": fields["Remark"].name for n in (1, 2)}
    url = upload(alice, "ragged.csv")
    refused = alice.client().post(url + "setup", posted(alice, url, **both))
    assert refused.status_code == 422 and b"would both be written to Remark" in refused.content


def test_a_dry_run_that_is_stopped_tells_nothing(alice: Person) -> None:
    url = upload(alice, "contacts-hubspot.csv")
    alice.client().post(url + "setup", posted(alice, url, go="check"))
    assert alice.client().post(url + "cancel").status_code == 200
    drain()
    page = alice.client().get(url).content
    assert b"Would be created" not in page and b"Dry run" in page


def test_a_cell_too_long_leaves_its_row_out(alice: Person) -> None:
    rows = b"email,first name\nada@heron.example," + b"x" * 140_000 + b"\nben@heron.example,Ben\n"
    file = SimpleUploadedFile("long.csv", rows)
    url = str(alice.client().post(alice.url("contacts/import/"), {"file": file}).headers["Location"])
    alice.client().post(url + "setup", posted(alice, url, go="start"))
    drain()
    assert b"more than 131,072 characters" in alice.client().get(url).content
    with firm_context(alice.firm.id):
        assert [c.first_name for c in Contact.rows()] == ["Ben"]


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


def test_an_import_is_among_the_background_work_of_who_started_it(alice: Person, bob: Person) -> None:
    url = upload(alice, "contacts-hubspot.csv")
    client, widget = alice.client(), alice.url("bulk/")
    assert b"Import of" not in client.get(widget).content  # it is being set up
    client.post(url + "setup", posted(alice, url, go="start"))
    page = client.get(widget).content.decode()
    assert "Import of contacts-hubspot.csv" in page and "data-job-active" in page
    assert "Import of" not in bob.client().get(bob.url("bulk/")).content.decode()
    drain()
    ended = client.get(url + "progress?aside=1")
    assert f'href="{url}"' in ended.content.decode() and "HX-Refresh" not in ended.headers
    assert client.get(url + "progress").headers["HX-Refresh"] == "true"


def test_progress_counts_the_rows_without_the_header(alice: Person) -> None:
    file = SimpleUploadedFile("p.csv", b"Email\na@x.example\nb@x.example\n")
    with firm_context(alice.firm.id):
        source = runs.source_of(runs.upload("contact", file, name="p.csv", by=alice.actor))
    assert source.estimate() == 2


def test_who_may_be_here_twice_is_one_step_away(alice: Person) -> None:
    row = "Ada,Byron,{}@heron.example,+44 20 7946 0011,Heron Ltd\n"
    text = "First Name,Last Name,Email,Phone,Company\n" + row.format("ada") + row.format("a.byron")
    found = import_file("contact", io.BytesIO(text.encode()), name="p.csv", by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        candidates.refresh(SAME_PERSON, list(Contact.rows().values_list("pk", flat=True)))
    page = alice.client().get(alice.url(f"imports/{found['id']}/")).content.decode()
    assert "1 possible duplicate among the new contacts." in page
    assert f'href="{alice.url("duplicates/")}?noun=contact"' in page
