"""Lists and subscriptions."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.lists import (
    archive_list,
    create_list,
    create_primary_list,
    subscribe,
    unarchive_list,
    unsubscribe,
    update_list,
)
from fairlead.people.models import ContactList, ListSubscription
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_there_is_one_primary_list_that_holds_everybody(alice: Person) -> None:
    with firm_context(alice.firm.id):
        primary = create_primary_list(by=alice.actor)
        assert create_primary_list(by=alice.actor).id == primary.id
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="opt-out"):
            unsubscribe(primary.id, [ada.id], by=alice.actor)
        with pytest.raises(Conflict):
            archive_list(primary.id, by=alice.actor)
        with pytest.raises(Conflict):
            update_list(primary.id, name="Some", by=alice.actor)


def test_people_come_and_go_and_each_move_is_told_once(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        news = create_list("Newsletter", by=alice.actor)
        ids = [create_contact({"first_name": n}, by=alice.actor).id for n in ("Ada", "Ben")]
        assert subscribe(news.id, ids, by=bob.actor, source="fair") == 2
        assert subscribe(news.id, ids, by=bob.actor) == 0
        assert unsubscribe(news.id, ids[:1], by=bob.actor) == 1
        assert unsubscribe(news.id, ids[:1], by=bob.actor) == 0
        assert subscribe(news.id, ids[:1], by=bob.actor) == 1
        states = dict(ListSubscription.rows().values_list("contact_id", "status"))
        assert set(states.values()) == {"subscribed"}
        types = list(Event.rows().filter(contact_id=ids[0], subject_noun="contact").values_list("type", flat=True))
        assert sorted(t for t in types if t.startswith("list.")) == [
            "list.subscribed",
            "list.subscribed",
            "list.unsubscribed",
        ]


def test_an_archived_list_rests(alice: Person) -> None:
    with firm_context(alice.firm.id):
        news = create_list("Newsletter", by=alice.actor)
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        archive_list(news.id, by=alice.actor)
        with pytest.raises(Conflict, match="archived"):
            subscribe(news.id, [ada.id], by=alice.actor)
        unarchive_list(news.id, by=alice.actor)
        assert subscribe(news.id, [ada.id], by=alice.actor) == 1


def test_names_are_unique_and_needed(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_list("Newsletter", by=alice.actor)
        with pytest.raises(InvalidInput, match="already a list"):
            create_list("NEWSLETTER", by=alice.actor)
        with pytest.raises(InvalidInput):
            create_list(" ", by=alice.actor)


def test_charlie_and_readers_stay_out(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        news = create_list("Newsletter", by=alice.actor)
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        bob.membership.role = "read_only"
        bob.membership.save()
        with pytest.raises(Forbidden):
            subscribe(news.id, [ada.id], by=bob.actor)
        with pytest.raises(Forbidden):
            create_list("Bob's", by=bob.actor)
    with firm_context(charlie.firm.id):
        with pytest.raises(NotFound):
            subscribe(news.id, [ada.id], by=charlie.actor)
        own = create_list("Newsletter", by=charlie.actor)
        assert subscribe(own.id, [ada.id], by=charlie.actor) == 0
        assert ContactList.rows().count() == 1
