"""Files that other systems export: what must come of each, and that a second time changes nothing."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.models import Activity
from fairlead.events.public import Event
from fairlead.people.models import (
    Company,
    Consent,
    Contact,
    ContactEmail,
    ContactList,
    ContactPhone,
    ListSubscription,
    Suppression,
    Tag,
    Tagging,
)
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField, FieldValue
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[4] / "tests" / "data"


def take(person: Person, name: str, **options: Any) -> dict[str, Any]:
    with (DATA / name).open("rb") as stream:
        return import_file("contacts", stream, name=name, by=person.actor, options=options)


def counts(found: dict[str, Any], *names: str) -> tuple[int, ...]:
    return tuple(found[n] for n in names)


@pytest.fixture
def hubspot(alice: Person, charlie: Person) -> dict[str, Any]:
    return take(alice, "contacts-hubspot.csv")


def again(person: Person, name: str, **options: Any) -> None:
    with firm_context(person.firm.id):
        before = list(Contact.rows().order_by("id").values())
        rows = [m.rows().count() for m in (ContactEmail, ContactPhone, Tagging, ListSubscription, Company, FieldValue)]
    found = take(person, name, **options)
    assert counts(found, "created", "updated") == (0, 0), found
    with firm_context(person.firm.id):
        assert list(Contact.rows().order_by("id").values()) == before
        assert rows == [
            m.rows().count() for m in (ContactEmail, ContactPhone, Tagging, ListSubscription, Company, FieldValue)
        ]


def test_hubspot(alice: Person, charlie: Person, hubspot: dict[str, Any]) -> None:
    assert counts(hubspot, "created", "updated", "unchanged", "skipped", "errors") == (500, 0, 0, 0, 0)
    with firm_context(charlie.firm.id):
        assert not Contact.rows().exists()
    with firm_context(alice.firm.id):
        assert Contact.rows().count() == 500
        assert 40 <= ContactEmail.rows().filter(is_primary=False).count() <= 60
        kinds = dict(CustomField.rows().values_list("label", "kind"))
        assert kinds == {"Annual Budget": "money", "Service interest": "multi_select"}
        tola = Contact.rows().get(email_norm="p00001@northwind.example")
        assert (tola.external_id, tola.lifecycle, tola.status) == ("70000000001", "sales_qualified", "Open")
        assert tola.created_at.isoformat() == "2023-04-16T11:49:00+00:00"
        assert tola.custom == {"annual_budget": {"amount": 1250000, "currency": "USD"}, "service_interest": ["audit"]}
        assert (tola.country, tola.time_zone, tola.phone) == ("PL", "Europe/Warsaw", "+48691048954")
        assert tola.company is not None and tola.company.name == "Reimann-Żynda S.A."
        assert tola.channels == {"email": False}
        third = Contact.rows().get(email_norm="p00003@kestrel.example")
        assert third.custom["service_interest"] == ["strategy", "operations", "it"]
        assert sorted(third.emails.values_list("address", flat=True)) == [
            "alt00003@home.example",
            "p00003@kestrel.example",
        ]
        assert Event.rows().filter(type="contact.created").count() == 500
        assert FieldValue.rows().count() > 500
    again(alice, "contacts-hubspot.csv")


def test_activecampaign_after_hubspot(alice: Person, hubspot: dict[str, Any]) -> None:
    found = take(alice, "contacts-activecampaign.csv")
    assert counts(found, "created", "errors") == (0, 0)
    assert found["updated"] + found["unchanged"] == 200
    with firm_context(alice.firm.id):
        names = set(Tag.rows().values_list("name", flat=True))
        assert names == {"vip", "client", "engaged", "newsletter", "webinar-2025", "Industry: Finance"}
        for tag in Tag.rows():
            assert tag.usage_count == Tagging.rows().filter(tag=tag).count() > 0
        assert set(ContactList.rows().filter(is_primary=False).values_list("name", flat=True)) == {
            "Master",
            "Newsletter",
        }
        assert ListSubscription.rows().count() == 303
        assert Suppression.rows().filter(reason="bounce").count() == 25
        out = Contact.rows().filter(opt_in_status=Consent.OPTED_OUT, do_not_contact=True, opt_out_date__isnull=False)
        assert out.count() == 18
        assert Contact.rows().get(email_norm="p00250@harbor.example").email == "p00250@harbor.example"
    again(alice, "contacts-activecampaign.csv")


def test_google_after_hubspot(alice: Person, hubspot: dict[str, Any]) -> None:
    found = take(alice, "contacts-google.csv")
    assert counts(found, "created", "errors") == (0, 0)
    with firm_context(alice.firm.id):
        birthdays = list(Contact.rows().exclude(birthday="").values_list("birthday", flat=True))
        assert sorted(set(birthdays)) == ["--04-12", "1980-02-29"] and len(birthdays) == 15
        second = ContactEmail.rows().get(address="home441@mail.example")
        assert (second.label, second.is_primary) == ("home", False)
        assert not Tag.rows().exists()
        notes = Activity.rows().values_list("text", flat=True)
        assert len(notes) == 12 and all("second line, with comma" in n and "\n" in n for n in notes)
    again(alice, "contacts-google.csv")
    with firm_context(alice.firm.id):
        assert Activity.rows().count() == 12


def test_utf16_text_of_excel(alice: Person, hubspot: dict[str, Any]) -> None:
    found = take(alice, "excel-unicode-text.txt")
    assert found["created"] + found["updated"] + found["unchanged"] == 40 and not found["errors"]
    with firm_context(alice.firm.id):
        assert Contact.rows().get(email_norm="p00038@lumen.example").first_name == "Teófilo"
    again(alice, "excel-unicode-text.txt")


def test_cp1252_with_semicolons_and_decimal_commas(alice: Person) -> None:
    assert counts(take(alice, "semicolon-cp1252.csv"), "created", "errors") == (40, 0)
    with firm_context(alice.firm.id):
        michele = Contact.rows().get(email_norm="p00013@harbor.example")
        assert michele.first_name == "Michèle"
        assert michele.custom == {"umsatz": {"amount": 16884, "currency": "USD"}, "letzter_kontakt": "2025-02-26"}
    again(alice, "semicolon-cp1252.csv")


def test_workbook_with_title_rows(alice: Person) -> None:
    assert counts(take(alice, "contacts.xlsx"), "created", "errors") == (40, 0)
    with firm_context(alice.firm.id):
        alyssa = Contact.rows().get(email_norm="p00100@northwind.example")
        assert alyssa.birthday == "1980-02-28"
        assert ContactPhone.rows().get(contact=alyssa).number == "447700900100"
        assert alyssa.phone == "+447700900100"
        assert alyssa.custom["vip"] is True
        assert alyssa.custom["client_since"] == "2024-07-19T20:18:00Z"
        assert alyssa.custom["revenue"]["amount"] == 534314
    again(alice, "contacts.xlsx")


def test_one_person_three_times(alice: Person) -> None:
    found = take(alice, "case-duplicates.csv")
    assert counts(found, "created", "merged", "errors") == (2, 2, 2)
    problems = {(p["line"], p["column"]): p["message"] for p in found["problems"]}
    assert "not-an-address" in problems[6, "email"] and "no email address" in problems[7, "email"]
    with firm_context(alice.firm.id):
        ada = Contact.rows().get(email_norm="ada.byron@kestrel.example")
        assert (ada.last_name, ada.email) == ("Byron", "Ada.Byron@Kestrel.example")
        assert set(ada.phones.values_list("e164", flat=True)) == {"+442079460011", "+442079460012"}
    again(alice, "case-duplicates.csv")
    assert take(alice, "case-duplicates.csv", allow_without_address=True)["created"] == 1
    with firm_context(alice.firm.id):
        assert Contact.rows().get(first_name="Only").email == ""
    again(alice, "case-duplicates.csv", allow_without_address=True)


def test_formulas_are_kept_as_typed(alice: Person) -> None:
    assert counts(take(alice, "formulas.csv"), "created", "errors") == (3, 0)
    with firm_context(alice.firm.id):
        first, second, third = Contact.rows().order_by("email_norm")
        assert (first.first_name, first.last_name, first.company.name) == ("=1+1", "+41", "@SUM(A1:A9)")
        assert (second.first_name, second.last_name) == ("-2", '=HYPERLINK("http://evil.example")')
        assert second.company.name == "\tTab Ltd"
        assert third.company.name == "<script>alert(1)</script> GmbH"
    again(alice, "formulas.csv")


def test_marks_of_yes_and_no(alice: Person, charlie: Person) -> None:
    def bring(*lines: str) -> dict[str, Any]:
        stream = BytesIO("\n".join(("Email,Brand advocate,Top customer", *lines)).encode())
        return import_file("contacts", stream, name="marks.csv", by=alice.actor)

    assert counts(bring("ada@a.example,ja,", "bob@a.example,no,X", "cy@a.example,,"), "created", "errors") == (3, 0)
    found = bring("ada@a.example,,oui", "cy@a.example,perhaps,")
    assert counts(found, "updated", "errors") == (1, 1), "Neither yes nor no is an error of its row."
    with firm_context(alice.firm.id):
        marks = {c.email: (c.advocate, c.top_customer) for c in Contact.rows()}
        assert marks == {"ada@a.example": (True, True), "bob@a.example": (False, True), "cy@a.example": (False, False)}
    with firm_context(charlie.firm.id):
        assert not Contact.rows().exists()


def test_ragged_rows(alice: Person) -> None:
    found = take(alice, "ragged.csv")
    assert counts(found, "created", "errors") == (2, 2)
    problems = {p["line"]: p["message"] for p in found["problems"]}
    assert "6 cells" in problems[3] and "never closed" in problems[7]
    with firm_context(alice.firm.id):
        short, quoted = Contact.rows().order_by("email_norm")
        assert (short.first_name, short.last_name, short.city) == ("Ann", "", "")
        assert (quoted.first_name, quoted.city) == ('Cy "the" Kid', "New York")
    again(alice, "ragged.csv")


def test_empty_cells_never_clear(alice: Person, hubspot: dict[str, Any]) -> None:
    with firm_context(alice.firm.id):
        before = {c.email_norm: c for c in Contact.rows()}
    found = take(alice, "update-with-empties.csv", overwrite=True)
    assert counts(found, "created", "updated", "errors") == (1, 2, 0)
    with firm_context(alice.firm.id):
        moving = ("updated_at", "version", "city", "first_name", "name", "sort_key")
        for address, changed in (("p00000@harbor.example", {"city": "Changed City"}),
                                 ("p00001@northwind.example", {"first_name": "Renamed"})):  # fmt: skip
            now, was = Contact.rows().filter(email_norm=address).values().get(), before[address]
            for name, value in now.items():
                if name in changed:
                    assert value == changed[name]
                elif name not in moving or name == "city":
                    assert value == getattr(was, name), name
    again(alice, "update-with-empties.csv", overwrite=True)
