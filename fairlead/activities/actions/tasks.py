"""Create, change, delete and restore tasks."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.accounts.public import Membership
from fairlead.activities import access
from fairlead.activities.access import About
from fairlead.activities.actions import associating, blocking, completing, task_values
from fairlead.activities.actions.task_events import on_record, places, task_event, tell_assignees
from fairlead.activities.models import Status, Task, TaskAssignment, TaskLink
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people.public import record_values
from fairlead.tenancy.public import Actor

PARTS = ("about", "assignees", "reminders", "checklist", "blockers")


@transaction.atomic
def create_task(values: Mapping[str, Any], *, by: Actor) -> Task:
    """Create a task and assign it.

    Beside the fields of the noun, `values` may hold `description` (HTML), `due_time`, `rrule`, `repeat`,
    `about` [(noun, id)], `assignees` [member ids; the first one answers for it], `reminders` [minutes before],
    `checklist` [texts], `blockers` [task ids]. Without an assignee it is the actor's own.
    """
    by.require("tasks.edit")
    plain, custom = record_values.split_custom(values)
    parts = {n: plain.pop(n) for n in PARTS if n in plain}
    task = Task(created_by_id=by.membership_id, assigned_by_id=by.membership_id, source=by.via)
    doers = _doers(parts, plain, by)
    task.owner_id = doers[0].pk if doers else None
    wanted = plain.pop("status", None) or Status.OPEN
    task_values.assign(task, {"title": "", **{n: v for n, v in plain.items() if n != "owner"}})
    own = record_values.apply_custom(task, "task", custom, by=by)
    about: Sequence[About] = parts.get("about", ())
    associating.find(about, by, least=0)
    task.save(force_insert=True)
    own.store(task)
    _furnish(task, about, doers, parts, by)
    created = task_event("created", task, by)
    told = {created.contact_id, created.company_id}  # on whose timelines it stands already
    further = [on_record("associated", task, place, by) for place in about if place[1] not in told]
    record_many([created, *(_assigned(task, m, by) for m in doers), *further], by=by)
    tell_assignees(task, by)
    if wanted != Status.OPEN:
        return update_task(task.pk, {"status": wanted}, by=by)
    return task


@transaction.atomic
def update_task(task_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None = None) -> Task:
    """Change a task; the names are those of `create_task`. Raises `StaleVersion` when somebody else was faster."""
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    record_values.check_version(task, version)
    plain, custom = record_values.split_custom(values)
    parts = {n: plain.pop(n) for n in PARTS if n in plain}
    if "owner" in plain:
        owner = plain.pop("owner")
        parts.setdefault("assignees", [UUID(str(owner))] if owner else [])
    status = plain.pop("status", None)
    changes = task_values.assign(task, plain)
    own = record_values.apply_custom(task, "task", custom, by=by)
    changes |= own.changes | task_values.changed_reminders(task, parts)
    if changes:
        task.version += 1
        task.save()
        own.store(task)
        known = task_values.fields()
        words = record_values.words(known, changes, own).replace(task_values.REMINDED, "reminders").replace("_", " ")
        record_many([task_event("updated", task, by, {"fields": words, "changes": changes})], by=by)
    _change_parts(task, parts, moved="due_on" in changes or "due_time" in changes, by=by)
    if status and status != task.status:
        task = completing.set_status(task, status, by=by)
    tell_assignees(task, by)
    return task


@transaction.atomic
def assign_task(task_id: UUID, member_ids: Sequence[UUID], *, by: Actor) -> Task:
    """Give a task to members, the first of whom answers for it; whoever else had it is relieved of it."""
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    _assign(task, member_ids, by)
    return task


@transaction.atomic
def delete_tasks(ids: Sequence[UUID], *, by: Actor) -> int:
    """Put tasks into the bin and return how many went."""
    by.require("tasks.delete")
    found = list(access.tasks(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True))
    rows = Task.rows().filter(pk__in=[t.pk for t in found])
    rows.update(deleted_at=clock.now(), deleted_by_id=by.membership_id, version=F("version") + 1)
    record_many([task_event("deleted", task, by) for task in found], by=by)
    for task in found:
        tell_assignees(task, by)
    return len(found)


@transaction.atomic
def restore_tasks(ids: Sequence[UUID], *, by: Actor) -> int:
    """Take tasks out of the bin and return how many came back."""
    by.require("tasks.delete")
    found = list(access.binned_tasks(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True))
    Task.rows().filter(pk__in=[t.pk for t in found]).update(deleted_at=None, deleted_by=None, version=F("version") + 1)
    record_many([task_event("restored", task, by) for task in found], by=by)
    for task in found:
        tell_assignees(task, by)
    return len(found)


@transaction.atomic
def purge_tasks(ids: Sequence[UUID], *, by: Actor) -> int:
    """Delete tasks in the bin for good and return how many went."""
    by.require("tasks.purge")
    found = list(access.binned_tasks(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))
    record_values.forget_custom("task", found)
    record_many([task_event("purged", task, by) for task in found], by=by)
    Task.rows().filter(pk__in=[t.pk for t in found]).delete()
    return len(found)


@transaction.atomic
def associate_task(task_id: UUID, about: Sequence[About], *, by: Actor) -> int:
    """Link a task to further records; returns to how many it was not linked before."""
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    associating.find(about, by)
    there = {pk for _, pk in places(task)}
    new = [place for place in about if place[1] not in there]
    TaskLink.objects.bulk_create([TaskLink(task=task, noun=noun, record_id=pk) for noun, pk in new])
    record_many([on_record("associated", task, place, by) for place in new], by=by)
    return len(new)


@transaction.atomic
def dissociate_task(task_id: UUID, noun: str, record_id: UUID, *, by: Actor) -> None:
    """Unlink a task from a record. Raises `NotFound`."""
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    gone, _ = TaskLink.rows().filter(task=task, noun=noun, record_id=record_id).delete()
    if not gone:
        raise NotFound
    record_many([on_record("dissociated", task, (noun, record_id), by)], by=by)


def _doers(parts: Mapping[str, Any], plain: Mapping[str, Any], by: Actor) -> list[Membership]:
    asked = parts.get("assignees") or ([UUID(str(plain["owner"]))] if plain.get("owner") else [])
    return task_values.members(asked or ([by.membership_id] if by.membership_id else []))


def _furnish(
    task: Task, about: Sequence[About], doers: Sequence[Membership], parts: Mapping[str, Any], by: Actor
) -> None:
    TaskLink.objects.bulk_create([TaskLink(task=task, noun=noun, record_id=pk) for noun, pk in about])
    TaskAssignment.objects.bulk_create(
        [TaskAssignment(task=task, member=m, assigned_by_id=by.membership_id) for m in doers]
    )
    task_values.set_checklist(task, parts.get("checklist") or ())
    task_values.set_reminders(task, parts.get("reminders") or ())
    if parts.get("blockers"):
        blocking.set_blockers(task, parts["blockers"], by=by)


def _change_parts(task: Task, parts: Mapping[str, Any], *, moved: bool, by: Actor) -> None:
    if "assignees" in parts:
        _assign(task, parts["assignees"], by)
    if "reminders" in parts or moved:
        task_values.set_reminders(task, parts.get("reminders"))
    if "blockers" in parts:
        blocking.set_blockers(task, parts["blockers"], by=by)
    if "checklist" in parts:
        raise InvalidInput({"checklist": ["The steps of an existing task are changed one by one."]})
    if "about" in parts:
        _associate_only(task, parts["about"], by)


def _associate_only(task: Task, about: Sequence[About], by: Actor) -> None:
    """Link a task to these records alone; whoever may not see one of its records cannot have meant to unlink it."""
    there = places(task)
    seen = access.records(by, there)
    for noun, pk in there:
        if pk in seen and (noun, pk) not in about:
            dissociate_task(task.pk, noun, pk, by=by)
    new = [place for place in about if place not in there]
    if new:
        associate_task(task.pk, new, by=by)


def _assign(task: Task, member_ids: Sequence[UUID], by: Actor) -> None:
    doers = task_values.members(member_ids)
    before = set(TaskAssignment.rows().filter(task=task).values_list("member_id", flat=True))
    wanted = [m.pk for m in doers]
    owner = wanted[0] if wanted else None
    if before == set(wanted) and task.owner_id == owner:
        return
    TaskAssignment.rows().filter(task=task).exclude(member_id__in=wanted).delete()
    new = [m for m in doers if m.pk not in before]
    TaskAssignment.objects.bulk_create(
        [TaskAssignment(task=task, member=m, assigned_by_id=by.membership_id) for m in new]
    )
    task.owner_id, task.assigned_by_id, task.version = owner, by.membership_id, task.version + 1
    task.save(update_fields=["owner", "assigned_by", "version", "updated_at"])
    completing.follow_owner(task)
    left = associating.members(list(before - set(wanted)))
    events: list[NewEvent] = [_assigned(task, m, by) for m in new]
    events += [task_event("unassigned", task, by, {"name": m.user.name, "member": str(m.pk)}) for m in left]
    record_many(
        events or [task_event("assigned", task, by, {"name": doers[0].user.name if doers else "nobody"})], by=by
    )
    tell_assignees(task, by, also=list(before))


def _assigned(task: Task, member: Membership, by: Actor) -> NewEvent:
    return task_event("assigned", task, by, {"name": member.user.name, "member": str(member.pk)})


class TaskVerbs:
    """The verbs as the engines call them."""

    def create(self, values: Mapping[str, Any], *, by: Actor) -> Task:
        """See `create_task`."""
        return create_task(values, by=by)

    def update(self, record_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None) -> Task:
        """See `update_task`."""
        return update_task(record_id, values, by=by, version=version)

    def delete(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `delete_tasks`."""
        return delete_tasks(record_ids, by=by)

    def restore(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `restore_tasks`."""
        return restore_tasks(record_ids, by=by)

    def purge(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `purge_tasks`."""
        return purge_tasks(record_ids, by=by)
