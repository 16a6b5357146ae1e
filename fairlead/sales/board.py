"""What the board of a pipeline shows: totals by one statement, and the first cards of each column by another."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold
from fairlead.people.public import Tagging
from fairlead.records.public import next_tasks
from fairlead.sales import access, currencies
from fairlead.sales.currencies import Total, short
from fairlead.sales.models import Deal, Outcome, Stage
from fairlead.tenancy.public import Actor

SLICE = 20  # cards of a column at a time
MARKED = ("none", "overdue", "today")  # when a task is due as a card marks it; everything else is later
DEEPEST = 200  # cards of a column that are read again at once
MARK = "~"


@dataclass(frozen=True)
class Wanted:
    """What narrows the board."""

    owner_id: UUID | None = None
    tag_id: UUID | None = None
    query: str = ""

    def rows(self, by: Actor, stages: Sequence[UUID]) -> QuerySet[Any]:
        """Return the open deals in these stages, in no order."""
        rows = access.deals(by).filter(stage__in=list(stages), outcome=Outcome.OPEN)
        if self.owner_id:
            rows = rows.filter(owner=self.owner_id)
        if self.tag_id:
            rows = rows.filter(pk__in=Tagging.rows().filter(tag=self.tag_id, noun="deal").values("record_id"))
        for word in fold(self.query).split()[:10]:
            rows = rows.filter(Q(sort_key__contains=word) | Q(company__sort_key__contains=word))
        return rows


@dataclass(frozen=True)
class Card:
    """A deal on the board."""

    deal: Deal
    worth: str
    days: int
    is_rotting: bool
    is_overdue: bool
    task: next_tasks.NextTask | None
    task_state: str


@dataclass(frozen=True)
class Column:
    """A stage with its first cards; `next` is the mark of the last one when there are more."""

    stage: Stage
    count: int
    total: Total
    cards: Sequence[Card]
    next: str = ""


def columns(by: Actor, stages: Sequence[Stage], wanted: Wanted, *, shown: int = 0) -> list[Column]:
    """Return the open columns of a board with their first cards; `shown` of them when that many are seen already."""
    open_ones = [s for s in stages if s.kind == Stage.Kind.OPEN]
    depth = min(max(shown, SLICE), DEEPEST)
    counted = totals(by, open_ones, wanted)
    found = _first(by, open_ones, wanted, depth)
    cards = _cards(by, [deal for some in found.values() for deal in some[:depth]], {s.pk: s for s in stages})
    return [
        Column(s, *counted[s.pk], [cards[d.pk] for d in found[s.pk][:depth]], _mark(found[s.pk], depth))
        for s in open_ones
    ]


def more(by: Actor, stage: Stage, wanted: Wanted, after: str) -> tuple[list[Card], str]:
    """Return the next cards of a column after a mark, and the mark to go on from."""
    rank, _, last = after.partition(MARK)
    try:
        at, pk = float(rank), UUID(last)
    except ValueError:
        raise InvalidInput({"after": ["This is not a place in the column."]}) from None
    rows = wanted.rows(by, [stage.pk]).filter(Q(rank__gt=at) | Q(rank=at, pk__gt=pk))
    deals = _related(rows.order_by("rank", "id"))[: SLICE + 1]
    found = list(deals)
    cards = _cards(by, found[:SLICE], {stage.pk: stage})
    return [cards[d.pk] for d in found[:SLICE]], _mark(found)


def totals(by: Actor, stages: Sequence[Stage], wanted: Wanted) -> dict[UUID, tuple[int, Total]]:
    """Return count and worth of each column, whole columns: one statement, converted at today's rates."""
    rates = currencies.rates()
    counts: dict[UUID, int] = defaultdict(int)
    sums: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = wanted.rows(by, [s.pk for s in stages]).order_by().values_list("stage_id", "currency")
    for stage, currency, count, worth in rows.annotate(n=Count("pk"), worth=Sum("value")):
        counts[stage] += count
        sums[stage][currency] = int(worth or 0)
    return {s.pk: (counts[s.pk], rates.total(sums[s.pk])) for s in stages}


def cards_of(by: Actor, ids: Sequence[Any], stages: dict[UUID, Stage]) -> dict[Any, Card]:
    """Return the cards of deals, which the caller has found to be the actor's to see."""
    return dict(_cards(by, list(_related(Deal.rows().filter(pk__in=list(ids)))), stages))


def _first(by: Actor, stages: Sequence[Stage], wanted: Wanted, depth: int) -> dict[UUID, list[Deal]]:
    slices = [wanted.rows(by, [s.pk]).order_by("rank", "id").values("pk")[: depth + 1] for s in stages]
    if not slices:
        return {}
    ids = [row["pk"] for row in (slices[0].union(*slices[1:], all=True) if len(slices) > 1 else slices[0])]
    found: dict[UUID, list[Deal]] = {s.pk: [] for s in stages}
    for deal in _related(Deal.rows().filter(pk__in=ids).order_by("rank", "id")):
        found[deal.stage_id].append(deal)
    return found


def _related(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("company", "contact", "owner__user").defer("custom", "description")


def _mark(found: Sequence[Deal], depth: int = SLICE) -> str:
    return f"{found[depth - 1].rank!r}{MARK}{found[depth - 1].pk}" if len(found) > depth else ""


def _cards(by: Actor, deals: Sequence[Deal], stages: dict[UUID, Stage]) -> dict[UUID, Card]:
    tasks = next_tasks.next_tasks_of("deal", [d.pk for d in deals], by)
    now = timezone.localtime(clock.now())  # where whoever looks is
    return {d.pk: _card(d, stages[d.stage_id], tasks.get(d.pk), now) for d in deals}


def _card(deal: Deal, stage: Stage, task: next_tasks.NextTask | None, now: datetime) -> Card:
    days = (now - deal.stage_entered_at).days
    return Card(
        deal=deal,
        worth="" if deal.value is None else short(deal.value, deal.currency),
        days=days,
        is_rotting=bool(stage.rotting_days and days >= stage.rotting_days),
        is_overdue=bool(deal.expected_close and deal.expected_close < now.date()),
        task=task,
        task_state=_state(task, now) if task or next_tasks.are_known() else "",
    )


def _state(task: next_tasks.NextTask | None, now: datetime) -> str:
    due = when_due(task, now)
    return due if due in MARKED else "later"


def when_due(task: next_tasks.NextTask | None, now: datetime) -> str:
    """Return when the next task of a deal is due, as `due.KEYS` names it, on the days of the zone of `now`."""
    if task is None:
        return "none"
    if task.due_at is None:
        return "undated"
    due = task.due_at.astimezone(now.tzinfo)
    if due < now:
        return "overdue"
    days = (due.date() - now.date()) // timedelta(days=1)
    return ("today", "tomorrow")[days] if days < 2 else ("week" if days <= 7 else "later")
