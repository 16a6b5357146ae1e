"""The next thing to do about each record: the room with the tasks plugs in how to read it.

Rooms between (deals, tickets) show it on cards and order their work by it, without knowing what a task is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class NextTask:
    """The open task of a record that is due first. `due_at` is None for a task without a date; `icon` is Tabler's."""

    title: str
    due_at: datetime | None
    url: str = ""
    icon: str = "checkbox"


Reader = Callable[[str, Sequence[UUID], Actor], Mapping[UUID, NextTask]]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Plug in what returns, for a noun's name and ids, the next open task of each record that has one."""
    if reader not in _readers:
        _readers.append(reader)


def are_known() -> bool:
    """Tell whether any room keeps tasks: without one, no record can be blamed for having none."""
    return bool(_readers)


def next_tasks_of(noun: str, ids: Sequence[UUID], by: Actor) -> dict[UUID, NextTask]:
    """Return the next task of each of some records, the earliest where several rooms have one."""
    found: dict[UUID, NextTask] = {}
    for reader in _readers:
        for record_id, task in (reader(noun, ids, by) if ids else {}).items():
            known = found.get(record_id)
            if known is None or _is_before(task, known):
                found[record_id] = task
    return found


def _is_before(task: NextTask, other: NextTask) -> bool:
    if task.due_at is None or other.due_at is None:
        return task.due_at is not None
    return task.due_at < other.due_at
