"""The builder offers events that can happen to such a record; trees may speak of all the same."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.contacts import create_contact
from fairlead.records.criteria.choices import catalogue
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

OF_THE_FIRM = {"team.created", "pipeline.created", "segment.created", "tag.merged", "view.created", "list.archived"}


def offered(alice: Person, noun: str) -> set[str]:
    with firm_context(alice.firm.id):
        events = catalogue(Vocabulary(nouns.get(noun)), by=alice.actor)["events"]
    return {event["type"] for event in events if event.get("offered", True)}


@pytest.mark.parametrize(
    ("noun", "some"),
    [
        ("contact", {"contact.updated", "record.tagged", "list.subscribed", "note.written", "deal.won"}),
        ("contact", {"task.completed", "segment.entered", "persona.assigned", "credit.estimated", "assignment.made"}),
        ("company", {"company.updated", "contact.created", "call.logged", "deal.lost"}),
        ("deal", {"deal.moved", "meeting.logged", "task.associated"}),
        ("task", {"task.completed"}),
    ],
)  # fmt: skip
def test_what_can_happen_to_a_record_is_offered_and_nothing_else(alice: Person, noun: str, some: set[str]) -> None:
    found = offered(alice, noun)
    assert some <= found
    assert not found & {*OF_THE_FIRM, f"{noun}.purged"}


def test_a_tree_may_speak_of_what_is_not_offered(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        tree = {"event": {"type": "team.created", "op": "none", "within": None}}
        assert Criteria(nouns.get("contact"), tree, by=alice.actor).matches(ada.pk)
