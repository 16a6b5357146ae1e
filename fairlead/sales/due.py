"""Open deals by the day of their next task: what a salesperson does today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fairlead.kernel import clock
from fairlead.records.public import next_tasks
from fairlead.sales import board
from fairlead.sales.board import Card, Wanted
from fairlead.sales.models import Stage
from fairlead.tenancy.public import Actor

MOST = 5_000  # deals looked at
SHOWN = 100  # cards of a bucket


@dataclass(frozen=True)
class Bucket:
    """The deals whose next task is due at about the same time, the earliest first; `count` may be more than shown."""

    key: str
    label: str
    color: str
    cards: Sequence[Card]
    count: int


KEYS = (
    ("overdue", "Overdue", "red"), ("today", "Today", "green"), ("tomorrow", "Tomorrow", "teal"),
    ("week", "Next 7 days", "blue"), ("later", "Later", "indigo"), ("undated", "Task without a date", "slate"),
    ("none", "No task", "amber"),
)  # fmt: skip


def buckets(by: Actor, stages: Sequence[Stage], wanted: Wanted) -> list[Bucket]:
    """Return the open deals of these stages by when their next task is due, on the days of whoever looks."""
    open_ones = {s.pk: s for s in stages if s.kind == Stage.Kind.OPEN}
    ids = list(wanted.rows(by, list(open_ones)).order_by("stage_entered_at").values_list("pk", flat=True)[:MOST])
    tasks = next_tasks.next_tasks_of("deal", ids, by)
    now = timezone.localtime(clock.now())
    found: dict[str, list[tuple[datetime, object]]] = {key: [] for key, *_ in KEYS}
    for pk in ids:
        task = tasks.get(pk)
        found[board.when_due(task, now)].append((task.due_at if task and task.due_at else now, pk))
    ordered = {key: [pk for _, pk in sorted(rows, key=lambda row: row[0])] for key, rows in found.items()}
    shown = [pk for rows in ordered.values() for pk in rows[:SHOWN]]
    cards = board.cards_of(by, shown, open_ones)
    return [
        Bucket(key, label, color, [cards[pk] for pk in ordered[key][:SHOWN] if pk in cards], len(ordered[key]))
        for key, label, color in KEYS
    ]
