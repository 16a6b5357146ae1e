"""Saying a step of a task in other words: `tasks/steps/<id>/reword`."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import checklists
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import ChecklistItem
from fairlead.events.public import Event
from fairlead.shell.tests.carried import seen_in
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(alice: Person) -> ChecklistItem:
    with firm_context(alice.firm.id):
        task = create_task({"title": "Prepare the review", "checklist": ["Read"]}, by=alice.actor)
        return ChecklistItem.rows().get(task=task)


def test_a_step_is_said_in_other_words(alice: Person, step: ChecklistItem) -> None:
    path, client = alice.url(f"tasks/steps/{step.pk}/reword"), alice.client()
    shown = client.get(path).content.decode()
    assert 'value="Read"' in shown
    assert client.post(path, {"text": "Read all", "seen": seen_in(shown)}).status_code == 302
    with firm_context(alice.firm.id):
        assert ChecklistItem.rows().get().text == "Read all"
        data = Event.rows().get(type="task.step_renamed").data
    assert (data["text"], data["before"]) == ("Read all", "Read")


@pytest.mark.parametrize(
    ("typed", "said"), [(" ", "A step has 1 to 300 characters"), ("x" * 301, "A step has 1 to 300 characters")]
)
def test_what_is_no_step_is_refused(alice: Person, step: ChecklistItem, typed: str, said: str) -> None:
    refused = alice.client().post(alice.url(f"tasks/steps/{step.pk}/reword"), {"text": typed})
    assert refused.status_code == 422 and said in refused.content.decode()
    with firm_context(alice.firm.id):
        assert ChecklistItem.rows().get().text == "Read"


def test_who_comes_second_is_told_and_may_save_again(alice: Person, bob: Person, step: ChecklistItem) -> None:
    path, client = alice.url(f"tasks/steps/{step.pk}/reword"), alice.client()
    opened = seen_in(client.get(path).content.decode())
    with firm_context(alice.firm.id):
        checklists.rename_step(step.pk, "Read twice", by=bob.actor)
    told = client.post(path, {"text": "Read all", "seen": opened})
    page = told.content.decode()
    assert told.status_code == 422 and "“Read twice”" in page and 'value="Read all"' in page
    with firm_context(alice.firm.id):
        assert ChecklistItem.rows().get().text == "Read twice"
    assert client.post(path, {"text": "Read all", "seen": seen_in(page)}).status_code == 302
    with firm_context(alice.firm.id):
        assert ChecklistItem.rows().get().text == "Read all"


def test_a_tick_is_no_other_wording(alice: Person, bob: Person, step: ChecklistItem) -> None:
    path, client = alice.url(f"tasks/steps/{step.pk}/reword"), alice.client()
    opened = seen_in(client.get(path).content.decode())
    with firm_context(alice.firm.id):
        checklists.tick_step(step.pk, by=bob.actor)
    assert client.post(path, {"text": "Read all", "seen": opened}).status_code == 302


def test_a_step_of_another_firm_is_not_there(charlie: Person, step: ChecklistItem) -> None:
    path = charlie.url(f"tasks/steps/{step.pk}/reword")
    assert charlie.client().get(path).status_code == 404
    assert charlie.client().post(path, {"text": "Mine"}).status_code == 404
