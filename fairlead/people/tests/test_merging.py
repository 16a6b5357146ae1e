"""Merging two contacts or companies: what stays, what is stricter, and taking it back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.people import access
from fairlead.people.actions import consent
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, purge_contacts, update_contact
from fairlead.people.actions.lists import create_list, subscribe, unsubscribe
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Company, Contact, ContactEmail, ContactPhone, ListSubscription, Tag, Tagging
from fairlead.people.nouns.company import COMPANY
from fairlead.people.nouns.contact import CONTACT
from fairlead.people.timeline import Place, events_of
from fairlead.records.duplicates.public import merge_records, merging, undo_merge
from fairlead.records.models import CustomField, FieldValue, Merge
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
LEFT_OUT = {"updated_at", "version"}


def pair(alice: Person) -> tuple[Contact, Contact]:
    """Make Anna twice: with tags, lists, numbers and consent of both."""
    by = alice.actor
    CustomField.objects.create(noun="contact", key="shoe", label="Shoe", kind="text", is_unique=True)
    acme = create_company({"name": "Acme"}, by=by)
    one = create_contact({"first_name": "Anna", "last_name": "Schmidt", "emails": ["anna@acme.example"],
                          "phones": ["+442079460011"], "city": "Rome"}, by=by)  # fmt: skip
    other = create_contact({"first_name": "Ana", "last_name": "Schmidt", "job_title": "Head", "company": acme.id,
                            "emails": [{"address": "a.schmidt@home.example", "label": "Home"}],
                            "phones": ["020 7946 0011", "+442079460022"], "custom": {"shoe": "41"}}, by=by)  # fmt: skip
    tag_records("contact", [one.id, other.id], names=["VIP"], by=by)
    tag_records("contact", [other.id], names=["Fair"], by=by)
    news, jobs = create_list("News", by=by), create_list("Jobs", by=by)
    subscribe(news.id, [one.id, other.id], by=by)
    unsubscribe(news.id, [other.id], by=by)
    subscribe(jobs.id, [other.id], by=by)
    consent.opt_in([one.id], by=by)
    consent.opt_out([other.id], by=by)
    consent.set_channels(one.id, {"sms": True, "email": True}, by=by)
    consent.set_channels(other.id, {"sms": False}, by=by)
    return one, other


def everything() -> dict[str, Any]:
    """Return all rows that a merge may touch, but for times and versions."""
    models = (Contact, Company, ContactEmail, ContactPhone, ListSubscription, Tagging, Tag, FieldValue)
    return {m.__name__: sorted(map(_row, m.rows().values()), key=str) for m in models}


def _row(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in values.items() if k not in LEFT_OUT}


def test_a_merge_keeps_everything_and_the_stricter_wins(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = pair(alice)
        merge_records(CONTACT, one.id, other.id, {}, by=alice.actor)
        anna = access.contact(alice.actor, one.id)
        assert (anna.first_name, anna.city, anna.job_title, anna.custom) == ("Anna", "Rome", "Head", {"shoe": "41"})
        assert sorted(anna.emails.values_list("address_norm", "is_primary")) == [
            ("a.schmidt@home.example", False), ("anna@acme.example", True)]  # fmt: skip
        assert sorted(anna.phones.values_list("e164", flat=True)) == ["+442079460011", "+442079460022"]
        assert (anna.opt_in_status, anna.do_not_contact, bool(anna.opt_out_date)) == ("OPTED_OUT", True, True)
        assert anna.channels == {"sms": False, "email": True}
        standing = dict(ListSubscription.rows().filter(contact=anna).values_list("list__name", "status"))
        assert standing == {"News": "unsubscribed", "Jobs": "subscribed"}
        assert dict(Tag.rows().values_list("name", "usage_count")) == {"VIP": 1, "Fair": 1}
        assert Tagging.rows().filter(record_id=one.id).count() == 2
        with pytest.raises(NotFound):
            access.contact(alice.actor, other.id)
        assert not access.binned_contacts(alice.actor).exists()
        types = set(events_of(alice.actor, Place("contact", one.id)).values_list("contact_id", flat=True))
        assert types == {one.id, other.id}


def test_choices_decide_field_by_field(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = pair(alice)
        merge_records(
            CONTACT, one.id, other.id, {"first_name": "loser", "email": "loser", "job_title": "winner"}, by=alice.actor
        )
        anna = access.contact(alice.actor, one.id)
        assert (anna.name, anna.email, anna.job_title) == ("Ana Schmidt", "a.schmidt@home.example", "")
        assert anna.emails.get(is_primary=True).address == "a.schmidt@home.example"
        with pytest.raises(InvalidInput):
            merge_records(CONTACT, one.id, one.id, {}, by=alice.actor)


def test_merge_then_undo_gives_the_same_records(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = pair(alice)
        before = everything()
        choices = dict.fromkeys(("first_name", "email", "phone", "lifecycle"), "loser")
        made = merge_records(CONTACT, one.id, other.id, choices, by=alice.actor)
        assert everything() != before
        undone = undo_merge(made.id, by=alice.actor)
        assert undone.kept == []
        assert everything() == before
        assert Event.rows().filter(type="contact.merge_undone").count() == 2
        with pytest.raises(Conflict):
            undo_merge(made.id, by=alice.actor)


def test_undoing_leaves_what_was_changed_since(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = pair(alice)
        made = merge_records(CONTACT, one.id, other.id, {}, by=alice.actor)
        update_contact(one.id, {"job_title": "Chief", "email": "a.schmidt@home.example"}, by=alice.actor)
        undone = undo_merge(made.id, by=alice.actor)
        assert access.contact(alice.actor, one.id).job_title == "Chief"
        assert any("Job title" in text for text in undone.kept)
        assert any("a.schmidt@home.example" in text for text in undone.kept)


def test_an_old_merge_or_one_that_was_merged_on_cannot_be_undone(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = pair(alice)
        third = create_contact({"first_name": "A."}, by=alice.actor)
        first = merge_records(CONTACT, one.id, other.id, {}, by=alice.actor)
        second = merge_records(CONTACT, third.id, one.id, {}, by=alice.actor)
        assert merging.successor(other.id) == third.id
        assert set(merging.absorbed(third.id)) == {one.id, other.id}
        assert merging.successors([other.id, third.id]) == [third.id]
        with pytest.raises(Conflict):
            undo_merge(first.id, by=alice.actor)
        Merge.rows().filter(pk=second.id).update(created_at=clock.now() - timedelta(days=31))
        with pytest.raises(Conflict):
            undo_merge(second.id, by=alice.actor)


def test_companies_bring_their_people(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = (create_company({"name": name}, by=alice.actor) for name in ("Acme Ltd", "ACME"))
        ada = create_contact({"first_name": "Ada", "company": other.id}, by=alice.actor)
        before = everything()
        made = merge_records(COMPANY, one.id, other.id, {}, by=alice.actor)
        assert Contact.rows().get(pk=ada.id).company_id == one.id
        undo_merge(made.id, by=alice.actor)
        assert everything() == before


def test_purging_the_winner_forgets_the_loser(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = pair(alice)
        merge_records(CONTACT, one.id, other.id, {}, by=alice.actor)
        delete_contacts([one.id], by=alice.actor)
        assert purge_contacts([one.id], by=alice.actor) == 1
        assert not Contact.rows().exists()
        assert not Merge.rows().exists()
        assert not Tagging.rows().exists()


def test_nobody_merges_what_is_not_theirs(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        theirs = create_contact({"first_name": "Cleo"}, by=charlie.actor)
    with firm_context(alice.firm.id):
        one, other = pair(alice)
        for winner, loser in ((one.id, theirs.id), (theirs.id, one.id), (one.id, UUID(int=1))):
            with pytest.raises(NotFound):
                merge_records(CONTACT, winner, loser, {}, by=alice.actor)
        reader = replace(alice.actor, permissions=frozenset({"contacts.view"}))
        with pytest.raises(Forbidden):
            merge_records(CONTACT, one.id, other.id, {}, by=reader)
        made = merge_records(CONTACT, one.id, other.id, {}, by=alice.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        undo_merge(made.id, by=charlie.actor)
