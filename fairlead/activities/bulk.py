"""Bulk verbs of tasks: complete, put off."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction

from fairlead.activities.actions import completing, tasks
from fairlead.activities.models import Task
from fairlead.kernel import dates
from fairlead.kernel.errors import FairleadError, Forbidden, InvalidInput
from fairlead.records.public import Noun, bulk
from fairlead.tenancy.public import Actor

Params = Mapping[str, Any]
TASKS = frozenset({"task"})


def _each(ids: Sequence[UUID], one: Any) -> bulk.Applied:
    previous: dict[str, Any] = {}
    failures: list[bulk.Failure] = []
    for pk in ids:
        try:
            with transaction.atomic():
                before = one(pk)
        except Forbidden:
            raise
        except FairleadError as error:
            failures.append(bulk.Failure(pk, error.message))
        else:
            if before is not None:
                previous[str(pk)] = before
    return bulk.Applied(len(previous), previous, failures)


def _complete(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    def one(pk: UUID) -> Any:
        was = Task.rows().filter(pk=pk).values_list("status", flat=True).first()
        task = completing.complete_task(pk, by=by)
        return {"status": was} if was != task.status else None

    return _each(ids, one)


def _reopen(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
    return _each(
        [UUID(pk) for pk in previous],
        lambda pk: completing.reopen_task(pk, by=by, status=previous[str(pk)]["status"]) and {},
    )


def _clean_due(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    try:
        due = date.fromisoformat(str(params.get("due_on") or ""))
    except ValueError:
        raise InvalidInput({"due_on": ["Choose a date."]}) from None
    return {"due_on": due.isoformat()}


def _due(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    def one(pk: UUID) -> Any:
        was = Task.rows().filter(pk=pk).values_list("due_on", flat=True).first()
        tasks.update_task(pk, {"due_on": params["due_on"]}, by=by)
        return {"due_on": was.isoformat() if was else None}

    return _each(ids, one)


def _said_due(noun: Noun, params: Params) -> str:
    return f"Make tasks due on {dates.day(date.fromisoformat(params['due_on']))}"


def _due_back(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
    return _each(
        [UUID(pk) for pk in previous],
        lambda pk: tasks.update_task(pk, {"due_on": previous[str(pk)]["due_on"]}, by=by) and {},
    )


def _due_control(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
    widget = forms.TextInput(attrs={"type": "date"})
    return {"due_on": forms.CharField(label="Due", widget=widget, required=False)}


VERBS = (
    bulk.Verb(
        "complete", "Complete", "circle-check", "edit", _complete, lambda noun, p: "Complete tasks", undo=_reopen,
        nouns=TASKS, chunk=100, order=5,
    ),
    bulk.Verb(
        "due", "Set due date", "calendar-event", "edit", _due, _said_due,
        _clean_due, _due_back, _due_control, TASKS, chunk=100, order=10,
    ),
)  # fmt: skip
