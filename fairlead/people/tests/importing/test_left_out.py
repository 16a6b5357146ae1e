"""Rows that an import leaves out: all that is wrong in each is told at once, on pages, in the file, by the API."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Company, Contact
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField, ImportRowError, ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
WRONG = """Email,First name,Birthday,Country,Score
ada at heron,Ada,31.31.1999,Narnia,lots
,Ben,someday,DE,1
held@heron.example,Cleo,1990-01-02,Oz,2
dan@heron.example,Dan,1990-01-02,DE,3
"""


def brought(person: Person, text: str, noun: str = "contacts", **options: Any) -> dict[str, Any]:
    return import_file(noun, io.BytesIO(text.encode()), name="people.csv", by=person.actor, options=options)


def found_wrong(found: dict[str, Any]) -> list[tuple[int, list[tuple[str, str]]]]:
    return [(p["line"], [(f["column"], f["value"]) for f in p["faults"]]) for p in found["problems"]]


def errors_file(person: Person, run_id: str) -> str:
    response = person.client().get(person.url(f"imports/{run_id}/errors.csv"))
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def test_everything_that_is_wrong_in_a_row_is_told_at_once(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Held", "email": "other@heron.example"}, by=alice.actor)
    everything = [
        (2, [("Email", "ada at heron"), ("Birthday", "31.31.1999"), ("Country", "Narnia"), ("Score", "lots")]),
        (3, [("Birthday", "someday"), ("Email", "")]),
        (4, [("Country", "Oz")]),
    ]
    rehearsed = import_file("contacts", io.BytesIO(WRONG.encode()), name="p.csv", by=alice.actor, dry_run=True)
    assert found_wrong(rehearsed) == everything
    found = brought(alice, WRONG)
    assert (found["created"], found["errors"], found_wrong(found)) == (1, 3, everything)
    with firm_context(alice.firm.id):
        run = ImportRun.rows().get(pk=found["id"])
    rows = Api(alice).get(f"imports/{run.pk}/errors").json()["data"]
    assert [len(row["faults"]) for row in rows] == [4, 2, 1]
    assert rows[0]["faults"][2]["message"] == "“Narnia” is not a country (ISO 3166-1)."
    assert (rows[0]["column"], rows[0]["message"]) == (rows[0]["faults"][0]["column"], rows[0]["faults"][0]["message"])
    page = bob.client().get(bob.url(f"imports/{run.pk}/")).content.decode()
    assert all(word in page for word in ("31.31.1999", "Narnia", "lots", "someday"))
    assert charlie.client().get(charlie.url(f"imports/{run.pk}/")).status_code == 404
    table = list(csv.reader(io.StringIO(errors_file(alice, str(run.pk)).removeprefix("\ufeff"))))
    assert table[0] == ["What is wrong", "Line in the file", "Email", "First name", "Birthday", "Country", "Score"]
    assert table[1][0].startswith("Email: “ada at heron” is not") and "Birthday: “31.31.1999” is" in table[1][0]
    assert table[1][1:3] == ["2", "ada at heron"] and table[2][0].endswith("Allow contacts without an address in "
                                                                           "the options, or fill it in.")  # fmt: skip


def test_each_address_of_somebody_else_is_named_with_its_column(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for name in ("ada", "ben", "cleo"):
            create_contact({"first_name": name, "email": f"{name}@heron.example"}, by=alice.actor)
    text = (
        "Email,Additional emails,Country\nada@heron.example,ben@heron.example;cleo@heron.example,DE\n"
        "ada@heron.example,ben@heron.example,Oz\n"
    )
    found = brought(alice, text)
    beside = [("Additional emails", "ben@heron.example"), ("Additional emails", "cleo@heron.example")]
    assert sorted(found_wrong(found)) == [(2, beside), (3, [("Country", "Oz"), beside[0]])]


def test_the_file_of_left_out_rows_is_corrected_and_comes_back_wherever_its_columns_stand(alice: Person) -> None:
    found = brought(alice, WRONG.replace("held@heron", "cleo@heron"))
    text = errors_file(alice, found["id"])
    for wrong, right in (("ada at heron", "ada@heron.example"), ("31.31.1999", "1999-12-31"), ("Narnia", "DE"),
                         ("lots", "9"), (",Ben,someday", "ben@heron.example,Ben,"), ("Oz", "DE")):  # fmt: skip
        text = text.replace(wrong, right)
    table = [[*row[2:4], row[0], *row[4:], row[1]] for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")))]
    moved = io.StringIO()
    csv.writer(moved).writerows(table)
    again = brought(alice, moved.getvalue())
    assert (again["created"], again["errors"]) == (3, 0), again["problems"]
    with firm_context(alice.firm.id):
        assert Contact.rows().count() == 4 and not CustomField.rows().exists()
    assert (brought(alice, text)["unchanged"], brought(alice, WRONG)["unchanged"]) == (3, 1)


def test_rows_with_too_many_cells_say_what_is_wrong_in_the_same_place(alice: Person) -> None:
    many = "a@heron.example,Ada" + ",more" * 30
    good = "".join(f"p{i}@heron.example;P{i}\n" for i in range(40))
    found = brought(alice, f'Email;First name\nb@heron.example;"Ben\n{many.replace(",", ";")}\n{good}')
    head, *rows = errors_file(alice, found["id"]).removeprefix("\ufeff").splitlines()
    assert head == "What is wrong;Line in the file;Email;First name"
    assert [row.split(";")[1] for row in rows] == ["2", "3"]
    assert rows[1].startswith("The row has 32 cells, the header 2.;3;a@heron.example;Ada;more")
    again = brought(alice, "\n".join((head, *rows)))
    assert (again["errors"], again["created"]) == (2, 0)


def test_the_old_place_of_what_is_wrong_is_still_known(alice: Person) -> None:
    found = brought(alice, "Email,What is wrong,Line\nada@heron.example,Score: “x” is not a number.,7\n")
    assert found["created"] == 1
    with firm_context(alice.firm.id):
        assert not CustomField.rows().exists()


def test_companies_are_told_all_of_it_too(alice: Person) -> None:
    text = "Company name,Employees,Country\nHeron,many,Narnia\n,5,DE\n"
    found = brought(alice, text, "companies")
    assert found_wrong(found) == [(2, [("Employees", "many"), ("Country", "Narnia")]), (3, [("Company name", "")])]
    with firm_context(alice.firm.id):
        assert not Company.rows().exists()


def test_a_row_that_was_left_out_before_still_says_why(alice: Person) -> None:
    with firm_context(alice.firm.id):
        run = ImportRun.objects.create(noun="contact", file="x", file_name="x.csv", file_size=1)
        row = ImportRowError.objects.create(run=run, line=3, column="Email", message="Wrong.")
        assert row.every_fault == [{"column": "Email", "value": "", "message": "Wrong."}]


def test_the_dry_run_lists_everything(alice: Person) -> None:
    file = SimpleUploadedFile("people.csv", WRONG.encode())
    url = str(alice.client().post(alice.url("contacts/import/"), {"file": file}).headers["Location"])
    with firm_context(alice.firm.id):
        run = ImportRun.rows().get()
    form = {f"target-{c['index']}": c["target"] for c in run.columns}
    alice.client().post(url + "setup", {**form, "mode": "both", "match": "email", "go": "check"})
    drain()
    page = alice.client().get(url).content.decode()
    assert "Narnia" in page and "31.31.1999" in page and "lots" in page


def test_a_value_that_may_be_there_once_is_not_brought_twice(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        CustomField.objects.create(noun="contact", key="number", label="Number", kind="text", is_unique=True)
        create_contact({"email": "x@finch.example", "custom": {"number": "7"}}, by=charlie.actor)
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="number", label="Number", kind="text", is_unique=True)
        create_contact({"email": "held@heron.example", "custom": {"number": "1"}}, by=alice.actor)
    text = (
        "Email,Number\nheld@heron.example,1\nada@heron.example,1\nben@heron.example,7\ncleo@heron.example,7\n"
        "dan@heron.example,\nEve at heron,1\n"
    )
    for created in (2, 0):
        found = brought(alice, text)
        assert (found["created"], found["updated"]) == (created, 0)
        assert sorted(found_wrong(found)) == [(3, [("Number", "1")]), (5, [("Number", "7")]),
                                              (7, [("Email", "Eve at heron")])]  # fmt: skip


@pytest.mark.parametrize("noun", ["contacts", "companies"])
def test_what_must_be_filled_is_asked_of_new_records(alice: Person, charlie: Person, noun: str) -> None:
    """Asked of new ones alone, in the dry run too; an empty cell never clears it, and a default fills it."""
    singular = {"contacts": "contact", "companies": "company"}[noun]
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun=singular, key="tier", label="Tier", kind="text", is_required=True)
        CustomField.objects.create(
            noun=singular, key="kept", label="Kept", kind="text", is_required=True, default="by us"
        )
    own = {
        "contacts": "Email,Tier\nada@heron.example,gold\nben@heron.example,\n",
        "companies": "Name,Tier\nA,gold\nB,\n",
    }
    rehearsed = import_file(noun, io.BytesIO(own[noun].encode()), name="p.csv", by=alice.actor, dry_run=True)
    found = brought(alice, own[noun], noun)
    for told in (rehearsed, found):
        assert (told["created"], told["errors"]) == (1, 1)
        assert [f["message"] for p in told["problems"] for f in p["faults"]] == ["Tier is required."]
    assert found_wrong(found) == [(3, [("Tier", "")])]

    again = brought(alice, own[noun].replace("gold", ""), noun, overwrite=True, clear=True)

    assert (again["unchanged"], again["updated"], again["errors"]) == (1, 0, 1)
    only_known = brought(alice, own[noun], noun, mode="update")
    assert (only_known["skipped"], only_known["errors"]) == (1, 0)
    assert brought(charlie, own[noun], noun)["created"] == 2
    model = {"contacts": Contact, "companies": Company}[noun]
    with firm_context(alice.firm.id):
        assert [record.custom for record in model.rows()] == [{"tier": "gold", "kept": "by us"}]
