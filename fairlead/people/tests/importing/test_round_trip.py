"""What Fairlead exports comes back as it was: nothing changes, nothing is left out, no field is made."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.people.actions.consent import opt_out, set_channels
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Contact, ContactPhone, Tagging
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "text": "=1+1", "long_text": "-first\n+second", "dropdown": "g", "multi_select": ["g", "s"], "hidden": "@home",
    "date": "2026-03-31", "datetime": "2026-03-31T09:30:00Z", "recurring_date": "--02-29", "number": -12.5,
    "money": "-1,234.50 EUR", "boolean": False, "url": "https://heron.example/", "email": "q@heron.example",
    "phone": "+4930123456",
}  # fmt: skip
STANDARD = (
    "first_name,last_name,email,phone,company,lifecycle,status,score,owner,advocate,city,country,time_zone,language,"
    "birthday,anniversary,opt_in_status,opt_out_date,do_not_contact,source,created_at,tag,list"
)


def take(person: Person, text: bytes, **options: Any) -> dict[str, Any]:
    found = import_file("contacts", BytesIO(text), name="contacts.csv", by=person.actor, options=options)
    assert isinstance(found, dict)
    return {name: found[name] for name in ("created", "updated", "unchanged", "errors")}


def exported(person: Person, columns: str) -> bytes:
    response = Api(person).get(f"contacts/export?columns={columns}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_an_export_comes_back_as_it_was(alice: Person, charlie: Person) -> None:
    options = [{"value": "g", "label": "Gold"}, {"value": "s", "label": "Silver"}]
    with firm_context(alice.firm.id):
        for kind in VALUES:
            choices = options if kind in ("dropdown", "multi_select") else []
            CustomField.objects.create(noun="contact", key=kind, label=f"Own {kind}", kind=kind, options=choices)
        made = create_contact(
            {"first_name": "=Ada", "last_name": "O'Byron", "email": "ada@heron.example", "phone": "+49 30 99887766",
             "birthday": "--02-29", "anniversary": "2001-09-08", "score": -5, "company_name": "@Heron",
             "custom": VALUES},
            by=alice.actor,
        )  # fmt: skip
        create_contact({"first_name": "Ben", "email": "ben@heron.example"}, by=alice.actor)
        opt_out([made.pk], by=alice.actor)
        before = list(Contact.rows().order_by("pk").values())
    file = exported(alice, f"{STANDARD},{','.join(f'custom.{key}' for key in VALUES)}")
    assert b"'--02-29" in file and b"'=Ada" in file
    for more in ({}, {"overwrite": True}):
        assert take(alice, file, **more) == {"created": 0, "updated": 0, "unchanged": 2, "errors": 0}
    with firm_context(alice.firm.id):
        assert list(Contact.rows().order_by("pk").values()) == before
        assert CustomField.rows().count() == len(VALUES)
    with firm_context(charlie.firm.id):
        assert not Contact.rows().exists()


def test_of_several_columns_of_consent_the_strictest_holds(alice: Person) -> None:
    file = (
        b"email,Consent,Do not contact,Opted out on\n"
        b"ada@heron.example,Opted in,no,\nben@heron.example,Opted in,yes,2026-01-01\ncleo@heron.example,Unknown,,\n"
    )
    assert take(alice, file)["created"] == 3
    with firm_context(alice.firm.id):
        found = dict(Contact.rows().order_by("email").values_list("email", "opt_in_status"))
        assert list(found.values()) == ["OPTED_IN", "OPTED_OUT", "UNKNOWN"]
        assert not CustomField.rows().exists()


NASTY = [
    "Berlin; Paris",
    "Retail, food",
    '"Quoted"',
    '"a',
    'b"',
    "'=1+1",
    "=2;3",
    "a b",
    "a_b",
    '5" pipe; 6" pipe',
    "+1",
]


def test_labels_with_separators_and_quotation_marks_come_back(alice: Person, charlie: Person) -> None:
    options = [{"value": f"o{i}", "label": label} for i, label in enumerate(NASTY)]
    options += [{"value": "a b", "label": "Another's label is its value"}]
    values = [o["value"] for o in options]
    with firm_context(alice.firm.id):
        for key, kind in (("places", "multi_select"), ("place", "dropdown")):
            CustomField.objects.create(noun="contact", key=key, label=key, kind=kind, options=options)
        made = [
            create_contact({"email": f"{i}@heron.example", "custom": {"places": values[i:], "place": values[i]}},
                           by=alice.actor)
            for i in range(len(values))
        ]  # fmt: skip
        for contact, label in zip(made, NASTY, strict=False):
            tag_records("contact", [contact.pk], names=[label, "Plain"], by=alice.actor)
        before, tags = list(Contact.rows().order_by("pk").values()), tagged()
    file = exported(alice, "email,custom.places,custom.place,tag")
    counts = {"created": 0, "updated": 0, "unchanged": len(made), "errors": 0}
    assert take(alice, file, overwrite=True) == counts
    with firm_context(alice.firm.id):
        assert (list(Contact.rows().order_by("pk").values()), tagged()) == (before, tags)
    theirs = {name: {"target": None, "new_field": {"label": name, "type": kind}}
              for name, kind in (("places", "multi_choice"), ("place", "choice"))}  # fmt: skip
    found = import_file("contacts", BytesIO(file), name="c.csv", by=charlie.actor, mapping=theirs)
    assert (found["created"], found["errors"]) == (len(made), 0)
    assert exported(charlie, "email,custom.places,custom.place,tag").count(b"Berlin; Paris") == file.count(b"Berlin; P")


def tagged() -> set[tuple[Any, str]]:
    return set(Tagging.rows().values_list("record_id", "tag__name"))


def test_further_addresses_and_numbers_come_back_and_go_elsewhere(alice: Person, charlie: Person) -> None:
    values = {
        "first_name": "Ada",
        "emails": [{"address": a} for a in ("ada@heron.example", "Ada@home.example", "ada@old.example")],
        "phones": [{"number": n} for n in ("+49 30 99887766", "+49 171 1234567", "ext. 12")],
    }
    with firm_context(alice.firm.id):
        create_contact(values, by=alice.actor)
        create_contact({"first_name": "Ben", "email": "ben@heron.example"}, by=alice.actor)
    file = exported(alice, "first_name,email,additional_emails,phone,additional_phones")
    head, ada, ben = list(csv.reader(StringIO(file.decode("utf-8-sig"))))
    assert head[3] == "Additional emails" and head[5] == "Additional phones"
    assert ada[2:] == ["ada@heron.example", "Ada@home.example;ada@old.example", "+493099887766",
                       "'+491711234567;ext. 12"]  # fmt: skip
    assert ben[3] == ben[5] == ""
    assert take(alice, file, overwrite=True) == {"created": 0, "updated": 0, "unchanged": 2, "errors": 0}
    assert take(charlie, file)["created"] == 2
    assert exported(charlie, "first_name,additional_emails,additional_phones").count(b"Ada@home.example") == 1
    with firm_context(charlie.firm.id):
        assert not CustomField.rows().exists()
        numbers = list(ContactPhone.rows().order_by("id").values_list("number", "is_primary"))
        assert numbers == [("+493099887766", True), ("+491711234567", False), ("ext. 12", False)]


def test_since_when_somebody_is_a_client_comes_along(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        made = create_contact({"first_name": "Ada", "email": "ada@heron.example"}, by=alice.actor)
        since = update_contact(made.pk, {"lifecycle": "client"}, by=alice.actor).converted_at
    file = exported(alice, "email,lifecycle,converted_at")
    assert take(alice, file, overwrite=True)["unchanged"] == 1
    assert take(charlie, file)["created"] == 1
    with firm_context(charlie.firm.id):
        assert since is not None
        assert Contact.rows().get().converted_at == since.replace(microsecond=0)


@pytest.mark.parametrize("country", ["DE", "US"])
def test_amounts_are_the_same_wherever_they_are_read(alice: Person, country: str) -> None:
    """In Germany 40,000 is forty, and 582.36 is many thousands, unless the file leaves no other reading."""
    with firm_context(alice.firm.id):
        alice.firm.country = country
        alice.firm.save()
        CustomField.objects.create(noun="contact", key="budget", label="Budget", kind="money")
        for at, amount in enumerate(("40,000 EUR", "582.36 EUR", "40,000 JPY", "12.345 KWD")):
            create_contact({"email": f"{at}@heron.example", "custom": {"budget": amount}}, by=alice.actor)
        before = list(Contact.rows().order_by("pk").values_list("custom", flat=True))
    file = exported(alice, "email,custom.budget,completeness")
    for amount in (b"40000.00 EUR", b"582.36 EUR", b"40000 JPY", b"12.3450 KWD"):
        assert amount in file
    for lines in (file, *_alone(file)):
        assert take(alice, lines, overwrite=True)["updated"] == 0
    with firm_context(alice.firm.id):
        assert list(Contact.rows().order_by("pk").values_list("custom", flat=True)) == before
        assert CustomField.rows().count() == 1


def _alone(file: bytes) -> list[bytes]:
    """Return a file for each row."""
    head, *rows = file.splitlines(keepends=True)
    return [head + row for row in rows]


def test_welcome_and_refused_channels_come_along(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ids = [create_contact({"email": f"{n}@heron.example"}, by=alice.actor).pk for n in ("ada", "ben")]
        set_channels(ids[0], {"email": True, "whatsapp": True, "sms": False}, by=alice.actor)
    file = exported(alice, "email,welcome_channels,refused_channels")
    assert b"Email;WhatsApp,SMS" in file
    assert take(alice, file, overwrite=True) == {"created": 0, "updated": 0, "unchanged": 2, "errors": 0}
    assert take(charlie, file)["created"] == 2
    with firm_context(charlie.firm.id):
        said = dict(Contact.rows().values_list("email", "channels"))
        assert said == {"ada@heron.example": {"email": True, "whatsapp": True, "sms": False}, "ben@heron.example": {}}
        assert not CustomField.rows().exists()
    more = b"email,Welcome channels,Refused channels\nada@heron.example,SMS;Voice,email\nx@heron.example,Pigeon,\n"
    assert take(charlie, more) == {"created": 0, "updated": 1, "unchanged": 0, "errors": 1}
    with firm_context(charlie.firm.id):
        ada = Contact.rows().get(email="ada@heron.example")
        assert ada.channels == {"email": True, "whatsapp": True, "sms": False, "voice": True}, "what was said stays"
