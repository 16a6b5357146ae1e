"""Who is given a record is told once, whether a rule gave it, the team, or a colleague by hand."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.assignment.actions import assigning
from fairlead.assignment.tests.making import catch_up, lead, rule
from fairlead.events.public import Event
from fairlead.notifications.public import Draft
from fairlead.notifications.rules import drafts
from fairlead.people.actions.contacts import set_contact_field, update_contact
from fairlead.sales.actions.deals import update_deal
from fairlead.sales.actions.pipelines import update_pipeline
from fairlead.sales.tests import making
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


def test_an_assignment_is_told_once_in_whatever_batches_its_events_come(alice: Person, bob: Person) -> None:
    rule(alice, bob)
    leads = [lead(alice, name).pk for name in ("Ada", "Ben", "Cid", "Dee")]
    with firm_context(alice.firm.pk):
        assigning.assign_by_rules("contact", leads, by=alice.actor)
        moved = list(Event.rows().filter(type="contact.owner_changed"))
        made = list(Event.rows().filter(type="assignment.made"))
        assert len(moved) == len(made) == 4
        assert not drafts(moved) and len(drafts(made)) == 1


def test_what_comes_in_many_large_batches_is_told_once_an_hour(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairlead.assignment.noticing.MANY", 4)
    keys = set()
    for _ in range(2):
        leads = [lead(alice, name) for name in ("Ada", "Ben", "Cid", "Dee", "Eve")]
        with firm_context(alice.firm.pk):
            set_contact_field({c.pk: str(bob.membership.pk) for c in leads}, "owner", by=alice.actor)
            moved = Event.rows().filter(type="contact.owner_changed", contact_id__in=[c.pk for c in leads])
            [draft] = drafts(list(moved))
        assert draft.title == "Many contacts were given out, some of them to you"
        keys.add(draft.key)
    assert len(keys) == 1


def test_of_a_large_batch_each_of_a_large_team_is_told_once_an_hour(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairlead.assignment.noticing.MANY", 4)
    found = []
    for _ in range(2):  # two large batches, few of each for any one member
        leads = [lead(alice, name) for name in ("Ada", "Ben", "Cid", "Dee", "Eve")]
        with firm_context(alice.firm.pk):
            owners = {c.pk: str((bob if at < 3 else alice).membership.pk) for at, c in enumerate(leads)}
            set_contact_field(owners, "owner", by=alice.actor)
            moved = Event.rows().filter(type="contact.owner_changed", contact_id__in=[c.pk for c in leads])
            found += drafts(list(moved))
    assert len(found) == 4 and len({(d.member, d.key) for d in found}) == 2


def test_the_name_of_what_its_new_owner_may_not_see_is_kept(alice: Person, bob: Person) -> None:
    pipeline, deal = making.pipeline(alice), making.deal(alice, "Sale of the firm")
    with firm_context(alice.firm.pk):
        update_deal(deal.pk, {"owner": str(bob.membership.pk)}, by=alice.actor)
    assert [d.title for d in told(alice, bob)] == ["Sale of the firm was given to you"]
    with firm_context(alice.firm.pk):
        update_pipeline(pipeline.pk, {"visible_from": "admin"}, by=alice.actor)
    assert [d.title for d in told(alice, bob)] == ["A deal was given to you"]
