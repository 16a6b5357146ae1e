"""Dialogs that change a snippet, a note template or a task template, while a colleague changes the same one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import options
from fairlead.activities.actions.activities import edit_activity, log_activity
from fairlead.activities.actions.personal import save_signature
from fairlead.activities.actions.snippets import save_snippet
from fairlead.activities.actions.task_templates import save_task_template
from fairlead.activities.actions.tasks import update_task
from fairlead.activities.actions.templates import save_template
from fairlead.activities.models import Activity, ActivityOption, NoteTemplate, Signature, Snippet, Task, TaskTemplate
from fairlead.activities.tests.task_cast import doers, make
from fairlead.kernel import clock
from fairlead.people.models import Contact
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import nouns
from fairlead.shell.tests.carried import TOLD, Opened, edited_by_two, seen_in
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Edited:
    """What is changed: how it is made and changed by an action, what its dialog posts, where that stands."""

    path: str
    make: Callable[[Person], UUID]
    change: Callable[[UUID, Person], None]
    posted: dict[str, str]
    kept: Callable[[UUID], tuple[str, str]]
    told: str


def _snippet(by: Person) -> UUID:
    return save_snippet({"shortcut": "hi", "body": "<p>Hi</p>", "scope": "firm"}, by=by.actor).pk


def _note(by: Person) -> UUID:
    return save_template("First call", "<p>Who</p>", by=by.actor).pk


def _task(by: Person) -> UUID:
    return save_task_template({"name": "Review", "title": "Review", "checklist": ["Read"]}, by=by.actor).pk


def _read(model: Any, *names: str) -> Callable[[UUID], tuple[str, str]]:
    return lambda pk: tuple(model.rows().values_list(*names).get(pk=pk))


EDITED = {
    "snippet": Edited(
        "snippets/{}/", _snippet,
        lambda pk, by: void(save_snippet({"body": "<p>Good day</p>"}, by=by.actor, snippet_id=pk)),
        {"shortcut": "hi", "body": "<p>Hello</p>", "scope": "firm", "name": "", "category": "Mail", "team": ""},
        _read(Snippet, "body", "category"), "“Good day”",
    ),
    "note template": Edited(
        "activities/templates/{}/", _note,
        lambda pk, by: void(save_template("First call", "<p>Who and why</p>", by=by.actor, template_id=pk)),
        {"name": "A call", "body": "<p>Whoever</p>"}, _read(NoteTemplate, "body", "name"), "“Who and why”",
    ),
    "task template": Edited(
        "tasks/templates/{}/", _task,
        lambda pk, by: void(save_task_template({"title": "Look at it"}, by=by.actor, template_id=pk)),
        {"name": "Reviewing", "title": "Study", "checklist": "Read", "type": "todo", "priority": "3_normal",
         "description": "", "rrule": "", "due_in_days": "", "remind_minutes": ""},
        _read(TaskTemplate, "title", "name"), "“Look at it”",
    ),
}  # fmt: skip


def void(_: object) -> None:
    """Take what an action returned."""


@pytest.fixture(params=EDITED)
def edited(request: pytest.FixtureRequest) -> Edited:
    return EDITED[request.param]


def test_who_saves_second_is_told_and_nothing_is_lost(alice: Person, bob: Person, edited: Edited) -> None:
    with firm_context(alice.firm.id):
        pk = edited.make(bob)
    client, path = alice.client(), alice.url(edited.path.format(pk))
    opened = seen_in(client.get(path).content.decode())
    with firm_context(alice.firm.id):
        edited.change(pk, bob)
        was = edited.kept(pk)
    told = client.post(path, edited.posted | {"seen": opened})
    page = told.content.decode()
    assert told.status_code == 422 and "Somebody changed this since you opened it" in page and edited.told in page
    field = next(name for name in ("body", "title") if name in edited.posted)
    assert edited.posted[field].replace("<", "&lt;").replace(">", "&gt;") in page, "What was typed is still there."
    with firm_context(alice.firm.id):
        assert edited.kept(pk) == was, "Nothing was written over."
    assert client.post(path, edited.posted | {"seen": seen_in(page)}).status_code == 302
    with firm_context(alice.firm.id):
        assert edited.kept(pk)[0] == edited.posted[field], "Saved again, it replaces that knowingly."


def test_another_field_is_no_matter_when_it_was_not_touched(alice: Person, edited: Edited) -> None:
    with firm_context(alice.firm.id):
        pk = edited.make(alice)
    client, path = alice.client(), alice.url(edited.path.format(pk))
    opened = seen_in(client.get(path).content.decode())
    assert client.post(path, edited.posted | {"seen": opened}).status_code == 302
    again = client.post(path, edited.posted | {"seen": opened})
    assert again.status_code == 302, "The same once more: what is there is what was typed."


def test_another_firm_sees_nothing(alice: Person, charlie: Person, edited: Edited) -> None:
    with firm_context(alice.firm.id):
        pk = edited.make(alice)
    path = charlie.url(edited.path.format(pk))
    assert charlie.client().get(path).status_code == 404
    assert charlie.client().post(path, edited.posted).status_code == 404


def test_ones_own_signature_in_two_windows(bob: Person) -> None:
    with firm_context(bob.firm.id):
        save_signature({"html": "<p>Yours, Bob</p>"}, by=bob.actor)
    one = Opened.at(bob.client(), bob.url("settings/signature/"), "html")
    edited_by_two(
        one, bob.inside(lambda: save_signature({"html": "<p>Best, Bob</p>"}, by=bob.actor)), "“Best, Bob”",
        bob.inside(lambda: Signature.rows().get().html), "<p>Best, Bob</p>", "<p>Cheers</p>", html="<p>Cheers</p>",
    )  # fmt: skip


def test_the_facts_of_ones_own_signature_in_two_windows(bob: Person) -> None:
    one = Opened.at(bob.client(), bob.url("settings/signature/"), "generate")
    edited_by_two(
        one, bob.inside(lambda: save_signature({"generate": "1", "phone": "1234"}, by=bob.actor)), "“1234”",
        bob.inside(lambda: [Signature.rows().get().values.get(name) for name in ("phone", "title")]),
        ["1234", None], ["", "Partner"], title="Partner",
    )  # fmt: skip


def test_a_type_of_activity(alice: Person) -> None:
    with firm_context(alice.firm.id):
        made = options.create_option("call", "type", "Sales", color="slate", by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"settings/activities/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: options.update_option(made.pk, color="teal", by=alice.actor)), "“Teal”",
        alice.inside(lambda: ActivityOption.rows().values_list("name", "color").get(pk=made.pk)),
        ("Sales", "teal"), ("Selling", "slate"), name="Selling",
    )  # fmt: skip


def test_a_task(alice: Person, bob: Person) -> None:
    task = make(alice, title="Call Ada", description="<p>Soon</p>")
    doer = {"assignees": [bob.membership.pk]}
    hers = Opened.at(alice.client(), alice.url(f"tasks/{task.pk}/edit"))
    edited_by_two(
        hers, alice.inside(lambda: update_task(task.pk, {**doer, "title": "Ring Ada"}, by=bob.actor)), "“Ring Ada”",
        alice.inside(lambda: (Task.rows().get().title, Task.rows().get().priority, doers(Task.rows().get()))),
        ("Ring Ada", "3_normal", [bob.membership.pk]), ("Call Ada", "1_urgent", [alice.membership.pk]),
        priority="1_urgent",
    )  # fmt: skip


def test_what_stands_at_no_field_of_a_task_names_its_field(alice: Person, bob: Person) -> None:
    task = make(alice, title="Call Ada")
    hers = Opened.at(alice.client(), alice.url(f"tasks/{task.pk}/edit"))
    with firm_context(alice.firm.id):
        update_task(task.pk, {"priority": "1_urgent", "assignees": [bob.membership.pk]}, by=bob.actor)
    page = hers.send(title="Ring Ada").content.decode()
    assert (
        f"Priority: {TOLD}: it is “Urgent” now." in page and f"Who is to do it: {TOLD}: it is “Bob Beech” now." in page
    )


def test_a_field_of_ones_own_of_a_task(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_field(nouns.get("task"), {"label": "Room", "kind": "text"}, by=alice.actor)
    task = make(alice, title="Call Ada")
    hers = Opened.at(alice.client(), alice.url(f"tasks/{task.pk}/edit"))
    edited_by_two(
        hers, alice.inside(lambda: update_task(task.pk, {"custom": {"room": "12"}}, by=alice.actor)), "“12”",
        alice.inside(lambda: (Task.rows().get().title, Task.rows().get().custom.get("room"))),
        ("Call Ada", "12"), ("Ring Ada", "14"), title="Ring Ada", **{"custom-room": "14"},
    )  # fmt: skip


def test_a_call(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        call = log_activity("call", {"body": "<p>One</p>"}, [("contact", lady.pk)], by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"activities/{call.pk}/edit"))
    edited_by_two(
        hers, alice.inside(lambda: edit_activity(call.pk, {"duration_minutes": 25}, by=alice.actor)),
        f"Minutes: {TOLD}: it is “25” now", alice.inside(lambda: (Activity.rows().get().duration_minutes,
                                                                 Activity.rows().get().text)),
        (25, "One"), (5, "Two"), body="<p>Two</p>", duration_minutes="5",
    )  # fmt: skip


def test_how_a_planned_call_went(alice: Person, lady: Contact) -> None:
    at = clock.now() + timedelta(days=1)
    with firm_context(alice.firm.id):
        call = log_activity("call", {"scheduled_at": at}, [("contact", lady.pk)], by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"activities/{call.pk}/complete"))
    edited_by_two(
        hers, alice.inside(lambda: edit_activity(call.pk, {"body": "<p>Ask for Tom</p>"}, by=alice.actor)),
        "“Ask for Tom”", alice.inside(lambda: Activity.rows().get().text), "Ask for Tom", "Went well",
        body="<p>Went well</p>",
    )  # fmt: skip
