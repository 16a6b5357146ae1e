"""Dialogs that change a snippet, a note template or a task template, while a colleague changes the same one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.snippets import save_snippet
from fairlead.activities.actions.task_templates import save_task_template
from fairlead.activities.actions.templates import save_template
from fairlead.activities.models import NoteTemplate, Snippet, TaskTemplate
from fairlead.shell.tests.carried import seen_in
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
