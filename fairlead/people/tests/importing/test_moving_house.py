"""A firm moves: all that the columns of an export offer arrives in the other firm, and is exported there the same."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.consent import opt_in, opt_out, set_channels, suppress
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.actions.lists import create_list, subscribe, unsubscribe
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Consent, Contact, ContactEmail, ListSubscription, Suppression
from fairlead.records import columns, nouns
from fairlead.records.actions.exports import start_export
from fairlead.records.imports import jobs, verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField, ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
# What is worked out in each firm for itself: of its records, by its own conditions, of when they last changed.
WORKED_OUT = {"Record id", "Last changed", "Profile complete (%)", "Segments", "Personas"}
EMAILS = [
    {"address": "ada@heron.example", "label": "work", "is_primary": True},
    {"address": "Ada@home.example", "label": ""},
    {"address": "ada@old.example", "label": "Chalet; summer"},
]
PHONES = [{"number": "+49 30 99887766", "label": "Desk"}, {"number": "+49 171 1234567"}, {"number": "ext. 12",
                                                                                      "label": "mobile"}]  # fmt: skip


def take(person: Person, text: bytes, noun: str = "contacts", **options: Any) -> dict[str, Any]:
    return import_file(noun, BytesIO(text), name="moved.csv", by=person.actor, options=options)


def everything(person: Person, noun: str = "contact") -> bytes:
    with firm_context(person.firm.id):
        kind = nouns.get(noun)
        keys = [c.key for c in columns.offered(kind, CustomField.rows().filter(noun=noun)) if c.field is None
                or c.field.exportable]  # fmt: skip
        run = start_export(kind, by=person.actor, columns=keys)
        with default_storage.open(run.file) as file:
            return bytes(file.read())


def told(file: bytes) -> list[dict[str, str]]:
    rows = csv.DictReader(StringIO(file.decode("utf-8-sig")))
    return sorted(({n: v for n, v in row.items() if n not in WORKED_OUT} for row in rows), key=str)


@pytest.fixture
def moving(alice: Person, charlie: Person) -> bytes:
    """Return the export of a firm whose people have all there is."""
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "last_name": "Byron", "emails": EMAILS, "phones": PHONES,
                              "company_name": "Heron; & Sons", "lifecycle": "client", "birthday": "--02-29",
                              "score": 0, "advocate": True}, by=alice.actor)  # fmt: skip
        ben = create_contact({"first_name": "Ben", "email": "ben@heron.example"}, by=alice.actor)
        cleo = create_contact({"first_name": "Cleo", "email": "cleo@heron.example"}, by=alice.actor)
        update_contact(ben.pk, {"lifecycle": "client"}, by=alice.actor)
        opt_out([ben.pk], by=alice.actor)
        Contact.rows().filter(pk=ben.pk).update(opt_out_date="2020-02-03T04:05:06Z")
        opt_in([ada.pk], by=alice.actor)
        Contact.rows().filter(pk=cleo.pk).update(opt_in_status=Consent.PENDING)
        set_channels(ada.pk, {"sms": False, "email": True}, by=alice.actor)
        suppress("email", "ada@old.example", by=alice.actor, reason="complaint")
        suppress("email", "ben@heron.example", by=alice.actor, reason="unsubscribe")
        suppress("whatsapp", "+491711234567", by=alice.actor)
        news, fair = (create_list(name, by=alice.actor) for name in ("News, weekly", "Fair"))
        subscribe(news.pk, [ada.pk, cleo.pk], by=alice.actor)
        subscribe(fair.pk, [ada.pk], by=alice.actor)
        unsubscribe(fair.pk, [ada.pk], by=alice.actor)
        tag_records("contact", [ada.pk], names=["VIP; gold"], by=alice.actor)
    return everything(alice)


def test_everything_that_the_columns_offer_arrives(alice: Person, charlie: Person, moving: bytes) -> None:
    found = take(charlie, moving)
    assert (found["created"], found["errors"]) == (3, 0), found["problems"]
    ours, theirs = told(moving), told(everything(charlie))
    for row in (*ours, *theirs):
        row.pop("Owner"), row.pop("Converted by")  # whoever works there is somebody else
    assert theirs == ours
    ada = next(row for row in ours if row["First name"] == "Ada")
    assert ada["Labels of additional emails"] == '\'-;"Chalet; summer"'
    assert ada["Label of the phone"] == "Desk" and ada["Labels of additional phones"] == "'-;mobile"
    assert ada["Blocked addresses"] == "ada@old.example (Complaint);WhatsApp: +491711234567 (Added by hand)"
    assert (ada["Lists"], ada["Lists left"]) == ('"News, weekly"', "Fair")
    with firm_context(charlie.firm.id):
        assert not CustomField.rows().exists()
        assert Suppression.rows().get(address_norm="ben@heron.example").reason == "unsubscribe"
        assert str(Contact.rows().get(first_name="Ben").opt_out_date) == "2020-02-03 04:05:06+00:00"


def test_at_home_it_changes_nothing(alice: Person, moving: bytes) -> None:
    for more in ({}, {"overwrite": True}):
        found = take(alice, moving, **more)
        assert (found["created"], found["updated"], found["unchanged"]) == (0, 0, 3)
    with firm_context(alice.firm.id):
        assert not CustomField.rows().exists()


def test_who_is_known_there_gets_it_too_and_a_revert_takes_it_back(
    alice: Person, charlie: Person, moving: bytes
) -> None:
    with firm_context(charlie.firm.id):
        for name in ("ada", "ben", "cleo"):
            create_contact({"email": f"{name}@heron.example"}, by=charlie.actor)
        suppress("email", "ben@heron.example", by=charlie.actor)
    before = told(everything(charlie))
    found = take(charlie, moving)
    assert (found["created"], found["updated"]) == (0, 3)
    ada = next(row for row in told(everything(charlie)) if row["First name"] == "Ada")
    assert (ada["Blocked addresses"], ada["Lists left"]) == (
        "ada@old.example (Complaint);WhatsApp: +491711234567 (Added by hand)", "Fair",
    )  # fmt: skip
    with firm_context(charlie.firm.id):
        assert sorted(ContactEmail.rows().exclude(label="").values_list("label", flat=True)) == ["Chalet; summer"]
        assert ListSubscription.rows().filter(status="unsubscribed").count() == 1
        run = ImportRun.rows().get(pk=found["id"])
        verbs.revert(run.pk, by=charlie.actor)
    jobs.undo(charlie.firm.id, run.pk)
    assert told(everything(charlie)) == before
    with firm_context(charlie.firm.id):
        assert Suppression.rows().get().reason == "manual", "what was blocked before stays"
    drain()


def test_what_is_blocked_is_understood_or_refused(alice: Person) -> None:
    text = (
        "Email,Blocked addresses\na@heron.example,a@heron.example (bounced); other@heron.example\n"
        "b@heron.example,SMS: 0171\nc@heron.example,Pigeon: x\nd@heron.example,d@heron.example (Silly)\n"
    )
    found = take(alice, text.encode())
    assert (found["created"], found["errors"]) == (1, 3)
    with firm_context(alice.firm.id):
        rows = dict(Suppression.rows().values_list("address_norm", "reason"))
        assert rows == {"a@heron.example": "bounce", "other@heron.example": "manual"}


def test_labels_of_a_column_belong_to_the_addresses_beside_it(alice: Person) -> None:
    text = b"Email,Email label,Additional emails,Labels of additional emails\na@x.example,Work,b@x.example c@x.example,"
    assert take(alice, text + b"-;Home office\n")["created"] == 1
    with firm_context(alice.firm.id):
        labels = dict(ContactEmail.rows().values_list("address", "label"))
        assert labels == {"a@x.example": "work", "b@x.example": "", "c@x.example": "Home office"}
