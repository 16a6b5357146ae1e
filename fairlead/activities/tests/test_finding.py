"""Notes are found by what they say."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities as notes
from fairlead.activities.finding import ACTIVITIES
from fairlead.activities.tests.task_cast import make
from fairlead.events.public import Event
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.models import Contact
from fairlead.search.indexing import follow
from fairlead.search.public import find
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db


def settle() -> None:
    follow(list(Event.rows().order_by("id")))


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Ada", "owner": alice.membership.id}, by=alice.actor)


def test_a_note_is_found_while_it_is_there(alice: Person, charlie: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>Wants the <b>pergola</b> offer</p>", [("contact", ada.id)], by=alice.actor)
        settle()
        assert [h.record_id for h in find("pergol", by=alice.actor, nouns=["note"])] == [note.id]
        notes.edit_activity(note.id, {"body": "<p>Wants the gazebo</p>"}, by=alice.actor)
        settle()
        assert find("pergola", by=alice.actor, nouns=["note"]) == []
        assert [h.subtitle for h in find("gazebo", by=alice.actor)] == ["Ada"]
        notes.delete_activity(note.id, by=alice.actor)
        settle()
        assert find("gazebo", by=alice.actor) == []
        assert ACTIVITIES.page(None, 10) == [note.id]
    with firm_context(charlie.firm.id):
        assert find("gazebo", by=charlie.actor) == []


def test_a_note_is_found_by_who_owns_its_record_now(alice: Person, bob: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        alice.firm.visibility = Visibility.OWNER
        alice.firm.save()
        notes.write_note("<p>pergola</p>", [("contact", ada.id)], by=alice.actor)
        settle()
        assert find("pergola", by=bob.actor) == []
        update_contact(ada.id, {"owner": bob.membership.id}, by=alice.actor)
        settle()
        assert len(find("pergola", by=bob.actor, nouns=["note"])) == 1


def test_records_are_offered_for_a_note(alice: Person, charlie: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        settle()
    found = alice.client().get(alice.url("activities/records?q=ad")).json()
    assert found == [{"value": f"contact:{ada.id}", "label": "Ada", "color": ""}]
    assert charlie.client().get(charlie.url("activities/records?q=ad")).json() == []


def test_the_list_of_tasks_is_searched_by_any_word(alice: Person, charlie: Person) -> None:
    make(alice, title="Ask for the figures", due_on="2099-03-05")
    make(charlie, title="Figures of ours")

    def found(person: Person, typed: str) -> list[str]:
        page = person.client().get(person.url(f"tasks/?q={typed}")).content.decode()
        return [t for t in ("Ask for the figures", "Figures of ours") if t in page]

    for typed in ("figures", "FIGURES ask", "the+fig"):
        assert found(alice, typed) == ["Ask for the figures"], typed
    assert found(alice, "figures+nowhere") == [] and found(charlie, "figures") == ["Figures of ours"]
