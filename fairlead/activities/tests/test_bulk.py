"""Many tasks at once: completed and put off, and both taken back."""

from datetime import date

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.models import Task
from fairlead.api.tests.client import Api, problem
from fairlead.jobs.testing import drain
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(api: Api) -> list[str]:
    made = [{"title": "Call"}, {"title": "Write", "due_on": "2030-01-02"}, {"title": "Visit"}]
    return [api.post("tasks", values).json()["id"] for values in made]


def run(api: Api, ids: list[str], verb: str, **params: str) -> str:
    answer = api.post("bulk-runs", {"noun": "task", "verb": verb, "params": params, "ids": ids})
    assert answer.status_code == 202, answer.content
    drain()
    return str(answer.json()["id"])


def undo(api: Api, run_id: str) -> None:
    assert api.post(f"bulk-runs/{run_id}/undo").status_code < 300
    drain()


def states(person: Person) -> dict[str, tuple[str, date | None]]:
    with firm_context(person.firm.id):
        return {title: (status, due) for title, status, due in Task.rows().values_list("title", "status", "due_on")}


def test_tasks_are_completed_and_opened_again(api: Api, alice: Person, ids: list[str]) -> None:
    api.post(f"tasks/{ids[2]}/completions")
    done = run(api, ids, "complete")
    assert {status for status, _ in states(alice).values()} == {"done"}
    assert api.get(f"bulk-runs/{done}").json()["changed"] == 2  # one was done before
    undo(api, done)
    assert {title: status for title, (status, _) in states(alice).items()} == {
        "Call": "open", "Write": "open", "Visit": "done",
    }  # fmt: skip


def test_how_many_were_so_already_is_told_when_there_are_any(api: Api, alice: Person, ids: list[str]) -> None:
    def told(run_id: str) -> str:
        return alice.client().get(alice.url(f"bulk/{run_id}/"), headers={"HX-Request": "true"}).content.decode()

    assert "1 changed." in told(run(api, ids[:1], "complete"))
    assert "2 changed, 1 was so already." in told(run(api, ids, "complete"))


def test_tasks_are_put_off_and_back(api: Api, alice: Person, ids: list[str]) -> None:
    done = run(api, ids, "due", due_on="2031-05-06")
    assert {due for _, due in states(alice).values()} == {date(2031, 5, 6)}
    undo(api, done)
    assert {title: due for title, (_, due) in states(alice).items()} == {
        "Call": None, "Write": date(2030, 1, 2), "Visit": None,
    }  # fmt: skip


@pytest.mark.parametrize("due_on", ["", "someday"])
def test_a_wrong_date_starts_nothing(api: Api, ids: list[str], due_on: str) -> None:
    asked = {"noun": "task", "verb": "due", "params": {"due_on": due_on}, "ids": ids}
    (error,) = problem(api.post("bulk-runs", asked), 422, "invalid")["errors"]
    assert "due_on" in error["pointer"]


def test_the_dialog_asks_for_a_date(alice: Person, ids: list[str]) -> None:
    page = alice.client().get(alice.url("records/tasks/bulk/due"), headers={"HX-Request": "true"}).content.decode()
    assert 'type="date"' in page and 'name="due_on"' in page


def test_a_task_of_another_firm_stays_as_it_is(alice: Person, charlie: Person, ids: list[str]) -> None:
    theirs = Api(charlie)
    asked = {"noun": "task", "verb": "complete", "params": {}, "ids": ids}
    theirs.post("bulk-runs", asked)
    drain()
    assert {status for status, _ in states(alice).values()} == {"open"}


def test_what_a_task_calls_its_owner_is_what_the_verb_is_called(api: Api, alice: Person, ids: list[str]) -> None:
    page = alice.client().get(alice.url("tasks/")).content.decode()
    assert "Set assignee" in page and "Set owner" not in page
    done = run(api, ids[:1], "owner", value=str(alice.membership.pk))
    assert api.get(f"bulk-runs/{done}").json()["label"] == "Set the assignee"
    assert "Set owner" in alice.client().get(alice.url("contacts/")).content.decode()
