"""Who is given a record is told once, whether a rule gave it, the team, or a colleague by hand."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.assignment.actions import assigning
from fairlead.assignment.tests.making import catch_up, lead, rule
from fairlead.events.public import Event
from fairlead.notifications.public import Draft
from fairlead.notifications.rules import drafts
from fairlead.people.actions.contacts import set_contact_field, update_contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def told(person: Person, to: Person) -> list[Draft]:
    with firm_context(person.firm.pk):
        found = drafts(list(Event.rows().order_by("generation", "tx", "id")))
    return [d for d in found if d.kind == "record_given" and d.member == to.membership.pk]


def test_who_is_given_a_contact_by_hand_is_told_by_whom(alice: Person, bob: Person, charlie: Person) -> None:
    ada = lead(alice)
    with firm_context(alice.firm.pk):
        update_contact(ada.pk, {"owner": bob.membership.pk}, by=alice.actor)
    [draft] = told(alice, bob)
    assert (draft.title, draft.text, draft.link) == (
        "Ada was given to you", "By Alice Ash", f"contacts/{ada.pk}/",
    )  # fmt: skip
    assert not told(charlie, charlie)


def test_what_a_rule_gives_is_told_once_with_its_reason(alice: Person, bob: Person) -> None:
    rule(alice, bob, name="Everybody")
    lead(alice)
    catch_up(alice)
    [draft] = told(alice, bob)
    assert draft.title == "Ada was given to you" and draft.text.startswith("By the rule Everybody")


def test_many_at_once_are_one_notice_and_taking_away_is_none(alice: Person, bob: Person) -> None:
    leads = [lead(alice, name) for name in ("Ada", "Ben", "Cid", "Dee")]
    for owner in (bob.membership.pk, None):
        with firm_context(alice.firm.pk):
            set_contact_field({c.pk: owner and str(owner) for c in leads}, "owner", by=alice.actor)
    assert [d.title for d in told(alice, bob)] == ["4 contacts were given to you"]


def test_an_assignment_and_its_change_of_owner_have_one_key_in_whatever_batches_they_come(
    alice: Person, bob: Person
) -> None:
    rule(alice, bob)
    ada = lead(alice)
    with firm_context(alice.firm.pk):
        assigning.assign_by_rules("contact", [ada.pk], by=alice.actor)
        found = [drafts([e]) for e in Event.rows().order_by("generation", "tx", "id")]
    assert len({d.key for some in found for d in some if d.kind == "record_given"}) == 1
