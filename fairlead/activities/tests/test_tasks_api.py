"""/api/v1/tasks, their completions, assignments, snoozes, steps, templates, comments."""

import re
from uuid import uuid4

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db


def make(api: Api, **values: object) -> dict[str, object]:
    made = api.post("tasks", {"title": "Call back", **values})
    assert made.status_code == 201, made.content
    found: dict[str, object] = made.json()
    return found


def test_a_task_is_created_with_all_its_parts(api: Api, ada: str, bob: Person) -> None:
    task = make(
        api, due_on="2030-01-02", due_time="09:30", about=[{"noun": "contact", "id": ada}], reminders=[10, 60],
        assignees=[str(bob.membership.id)], checklist=["One"], description="<p>Do it</p>", rrule="FREQ=WEEKLY",
    )  # fmt: skip
    assert task["about"] == [{"noun": "contact", "id": ada}] and task["reminders"] == [10, 60]
    assert task["assignees"] == [str(bob.membership.id)] == [task["owner"]]
    assert task["timing"]["due_at"] == "2030-01-02T09:30:00Z" and task["checklist"][0]["text"] == "One"  # type: ignore[index]
    assert task["description"] == "<p>Do it</p>"


def test_tasks_are_listed_by_due_date_and_filtered(api: Api) -> None:
    late, soon = make(api, title="Late", due_on="2031-01-01"), make(api, title="Soon", due_on="2030-01-01")
    assert [t["id"] for t in api.get("tasks").json()["data"]] == [soon["id"], late["id"]]
    criteria = {"criteria": {"all": [{"field": "title", "op": "contains", "value": "late"}]}}
    assert [t["id"] for t in api.post("tasks/search", criteria).json()["data"]] == [late["id"]]


def test_tasks_are_listed_by_the_record_that_they_are_about(api: Api, ada: str, charlie: Person) -> None:
    acme = api.post("companies", {"name": "Acme"}).json()["id"]
    both = [{"noun": "contact", "id": ada}, {"noun": "company", "id": acme}]
    shared, hers = make(api, title="Both", about=both, due_on="2030-01-01"), make(api, title="Hers", about=both[:1])
    make(api, title="Nobody's")

    def listed(query: str, caller: Api = api) -> list[object]:
        return [t["id"] for t in caller.get(f"tasks?{query}").json()["data"]]

    assert listed(f"record={ada}") == [shared["id"], hers["id"]]
    assert listed(f"record={acme}") == listed(f"record={ada}&title=Both") == [shared["id"]]
    assert listed(f"record={ada}&noun=contact&total=true&limit=1") == [shared["id"]]
    assert api.get(f"tasks?record={ada}&limit=1&total=true").json()["total"] == 2
    following = api.get(api.get(f"tasks?record={ada}&limit=1").json()["next"]).json()
    assert [t["id"] for t in following["data"]] == [hers["id"]] and following["next"] is None
    assert listed(f"record={ada}&noun=company") == listed(f"record={uuid4()}") == []
    assert listed(f"record={ada}", Api(charlie)) == []
    found = api.post(
        f"tasks/search?record={acme}", {"criteria": {"field": "title", "op": "is", "value": "Both"}}
    ).json()
    assert [t["id"] for t in found["data"]] == [shared["id"]]
    problem(api.get("tasks?record=ada"), 422, "invalid")


def test_the_reference_names_the_record_of_tasks_and_activities(api: Api) -> None:
    paths = api.get("openapi.json").json()["paths"]
    for noun in ("tasks", "notes", "calls", "emails", "meetings", "activities"):
        described = {p["name"]: p for p in paths[f"/api/v1/{noun}"]["get"]["parameters"]}
        assert described["record"]["schema"] == {"type": "string", "format": "uuid"}


def test_wrong_fields_are_named(api: Api) -> None:
    found = problem(api.post("tasks", {"title": ""}), 422, "invalid")
    assert "title" in str(found)
    problem(api.post("tasks", {"title": "x", "rrule": "FREQ=HOURLY", "due_on": "2030-01-01"}), 422, "invalid")


