"""The analytics of a pipeline: each history table is read once, whatever the number of figures."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.sales import tallies
from fairlead.sales.analytics.behind import Figure
from fairlead.sales.analytics.scope import Scope
from fairlead.sales.models import Stage

DAY = 86_400


@dataclass(frozen=True)
class StageFigures:
    """A stage in the funnel: first visits in the period, how they went on, how long stays lasted (seconds)."""

    stage: Stage
    entered: Figure
    advanced: int
    lost: int
    staying: int
    stayed: Figure
    regressed_from: int

    @property
    def conversion(self) -> float | None:
        """Return the share of those who entered that got beyond, 0 to 1."""
        return self.advanced / self.entered.count if self.entered.count else None

    @property
    def average_days(self) -> float | None:
        """Return how many days a stay lasted on average."""
        return self.stayed.amount / self.stayed.count / DAY if self.stayed.count else None


@dataclass(frozen=True)
class Ends:
    """Wins or losses: all, and by reason, competitor, owner and month."""

    total: Figure
    seconds: int = 0
    by_reason: dict[UUID | None, Figure] = field(default_factory=dict)
    by_competitor: dict[UUID | None, Figure] = field(default_factory=dict)
    by_owner: dict[UUID | None, Figure] = field(default_factory=dict)
    by_month: dict[date, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """All figures of a scope."""

    scope: Scope
    funnel: Sequence[StageFigures]
    created: Figure
    regressed: int
    won: Ends
    lost: Ends
    slipped: Figure
    pulled: Figure

    @property
    def win_rate(self) -> float | None:
        """Return wins among all ends, 0 to 1."""
        ends = self.won.total.count + self.lost.total.count
        return self.won.total.count / ends if ends else None

    @property
    def average_won(self) -> int | None:
        """Return the average worth of a win, minor units of the firm's currency."""
        return round(self.won.total.amount / self.won.total.count) if self.won.total.count else None

    @property
    def cycle_days(self) -> float | None:
        """Return how many days a won deal took from its creation."""
        return self.won.seconds / self.won.total.count / DAY if self.won.total.count else None

    @property
    def velocity(self) -> int | None:
        """Return what the pipeline wins a day: deals that came in x win rate x average win / cycle, minor units.

        The usual definition of sales velocity.
        """
        if not self.cycle_days or self.win_rate is None or self.average_won is None:
            return None
        return round(self.created.count * self.win_rate * self.average_won / self.cycle_days)


def report(scope: Scope, stages: Sequence[Stage]) -> Report:
    """Return the report of a scope over the open stages of its pipeline, in their order."""
    stays = _stays(scope)
    funnel = [_stage_figures(stage, stays) for stage in stages if stage.kind == Stage.Kind.OPEN]
    slipped, pulled = _slippage(scope)
    return Report(
        scope,
        funnel,
        stays.created,
        stays.back.total(),
        _ends(scope, "sales_win"),
        _ends(scope, "sales_loss"),
        slipped,
        pulled,
    )


# Whole days are read as their sums, the hours before and after them (a day of the firm is none of UTC) as they are.
_STAYS = f"""
SELECT h.stage_id, h.back_from_id, {", ".join(f"sum(h.{name})" for name in tallies.SUMS)}
FROM sales_staytally h WHERE {{days}} GROUP BY 1, 2
UNION ALL
SELECT h.stage_id, {tallies.BACK_FROM}, {", ".join(tallies.SUMS.values())}
FROM sales_stagestay h WHERE {{before}} GROUP BY 1, 2
UNION ALL
SELECT h.stage_id, {tallies.BACK_FROM}, {", ".join(tallies.SUMS.values())}
FROM sales_stagestay h WHERE {{after}} GROUP BY 1, 2
"""  # noqa: S608 - ours
_ENDS = """
SELECT h.reason_id, {competitor}, h.owner_id, width_bucket(h.occurred_at, %(months)s::timestamptz[]),
    count(*), coalesce(sum(h.base_value), 0), coalesce(sum(h.seconds), 0)
FROM {table} h WHERE {where} AND h.reopened_at IS NULL GROUP BY 1, 2, 3, 4
"""
_DATES = """
SELECT count(*) FILTER (WHERE h.days > 0), coalesce(sum(h.days) FILTER (WHERE h.days > 0), 0),
    count(*) FILTER (WHERE h.days < 0), coalesce(sum(h.days) FILTER (WHERE h.days < 0), 0)
FROM sales_closedatechange h WHERE {where}
"""


