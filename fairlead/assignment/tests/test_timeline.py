"""A record that was assigned says so once on its timeline; the log keeps every event."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.assignment.actions import assigning
from fairlead.assignment.tests.making import catch_up, lead, rule
from fairlead.events.public import Event
from fairlead.people.actions.contacts import update_contact
from fairlead.people.public import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
LOGGED = {"contact.created", "contact.updated", "contact.owner_changed", "assignment.made"}


def entries(person: Person, record: Contact, query: str = "") -> list[str]:
    html = person.client().get(person.url(f"contacts/{record.pk}/timeline{query}")).content.decode()
    return [part.split("<time")[0] for part in html.split('class="entry-head"')[1:]]


def test_an_assignment_by_a_rule_is_one_entry(alice: Person, bob: Person, charlie: Person) -> None:
    rule(alice, bob, name="Everybody")
    ada = lead(alice)
    catch_up(alice)
    shown = entries(alice, ada)
    assert len(shown) == 2, shown
    assert "The rule" in shown[0] and ">Everybody</a> assigned this to <b>" in shown[0] and bob.user.name in shown[0]
    assert "chosen by name" in shown[0] and "created" in shown[1].lower()
    with firm_context(alice.firm.pk):
        assert set(Event.rows().filter(contact_id=ada.pk).values_list("type", flat=True)) == LOGGED
    assert charlie.client().get(charlie.url(f"contacts/{ada.pk}/timeline")).status_code == 404


def test_whoever_had_the_rules_applied_is_named(alice: Person, bob: Person) -> None:
    ada = lead(alice, owner=alice.membership.pk)
    rule(alice, bob, name="Everybody")
    with firm_context(alice.firm.pk):
        assigning.assign_by_rules("contact", [ada.pk], by=alice.actor)
    first = entries(alice, ada)[0]
    assert f"<b>{alice.user.name}</b> had the rule" in first and bob.user.name in first
    assert len(entries(alice, ada)) == 2


def test_an_owner_set_by_hand_is_one_entry_and_other_changes_stay(alice: Person, bob: Person) -> None:
    ada = lead(alice)
    with firm_context(alice.firm.pk):
        update_contact(ada.pk, {"owner": bob.membership.pk}, by=alice.actor)
    assert len(entries(alice, ada)) == 2 and "the owner" in entries(alice, ada)[0]
    with firm_context(alice.firm.pk):
        update_contact(ada.pk, {"owner": alice.membership.pk, "city": "Rome"}, by=alice.actor)
    shown = entries(alice, ada, "?kind=changes")
    assert len(shown) == 4 and any("city" in entry for entry in shown), shown
