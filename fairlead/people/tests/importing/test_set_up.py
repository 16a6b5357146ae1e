"""Setting an import up: what is offered, what is taken over from earlier ones, what is shown before it starts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.people.tests.importing.test_wizard import posted
from fairlead.records.actions.custom_fields import archive_field
from fairlead.records.models import CustomField, ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_a_dry_run_shows_what_empty_cells_clear_and_the_report_why_rows_are_skipped(alice: Person) -> None:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="text")
        CustomField.objects.create(noun="contact", key="since", label="Since", kind="recurring_date")
        create_contact({"email": "ada@heron.example", "custom": {"tier": "gold", "since": "--02-29"}}, by=alice.actor)
    url = ""
    for mode, more, told in (
        ("both", {"clear": "on"}, ("gold", "29 Feb")),
        ("create", {}, ("1 row skipped: known already",)),
        ("update", {}, ("1 row skipped: not known yet",)),
    ):
        with firm_context(alice.firm.id):
            ImportRun.rows().delete()
        name = "ben" if mode == "update" else "ada"
        file = SimpleUploadedFile("people.csv", f"email,Tier,Since\n{name}@heron.example,,\n".encode())
        url = str(alice.client().post(alice.url("contacts/import/"), {"file": file}).headers["Location"])
        go = "check" if mode == "both" else "start"
        mapped = {"target-1": "custom.tier", "target-2": "custom.since"}
        alice.client().post(url + "setup", posted(alice, url, **{**mapped, **more, "mode": mode, "go": go}))
        drain()
        page = alice.client().get(url).content.decode()
        assert all(word in page for word in told) and "everything in this file was known" not in page


def sent(person: Person, text: str) -> str:
    file = SimpleUploadedFile("people.csv", text.encode())
    return str(person.client().post(person.url("contacts/import/"), {"file": file}).headers["Location"])


def latest(person: Person) -> ImportRun:
    with firm_context(person.firm.id):
        return ImportRun.rows().order_by("-created_at", "-id")[0]


def test_a_file_with_the_columns_of_an_earlier_one_is_set_up_like_it(alice: Person, charlie: Person) -> None:
    text = "Wer,Rufname,When,Remark\nada@heron.example,Ada,01/02/2020,x\nben at heron,Ben,01/02/2020,x\n"
    url = sent(alice, text)
    form = {"target-0": "email", "target-1": "first_name", "target-2": "created_at", "dates-2": "mdy", "target-3": ""}
    options = {"mode": "both", "match": "external_id", "overwrite": "on", "clear": "on", "tags": "moved"}
    alice.client().post(url + "setup", {**form, **options, "allow_without_address": "on", "go": "start"})
    drain()
    errors = b"".join(alice.client().get(url + "errors.csv").streaming_content).decode()  # type: ignore[attr-defined]
    again = sent(alice, errors.replace("ben at heron", "ben@heron.example"))
    page = alice.client().get(again).content.decode()
    assert "Set up like" in page and "people.csv" in page
    run = latest(alice)
    assert [c["target"] for c in run.columns] == [None, None, "email", "first_name", "created_at", None]
    assert run.columns[4]["dates"] == "mdy"
    assert (run.options["match"], run.options["tags"], run.options["allow_without_address"]) == (
        "external_id", ["moved"], True,
    )  # fmt: skip
    assert not run.options["overwrite"] and not run.options["clear"], "what may lose something is asked anew"
    assert "Set up like" not in charlie.client().get(sent(charlie, text)).content.decode()
    alice.client().post(again + "layout", {"encoding": "utf-8-sig", "delimiter": ",", "header_row": "1"})
    assert "Set up like" not in alice.client().get(again).content.decode()
    assert latest(alice).columns[3]["new_field"] is not None


def test_what_there_is_no_more_is_suggested_anew(alice: Person) -> None:
    url = sent(alice, "email,Tier\nada@heron.example,gold\n")
    alice.client().post(url + "setup", {**posted(alice, url), "go": "start"})
    drain()
    with firm_context(alice.firm.id):
        archive_field(CustomField.rows().get().pk, by=alice.actor)
    sent(alice, "email,Tier\nben@heron.example,gold\n")
    assert latest(alice).columns[1]["new_field"]["label"] == "Tier"


def test_columns_that_would_become_fields_are_left_out_with_one_press(alice: Person) -> None:
    url = sent(alice, "email,Pages seen,Is contact\nada@heron.example,7,true\n")
    assert "2 new custom fields" in alice.client().get(url).content.decode()
    alice.client().post(url + "setup", {**posted(alice, url), "go": "bare", "tags": "kept"})
    run = latest(alice)
    assert [c["target"] for c in run.columns] == ["email", None, None] and run.options["tags"] == ["kept"]
    assert "new custom field" not in alice.client().get(url).content.decode().lower().split("<table")[0]