def _rows(sql: str, scope: Scope, moment: str, **more: str) -> list[tuple[Any, ...]]:
    where, values = scope.where(moment)
    with connection.cursor() as cursor:
        months = [datetime.combine(month, time(), scope.zone) for month in scope.months]
        cursor.execute(sql.format(where=where, **more), {**values, "months": months})
        return list(cursor.fetchall())


@dataclass(frozen=True)
class _Stays:
    """The sums of stays by stage, in the order of `_STAYS`; and how often deals went back from each stage."""

    by_stage: dict[UUID, list[int]]
    back: Counter[UUID]
    created: Figure


def _stays(scope: Scope) -> _Stays:
    by_stage: dict[UUID, list[int]] = defaultdict(lambda: [0] * 7)
    back: Counter[UUID] = Counter()
    created = [0, 0]
    for stage, back_from, went_back, came, worth, *sums in _stay_rows(scope):
        back[back_from] += int(went_back)
        created[0] += int(came)
        created[1] += int(worth)
        by_stage[stage] = [old + int(new) for old, new in zip(by_stage[stage], sums, strict=True)]
    return _Stays(by_stage, back, Figure(*created))


def _stay_rows(scope: Scope) -> list[tuple[Any, ...]]:
    first, last = _days(scope)
    days, values = scope.owned(["h.day >= %(first)s", "h.day < %(last)s"], {"first": first.date(), "last": last.date()})
    edges = []
    for since, until in (("start", "before"), ("after", "end")):
        parts = ["h.is_live", f"h.entered_at >= %({since})s", f"h.entered_at < %({until})s"]
        edges.append(scope.owned(parts, {})[0])
    values |= {"start": scope.start, "before": first, "after": last, "end": scope.end}
    with connection.cursor() as cursor:
        cursor.execute(_STAYS.format(days=days, before=edges[0], after=edges[1]), values)
        return list(cursor.fetchall())


def _days(scope: Scope) -> tuple[datetime, datetime]:
    """Return between which midnights (UTC) a scope holds whole days; twice its end where it holds none."""
    start, end = scope.start.astimezone(UTC), scope.end.astimezone(UTC)
    first = datetime.combine(start.date(), time(), UTC)
    first += timedelta(days=first < start)
    last = datetime.combine(end.date(), time(), UTC)
    return (first, last) if first <= last else (end, end)


def _stage_figures(stage: Stage, stays: _Stays) -> StageFigures:
    entered, worth, advanced, lost, staying, left, seconds = stays.by_stage[stage.pk]
    return StageFigures(
        stage, Figure(entered, worth), advanced, lost, staying, Figure(left, seconds), stays.back[stage.pk]
    )


def _ends(scope: Scope, table: str) -> Ends:
    competitor = "h.competitor_id" if table == "sales_loss" else "NULL::uuid"
    total, seconds = [0, 0], 0
    groups: list[dict[Any, list[int]]] = [defaultdict(lambda: [0, 0]) for _ in range(4)]
    months = scope.months
    for *keys, at, count, worth, spent in _rows(_ENDS, scope, "occurred_at", table=table, competitor=competitor):
        for group, key in zip(groups, (*keys, months[at - 1]), strict=True):
            group[key][0] += count
            group[key][1] += int(worth)
        total[0] += count
        total[1] += int(worth)
        seconds += int(spent)
    reasons, competitors, owners, by_month = ({k: Figure(*v) for k, v in group.items()} for group in groups)
    return Ends(Figure(total[0], total[1]), seconds, reasons, competitors, owners, by_month)


def _slippage(scope: Scope) -> tuple[Figure, Figure]:
    [(later, later_days, earlier, earlier_days)] = _rows(_DATES, scope, "changed_at")
    return Figure(later, int(later_days)), Figure(earlier, int(earlier_days))
