"""Deleting and merging tags of many records: in the background, with the same end as at once."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from fairlead.accounts import errands
from fairlead.accounts.models import Errand
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.people.actions.contacts import create_contact, delete_contacts, restore_contacts
from fairlead.people.actions.tag_ends import delete_tag, merge_tags
from fairlead.people.actions.tagging import tag_records, untag_records
from fairlead.people.actions.tags import create_tag
from fairlead.people.models import Tag, Tagging
from fairlead.records.public import Criteria, nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """More than two records are many, and pass two by two."""
    monkeypatch.setattr(errands, "AT_ONCE", 2)
    monkeypatch.setattr(errands, "PIECE", 2)
    return None


def people(person: Person, *tags: Tag, count: int = 5) -> list[UUID]:
    made = [create_contact({"first_name": f"P{i}"}, by=person.actor).id for i in range(count)]
    tag_records("contact", made, tag_ids=[t.id for t in tags], by=person.actor)
    return made


def found(person: Person, op: str, *tags: Tag) -> set[UUID]:
    """Return who meets a condition on the tags, by the set and one by one, which agree."""
    noun = nouns.get("contact")
    asked = Criteria(noun, {"tag": {"op": op, "value": [str(t.id) for t in tags]}}, by=person.actor)
    whole = set(asked.filter(noun.visible(person.actor)).values_list("pk", flat=True))
    every = list(noun.visible(person.actor).values_list("pk", flat=True))
    assert {pk for pk in every if asked.matches(pk)} == whole
    return whole


def step(person: Person) -> None:
    """Do one piece of the errand that goes on, as the worker does."""
    with firm_context(person.firm.id):
        errand = Errand.rows().get(state=Errand.State.RUNNING)
    errands.advance(person.firm.id, errand.pk)


def test_a_deletion_goes_on_and_ends_as_at_once(alice: Person) -> None:
    with firm_context(alice.firm.id):
        old = create_tag("Old", by=alice.actor)
        ids = people(alice, old)
        delete_contacts(ids[:1], by=alice.actor)
        assert delete_tag(old.id, by=alice.actor) == 0
        assert (Tagging.rows().count(), Tag.rows().get().usage_count) == (5, 4)
    step(alice)
    with firm_context(alice.firm.id):
        errand = Errand.rows().get()
        assert (errand.total, errand.done, Tagging.rows().count()) == (5, 2, 3)
        assert Tag.rows().get().usage_count == Tagging.rows().filter(is_live=True).count()
    drain()
    with firm_context(alice.firm.id):
        assert not Tag.rows().exists() and not Tagging.rows().exists()
        assert {e.contact_id for e in Event.rows().filter(type="record.untagged")} == set(ids)
        told = Event.rows().get(type="tag.deleted")
        assert (told.data["records"], told.actor_label, told.actor_id) == (5, "Alice Ash", alice.membership.id)
        assert (Errand.rows().get().state, Errand.rows().get().done) == ("done", 5)
        restore_contacts(ids[:1], by=alice.actor)


def test_a_merge_goes_on_and_nobody_leaves_a_condition_meanwhile(alice: Person) -> None:
    with firm_context(alice.firm.id):
        old, kept = create_tag("Customer", by=alice.actor), create_tag("Client", by=alice.actor)
        ids = people(alice, old)
        tag_records("contact", ids[:2], tag_ids=[kept.id], by=alice.actor)
        assert merge_tags([old.id], kept.id, by=alice.actor).usage_count == 2
    for _ in range(3):
        with firm_context(alice.firm.id):
            assert found(alice, "has_any", kept) == found(alice, "has_all", kept) == set(ids)
            assert found(alice, "has_none", kept) == set()
        step(alice)
    drain()
    with firm_context(alice.firm.id):
        assert list(Tag.rows().values_list("name", "usage_count")) == [("Client", 5)]
        assert found(alice, "has_any", kept) == set(ids) and Tagging.rows().count() == 5
        merged = Event.rows().filter(type="record.tagged", data__merged_from="Customer")
        assert {e.contact_id for e in merged} == set(ids[2:])
        assert Event.rows().get(type="tag.merged").data["records"] == 5


def test_nobody_puts_on_what_is_being_deleted(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        old = create_tag("Old", by=alice.actor)
        ids = people(alice, old)
        delete_tag(old.id, by=alice.actor)
        for how in ({"names": ["old"]}, {"tag_ids": [old.id]}):
            with pytest.raises(InvalidInput, match="being deleted"):
                tag_records("contact", ids, by=bob.actor, **how)
        assert untag_records("contact", ids[:1], tag_ids=[old.id], by=bob.actor) == 1
    drain()
    with firm_context(alice.firm.id):
        assert not Tag.rows().exists()


def test_what_is_being_merged_stands_for_what_it_becomes(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        old, kept = create_tag("Customer", by=alice.actor), create_tag("Client", by=alice.actor)
        ids, [new] = people(alice, old), people(alice, count=1)
        merge_tags([old.id], kept.id, by=alice.actor)
        tag_records("contact", [new], names=["customer"], by=bob.actor)
        tag_records("contact", ids[:1], tag_ids=[old.id], by=bob.actor)
        assert set(Tagging.rows().filter(tag=kept).values_list("record_id", flat=True)) == {new, ids[0]}
        untag_records("contact", ids[-1:], tag_ids=[kept.id], by=bob.actor)  # of which only the old one is there
    drain()
    with firm_context(alice.firm.id):
        assert set(Tagging.rows().values_list("record_id", flat=True)) == {new, *ids[:-1]}
        assert Tag.rows().get().usage_count == 5


def test_a_tag_on_its_way_out_is_left_alone(alice: Person) -> None:
    with firm_context(alice.firm.id):
        old, kept, other = (create_tag(name, by=alice.actor) for name in ("Old", "Kept", "Other"))
        people(alice, old)
        merge_tags([old.id], kept.id, by=alice.actor)
        for attempt in (
            lambda: delete_tag(old.id, by=alice.actor),
            lambda: delete_tag(kept.id, by=alice.actor),
            lambda: merge_tags([old.id], other.id, by=alice.actor),
            lambda: merge_tags([kept.id], other.id, by=alice.actor),
            lambda: merge_tags([other.id], old.id, by=alice.actor),
        ):
            with pytest.raises(Conflict, match="being merged"):
                attempt()
        merge_tags([other.id], kept.id, by=alice.actor)
        assert not Tag.rows().filter(name="Other").exists()


def test_who_stops_it_keeps_what_is_left(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        old = create_tag("Old", by=alice.actor)
        people(alice, old)
        delete_tag(old.id, by=alice.actor)
        errand = Errand.rows().get()
    step(alice)
    with firm_context(alice.firm.id):
        errands.stop_errand(errand.pk, by=bob.actor)
        with pytest.raises(Conflict, match="is over"):
            errands.stop_errand(errand.pk, by=bob.actor)
        assert Event.rows().get(type="errand.cancelled").actor_id == bob.membership.id
    drain()
    with firm_context(alice.firm.id):
        assert (Tag.rows().get().usage_count, Tagging.rows().count()) == (3, 3)
        tag_records("contact", [Tagging.rows().first().record_id], names=["Old"], by=alice.actor)
        delete_tag(old.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert not Tag.rows().exists()


def test_who_may_not_manage_tags_neither_sees_nor_stops_it(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        old = create_tag("Old", by=alice.actor)
        people(alice, old)
        delete_tag(old.id, by=alice.actor)
        errand = Errand.rows().get()
        bob.membership.role = "read_only"
        bob.membership.save()
        with pytest.raises(Forbidden):
            delete_tag(old.id, by=bob.actor)
        with pytest.raises(NotFound):
            errands.stop_errand(errand.pk, by=bob.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        errands.stop_errand(errand.pk, by=charlie.actor)
    problem(Api(charlie).post(f"errands/{errand.pk}/cancel"), 404, "not_found")
    assert Api(charlie).get("errands").json()["data"] == []


def test_page_and_api_say_how_far_it_is(alice: Person) -> None:
    with firm_context(alice.firm.id):
        old = create_tag("Old", by=alice.actor)
        people(alice, old)
    api = Api(alice)
    assert api.delete(f"tags/{old.id}").status_code == 204
    errand = api.get(f"tags/{old.id}").json()["errand"]
    assert (api.get(f"errands/{errand}").json()["total"], api.get("tags").json()["data"][0]["errand"]) == (5, errand)
    page = alice.page("tags/")
    assert "Delete the tag Old" in page and f"errands/{errand}/stop/" in page and f"tags/{old.id}/merge" not in page
    step(alice)
    assert "2 of 5" in " ".join(alice.page(f"errands/{errand}/").split())
    assert "Delete the tag Old" in alice.page("bulk/")
    assert api.post(f"errands/{errand}/cancel").json()["state"] == "cancelled"
    assert api.get(f"tags/{old.id}").json()["errand"] is None
    assert api.get("errands?state=cancelled").json()["data"][0]["done"] == 2
