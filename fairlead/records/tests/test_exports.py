"""Exporting records into files."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound
from fairlead.people.actions.contacts import create_contact
from fairlead.records import access, nouns
from fairlead.records.actions import exports
from fairlead.records.actions.exports import cancel_export, purge_exports, start_export
from fairlead.records.models import ExportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
COLUMNS = ["first_name", "last_name", "email", "phone", "lifecycle", "owner", "created_at"]
DANGEROUS = ["=1+1", "+41", "@SUM(A1:A9)", "-2", '=HYPERLINK("http://evil.example")']


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    yield


def people(alice: Person, *first_names: str) -> list[Any]:
    with firm_context(alice.firm.id):
        return [create_contact({"first_name": n, "last_name": "Ng", "email": f"p{i}@acorn.example"}, by=alice.actor)
                for i, n in enumerate(first_names)]  # fmt: skip


def rows(run: ExportRun) -> list[list[str]]:
    text = (Path(settings.MEDIA_ROOT) / run.file).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_few_records_are_ready_at_once_and_the_audit_knows(alice: Person) -> None:
    people(alice, "Ann", "Bo")
    with firm_context(alice.firm.id):
        run = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS, sort="-name")
        assert (run.state, run.done, run.total) == ("done", 2, 2)
        header, *found = rows(run)
        assert header[:4] == ["Record id", "First name", "Last name", "Email"]
        assert [r[1] for r in found] == ["Bo", "Ann"]
        event = Event.rows().get(type="export.made")
        assert (event.data["count"], event.data["format"], event.actor_id) == (2, "csv", alice.membership.id)


def test_formulas_are_neutralised_in_csv_and_plain_text_in_xlsx(alice: Person) -> None:
    people(alice, *DANGEROUS)
    with firm_context(alice.firm.id):
        run = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS)
        assert sorted(r[1] for r in rows(run)[1:]) == sorted(f"'{text}" for text in DANGEROUS)
        book = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS, format="xlsx")
    sheet = CalamineWorkbook.from_path(str(Path(settings.MEDIA_ROOT) / book.file)).get_sheet_by_index(0).to_python()
    assert sorted(row[1] for row in sheet[1:]) == sorted(DANGEROUS)


def test_a_filter_or_a_selection_is_exported_and_nothing_else(alice: Person) -> None:
    ann, _, cy = people(alice, "Ann", "Bo", "Cy")
    contact = nouns.get("contact")
    with firm_context(alice.firm.id):
        tree = {"field": "first_name", "op": "is", "value": "Bo"}
        assert [r[1] for r in rows(start_export(contact, by=alice.actor, columns=COLUMNS, criteria=tree))[1:]] == ["Bo"]
        run = start_export(contact, by=alice.actor, columns=COLUMNS, ids=[ann.id, cy.id])
        assert [r[1] for r in rows(run)[1:]] == ["Ann", "Cy"]


def test_many_records_are_written_in_the_background(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    people(alice, "Ann", "Bo", "Cy")
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr("fairlead.records.exports.content.CHUNK", 2)
    with firm_context(alice.firm.id):
        run = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS)
        assert run.state == "queued"
    drain()
    with firm_context(alice.firm.id):
        run.refresh_from_db()
        assert (run.state, run.done) == ("done", 3)


def test_an_export_can_be_stopped(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    people(alice, "Ann")
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    with firm_context(alice.firm.id):
        run = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS)
        assert cancel_export(run.id, by=alice.actor).state == "cancelled"
        assert exports.write_export(run, by=alice.actor).file == ""


@pytest.mark.parametrize("breaks", [False, True])
def test_an_export_that_did_not_end_well_leaves_no_file(
    alice: Person, monkeypatch: pytest.MonkeyPatch, breaks: bool
) -> None:
    people(alice, "Ann")
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    with firm_context(alice.firm.id):
        run = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS)
    written = exports.write

    def and_then(*given: Any, **more: Any) -> None:
        written(*given, **more)
        if breaks:
            raise OSError("No space left on device")
        with firm_context(alice.firm.id):
            cancel_export(run.id, by=alice.actor)

    monkeypatch.setattr(exports, "write", and_then)
    with suppress(OSError):
        exports.write_export(run, by=alice.actor)
    with firm_context(alice.firm.id):
        run.refresh_from_db()
        assert (run.state, run.file) == ("running" if breaks else "cancelled", "")
    assert [found for found in Path(settings.MEDIA_ROOT).rglob("*") if found.is_file()] == []


def test_files_go_when_their_day_is_over(alice: Person) -> None:
    people(alice, "Ann")
    with firm_context(alice.firm.id):
        run = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS)
        path = Path(settings.MEDIA_ROOT) / run.file
        assert purge_exports() == 0
        with clock.frozen(run.expires_at + exports.KEPT):
            assert purge_exports() == 1
        assert not path.exists()


def test_a_file_whose_day_is_over_is_not_handed_out_even_while_it_lies_there(alice: Person) -> None:
    people(alice, "Ann")
    with firm_context(alice.firm.id):
        run = start_export(nouns.get("contact"), by=alice.actor, columns=COLUMNS)
    page, file = alice.url(f"exports/{run.pk}/"), alice.url(f"exports/{run.pk}/file")
    assert alice.client().get(file).status_code == 200
    with clock.frozen(run.expires_at):
        refused = alice.client().get(file)
        assert refused.status_code == 404 and b"kept for 24 hours and is gone" in refused.content
        told = alice.client().get(page, headers={"HX-Request": "true"}).content.decode()
        assert "It was kept for 24 hours and is gone" in told and file not in told
        assert Api(alice).get(f"exports/{run.pk}/file").status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": ["shoe_size"]},
        {"columns": [], "format": "pdf"},
        {"columns": [], "sort": "phone"},
        {"columns": [], "criteria": {"field": "x"}},
    ],
)
def test_wrong_wishes_are_named_and_leave_nothing(alice: Person, wrong: dict[str, Any]) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput):
        start_export(nouns.get("contact"), by=alice.actor, **wrong)


def test_bob_may_not_export_and_nobody_fetches_anothers_file(alice: Person, bob: Person, charlie: Person) -> None:
    people(alice, "Ann")
    contact = nouns.get("contact")
    with firm_context(alice.firm.id):
        with pytest.raises(Forbidden):
            start_export(contact, by=bob.actor, columns=COLUMNS)
        run = start_export(contact, by=alice.actor, columns=COLUMNS)
        with pytest.raises(NotFound):
            access.export_run(bob.actor, run.id)
    assert charlie.client().get(charlie.url(f"exports/{run.id}/file")).status_code == 404
    with firm_context(charlie.firm.id):
        assert len(rows(start_export(contact, by=charlie.actor, columns=COLUMNS))) == 1


def test_the_dialog_exports_the_selection(alice: Person) -> None:
    ann, _ = people(alice, "Ann", "Bo")
    client = alice.client()
    assert "Export contacts" in client.get(alice.url("records/contacts/export")).content.decode()
    posted = {"columns": ["first_name"], "format": "csv", "selection": json.dumps({"ids": [str(ann.id)]})}
    answer = client.post(alice.url("records/contacts/export"), posted)
    assert "Download" in answer.content.decode()
    with firm_context(alice.firm.id):
        run = ExportRun.rows().get()
    assert client.get(alice.url(f"exports/{run.id}/")).status_code == 200
    file = client.get(alice.url(f"exports/{run.id}/file"))
    assert b"Ann" in b"".join(file.streaming_content)
    assert "attachment" in file["Content-Disposition"]


def test_the_button_above_the_list_exports_what_the_list_shows(alice: Person) -> None:
    people(alice, "Ann", "Bo")
    client, address = alice.client(), alice.url("records/contacts/export")
    only = urlencode({"criteria": json.dumps({"field": "first_name", "op": "is", "value": "Ann"})})
    assert b"data-bulk" not in client.get(f"{address}?{only}").content
    assert b"data-bulk" in client.get(f"{address}?count=1").content
    client.post(f"{address}?{only}", {"columns": ["first_name"], "format": "csv"})
    with firm_context(alice.firm.id):
        assert ExportRun.rows().get().total == 1
    none = client.post(f"{address}?count=0", {"columns": ["first_name"], "format": "csv", "selection": '{"ids": []}'})
    assert (none.status_code, b"Select at least one row" in none.content) == (422, True)


def test_everything_there_is_needs_no_columns_chosen_and_chosen_ones_are_needed(alice: Person, charlie: Person) -> None:
    people(alice, "Ann")
    client, url = alice.client(), alice.url("records/contacts/export")
    assert b"Choose at least one column." in client.post(url, {"which": "chosen", "format": "csv"}).content
    assert client.post(url, {"which": "every", "format": "csv"}).status_code == 200
    with firm_context(alice.firm.id):
        header, ann = rows(ExportRun.rows().get())
    assert {"First name", "Additional emails", "Additional phones", "Tags", "Lists", "External id"} < set(header)
    assert len(header) > 40 and "Ann" in ann
    with firm_context(charlie.firm.id):
        assert not ExportRun.rows().exists()
