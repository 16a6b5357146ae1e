"""Tags: unique names, counts that are right, merge, and who may."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, purge_contacts, restore_contacts
from fairlead.people.actions.tag_ends import delete_tag, merge_tags
from fairlead.people.actions.tagging import tag_records, untag_records
from fairlead.people.actions.tags import create_tag, update_tag
from fairlead.people.models import Tag, Tagging
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def people(person: Person, count: int = 3) -> list[UUID]:
    return [create_contact({"first_name": f"P{i}"}, by=person.actor).id for i in range(count)]


def test_a_name_is_unique_whatever_its_case_and_accents(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        create_tag("Café VIP", color="teal", category="interest", by=alice.actor)
        with pytest.raises(InvalidInput, match="already a tag"):
            create_tag("cafe vip", by=alice.actor)
    with firm_context(charlie.firm.id):
        assert create_tag("Café VIP", by=charlie.actor).usage_count == 0


def test_every_wrong_value_is_named(alice: Person) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput) as error:
        create_tag(" ", color="mud", category="odd", by=alice.actor)
    assert set(error.value.fields) == {"name", "color", "category"}


def test_tagging_a_set_tells_who_and_counts_once(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        ids = people(alice)
        assert tag_records("contact", ids, names=["VIP", "Newsletter"], by=bob.actor) == 6
        assert tag_records("contact", ids, names=["vip"], by=alice.actor) == 0
        vip = Tag.rows().get(name_norm="vip")
        assert (vip.name, vip.usage_count) == ("VIP", 3)
        assert {t.tagged_by_id for t in Tagging.rows()} == {bob.membership.id}
        events = Event.rows().filter(type="record.tagged", contact_id=ids[0])
        assert {e.data["tag"] for e in events} == {"VIP", "Newsletter"}
        assert untag_records("contact", ids[:2], tag_ids=[vip.id], by=bob.actor) == 2
        vip.refresh_from_db()
        assert vip.usage_count == 1


def test_companies_carry_tags_too(alice: Person) -> None:
    with firm_context(alice.firm.id):
        acme = create_company({"name": "Acme"}, by=alice.actor)
        tag_records("company", [acme.id], names=["Partner"], by=alice.actor)
        assert Event.rows().get(type="record.tagged").company_id == acme.id


def test_the_bin_is_not_counted_and_gives_its_tags_back(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = people(alice)
        tag_records("contact", ids, names=["VIP"], by=alice.actor)
        delete_contacts(ids[:2], by=alice.actor)
        assert Tag.rows().get().usage_count == 1
        restore_contacts(ids[:1], by=alice.actor)
        assert Tag.rows().get().usage_count == 2
        assert purge_contacts(ids, by=alice.actor) == 1
        assert (Tag.rows().get().usage_count, Tagging.rows().count()) == (2, 2)


def test_merging_never_tags_a_record_twice(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = people(alice)
        tag_records("contact", ids[:2], names=["Client"], by=alice.actor)
        tag_records("contact", ids[1:], names=["Customer"], by=alice.actor)
        client, customer = Tag.rows().get(name="Client"), Tag.rows().get(name="Customer")
        kept = merge_tags([customer.id], client.id, by=alice.actor)
        assert (kept.usage_count, Tagging.rows().count(), Tag.rows().count()) == (3, 3, 1)
        assert Event.rows().get(type="tag.merged").data["from"] == "Customer"


def test_deleting_a_tag_takes_it_off_every_record(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = people(alice)
        tag_records("contact", ids, names=["Old"], by=alice.actor)
        assert delete_tag(Tag.rows().get().id, by=alice.actor) == 3
        assert not Tagging.rows().exists()
        assert Event.rows().filter(type="record.untagged").count() == 3


def test_charlie_reaches_neither_tag_nor_record(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ids, tag = people(alice), create_tag("VIP", by=alice.actor)
    with firm_context(charlie.firm.id):
        with pytest.raises(NotFound):
            update_tag(tag.id, {"name": "Mine"}, by=charlie.actor)
        with pytest.raises(NotFound):
            delete_tag(tag.id, by=charlie.actor)
        with pytest.raises(InvalidInput):
            tag_records("contact", ids, tag_ids=[tag.id], by=charlie.actor)
        assert tag_records("contact", ids, names=["Mine"], by=charlie.actor) == 0


def test_reading_is_not_tagging(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        ids = people(alice)
        bob.membership.role = "read_only"
        bob.membership.save()
        for attempt in (
            lambda: create_tag("X", by=bob.actor),
            lambda: tag_records("contact", ids, names=["X"], by=bob.actor),
        ):
            with pytest.raises(Forbidden):
                attempt()
        assert not Tag.rows().exists()


@pytest.mark.django_db(transaction=True)
def test_many_taggers_at_once_count_right(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = people(alice, 12)
        names = ["A", "B", "C"]
        for name in names:
            create_tag(name, by=alice.actor)
        actor = alice.actor

    def work(turn: int) -> None:
        try:
            with firm_context(actor.firm_id):
                order = names if turn % 2 else names[::-1]
                records = ids[turn % 4 :] if turn % 3 else ids[: turn % 4 + 4][::-1]
                if turn % 5 == 4:
                    untag_records("contact", records, names=order, by=actor)
                elif turn % 7 == 6:
                    delete_contacts(records[:2], by=actor)
                else:
                    tag_records("contact", records, names=order, by=actor)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(30)))
    with firm_context(actor.firm_id):
        for tag in Tag.rows():
            assert tag.usage_count == Tagging.rows().filter(tag=tag, is_live=True).count()