def test_a_completion_is_a_resource(api: Api) -> None:
    task = make(api)
    done = api.post(f"tasks/{task['id']}/completions").json()
    assert (done["status"], done["completed_by"] is not None) == ("done", True)
    assert api.delete(f"tasks/{task['id']}/completions").status_code == 204
    assert api.get(f"tasks/{task['id']}").json()["status"] == "open"


def test_a_blocked_task_is_refused_unless_forced(api: Api) -> None:
    first = make(api)
    second = make(api, blockers=[first["id"]])
    problem(api.post(f"tasks/{second['id']}/completions"), 409, "blocked")
    assert api.post(f"tasks/{second['id']}/completions", {"force": True}).status_code == 200


def test_an_assignment_is_a_resource(api: Api, bob: Person, charlie: Person) -> None:
    task = make(api)
    path = f"tasks/{task['id']}/assignments"
    assert api.post(path, {"members": [str(bob.membership.id)]}).json()["assignees"] == [str(bob.membership.id)]
    problem(api.post(path, {"members": [str(charlie.membership.id)]}), 422, "invalid")


def test_whoever_answers_for_a_task_comes_first_and_stays_so(api: Api, alice: Person, bob: Person) -> None:
    task = make(api, assignees=[str(bob.membership.id), str(alice.membership.id)])
    both = [str(alice.membership.id), str(bob.membership.id)]
    assert api.patch(f"tasks/{task['id']}", {"assignees": both}).json()["assignees"] == both
    form = alice.client().get(alice.url(f"tasks/{task['id']}/edit")).content.decode()
    chosen = re.findall(r'value="([0-9a-f-]{36})" selected', form)
    posted = {"title": "Call them", "parts": "1", "assignees": chosen or both}
    assert alice.client().post(alice.url(f"tasks/{task['id']}/edit"), posted).status_code == 204
    assert api.get(f"tasks/{task['id']}").json()["owner"] == both[0]


def test_a_snooze_is_a_resource(api: Api) -> None:
    task = make(api)
    assert api.post(f"tasks/{task['id']}/snoozes", {"days": 3}).json()["due_on"] is not None
    assert api.post(f"tasks/{task['id']}/snoozes", {"until": "2040-05-01T09:00:00Z"}).json()["due_on"] == "2040-05-01"
    problem(api.post(f"tasks/{task['id']}/snoozes", {}), 422, "invalid")


def test_steps_are_added_ticked_and_removed(api: Api) -> None:
    task = make(api)
    step = api.post(f"tasks/{task['id']}/steps", {"text": "Read"}).json()
    assert api.patch(f"task-steps/{step['id']}", {"ticked": True}).json()["ticked_at"] is not None
    assert api.patch(f"task-steps/{step['id']}", {"text": "Write"}).json()["text"] == "Write"
    assert api.delete(f"task-steps/{step['id']}").status_code == 204


def test_a_step_that_somebody_else_changed_is_refused(api: Api, bob: Person) -> None:
    task = make(api, checklist=["Read"])
    step = task["checklist"][0]  # type: ignore[index]
    assert step["version"] == 1
    path = f"task-steps/{step['id']}"
    renamed = Api(bob).patch(path, {"text": "Write"}, If_Match='"1"')
    assert (renamed.json()["text"], renamed["ETag"]) == ("Write", '"2"')
    problem(api.patch(path, {"ticked": True}, If_Match='"1"'), 412, "stale_version")
    problem(api.delete(path, If_Match='"1"'), 412, "stale_version")
    assert api.patch(path, {"ticked": True}, If_Match='"2"')["ETag"] == '"3"'
    assert api.patch(path, {"ticked": True, "text": "Write"}, If_Match='"3"')["ETag"] == '"3"', "nothing changed"
    problem(api.patch(f"task-steps/{uuid4()}", {"ticked": True}, If_Match='"1"'), 404, "not_found")
    assert api.delete(path, If_Match='"3"').status_code == 204
    types = [e["type"] for e in api.get("audit?noun=task").json()["data"]]
    assert "task.step_renamed" in types and "task.step_ticked" in types


def test_comments_are_read_written_and_changed(api: Api) -> None:
    task = make(api)
    said = api.post(f"tasks/{task['id']}/comments", {"body": "<p>Half done</p>"}).json()
    assert [c["text"] for c in api.get(f"tasks/{task['id']}/comments").json()["data"]] == ["Half done"]
    assert api.patch(f"comments/{said['id']}", {"body": "<p>All done</p>"}).json()["text"] == "All done"
    assert api.delete(f"comments/{said['id']}").status_code == 204


def test_links_are_added_and_shown_on_the_timeline(api: Api, ada: str) -> None:
    task = make(api)
    about = {"about": [{"noun": "contact", "id": ada}]}
    assert api.post(f"tasks/{task['id']}/associations", about).json()["about"] == about["about"]
    assert "task.associated" in {e["type"] for e in api.get(f"contacts/{ada}/timeline?kind=tasks").json()["data"]}


def test_templates_are_kept_and_used(api: Api, ada: str) -> None:
    made = api.post("task-templates", {"name": "Review", "title": "Prepare", "due_in_days": 2}).json()
    assert api.patch(f"task-templates/{made['id']}", {"title": "Prepare it"}).json()["title"] == "Prepare it"
    used = api.post(f"task-templates/{made['id']}/uses", {"about": [{"noun": "contact", "id": ada}]}).json()
    assert api.get(f"tasks/{used['id']}").json()["title"] == "Prepare it"
    assert api.delete(f"task-templates/{made['id']}").status_code == 204
    problem(api.get(f"task-templates/{made['id']}"), 404, "not_found")


def test_a_stale_change_is_refused(api: Api) -> None:
    task = make(api)
    assert api.patch(f"tasks/{task['id']}", {"title": "One"}, If_Match='"1"').status_code == 200
    problem(api.patch(f"tasks/{task['id']}", {"title": "Two"}, If_Match='"1"'), 412, "stale_version")
    for path, body in (
        ("steps", {"text": "One"}), ("completions", {}), ("snoozes", {"days": 1}), ("comments", {"body": "<p>x</p>"}),
    ):  # fmt: skip
        problem(api.post(f"tasks/{task['id']}/{path}", body, If_Match='"1"'), 412, "stale_version")
    assert api.post(f"tasks/{task['id']}/steps", {"text": "One"}, If_Match='"2"').status_code == 201


def test_a_deleted_task_comes_back(api: Api) -> None:
    task = make(api)
    assert api.delete(f"tasks/{task['id']}").status_code == 204
    problem(api.get(f"tasks/{task['id']}"), 404, "not_found")
    assert api.post(f"tasks/{task['id']}/restore").json()["title"] == "Call back"


def test_a_key_without_the_scope_is_refused(api: Api, bob: Person) -> None:
    task, reader = make(api), Api(bob, scopes=("tasks.view",))
    assert reader.get(f"tasks/{task['id']}").status_code == 200
    problem(reader.post("tasks", {"title": "x"}), 403, "forbidden")
    problem(reader.post(f"tasks/{task['id']}/completions"), 403, "forbidden")


def test_another_firms_task_is_absent(api: Api, charlie: Person) -> None:
    task, stranger = make(api, checklist=["One"]), Api(charlie)
    step = task["checklist"][0]["id"]  # type: ignore[index]
    for method, path, body in (
        ("GET", f"tasks/{task['id']}", None), ("PATCH", f"tasks/{task['id']}", {"title": "x"}),
        ("DELETE", f"tasks/{task['id']}", None), ("POST", f"tasks/{task['id']}/completions", None),
        ("POST", f"tasks/{task['id']}/snoozes", {"days": 1}), ("PATCH", f"task-steps/{step}", {"ticked": True}),
        ("POST", f"tasks/{task['id']}/assignments", {"members": []}),
    ):  # fmt: skip
        problem(stranger.call(method, path, body), 404, "not_found")


@pytest.mark.parametrize("lacking", [{}, {"noun": "contact"}, {"id": str(uuid4())}])
def test_a_change_in_part_still_says_whole_what_a_task_is_about(api: Api, lacking: dict[str, str]) -> None:
    task = make(api)
    told = problem(api.patch(f"tasks/{task['id']}", {"about": [lacking]}), 422, "invalid")
    assert {e["pointer"] for e in told["errors"]} == {f"/about/0/{n}" for n in ("noun", "id") if n not in lacking}
    batch = api.post("tasks/batch/update", {"items": [{"id": task["id"], "about": [lacking]}]}).json()
    assert batch["results"][0]["status"] == 422
