"""Figures as people read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import money
from fairlead.kernel.text import counted
from fairlead.sales import currencies
from fairlead.sales.analytics.accuracy import Kept
from fairlead.sales.analytics.behind import Figure
from fairlead.sales.analytics.forecast import Month
from fairlead.sales.analytics.measures import NONE
from fairlead.sales.analytics.report import DAY, Ends, Report, StageFigures
from fairlead.sales.analytics.scope import Scope, add_months
from fairlead.sales.web.place import url

CHART_WIDTH, CHART_HEIGHT, MOST_MONTHS = 900, 120, 24


@dataclass(frozen=True)
class Links:
    """The addresses of the lists behind the figures of a scope."""

    request: FirmRequest
    scope: Scope

    def __getitem__(self, measure: str) -> str:
        """Return the address of the list behind a measure, which a template asks for as `to.won`."""
        base = url(self.request, "behind", pipeline_id=self.scope.pipeline_id)
        return f"{base}?{urlencode({'measure': measure, **parameters(self.scope)})}"


def parameters(scope: Scope) -> dict[str, str]:
    """Return a scope as the query of its pages."""
    found = {"period": "own", "since": scope.since.isoformat(), "until": scope.until.isoformat()}
    return {**found, "owner": str(scope.owner_id)} if scope.owner_id else found


def amount(units: int, unit: str, home: str) -> str:
    """Return an amount of a measure for people."""
    if unit == "money":
        return money.shown(units, home)
    if unit == "seconds":
        return f"{units / DAY:,.1f} days"
    return counted(units, "day")


def month_label(key: str) -> str:
    """Return "December 2026" for "2026-12", and the word for what is no month."""
    if not key[:1].isdigit():
        return {"overdue": "overdue", "later": "later", "undated": "without a date"}.get(key, key)
    return f"{date.fromisoformat(f'{key}-01'):%B %Y}"


@dataclass(frozen=True)
class FunnelRow:
    """A stage of the funnel with the length of its bar, 0 to 100, and the lists behind its figures."""

    figures: StageFigures
    width: float
    conversion: str
    average: str
    worth: str
    to: Links

    def _url(self, measure: str) -> str:
        return self.to[f"{measure}:{self.figures.stage.pk}"]

    @property
    def entered_url(self) -> str:
        """Return the list of those who entered."""
        return self._url("entered")

    @property
    def advanced_url(self) -> str:
        """Return the list of those who got beyond."""
        return self._url("advanced")

    @property
    def stayed_url(self) -> str:
        """Return the list of the stays that ended."""
        return self._url("stayed")

    @property
    def lost_url(self) -> str:
        """Return the list of those that were lost from it."""
        return self._url("left_lost")

    @property
    def staying_url(self) -> str:
        """Return the list of those who are still in it."""
        return self._url("staying")

    @property
    def back_url(self) -> str:
        """Return the list of those who went back from it."""
        return self._url("regressed_from")


def funnel(report: Report, to: Links, home: str) -> list[FunnelRow]:
    """Return the stages of the funnel, each bar beside the widest."""
    most = max((row.entered.count for row in report.funnel), default=0) or 1
    return [
        FunnelRow(
            row, round(100 * row.entered.count / most, 2), percent(row.conversion),
            "—" if row.average_days is None else f"{row.average_days:,.1f} d",
            currencies.short(row.entered.amount, home), to,
        )
        for row in report.funnel
    ]  # fmt: skip


def headline(report: Report, home: str) -> dict[str, str]:
    """Return the figures at the top."""
    return {
        "created": currencies.short(report.created.amount, home),
        "won": currencies.short(report.won.total.amount, home),
        "lost": currencies.short(report.lost.total.amount, home),
        "win_rate": percent(report.win_rate),
        "average": "—" if report.average_won is None else currencies.short(report.average_won, home),
        "cycle": "—" if report.cycle_days is None else f"{report.cycle_days:,.1f} days",
        "velocity": "—" if report.velocity is None else currencies.short(report.velocity, home),
        "pulled_days": counted(-report.pulled.amount, "day"),
    }


def percent(share: float | None) -> str:
    """Return a share in percent, a dash for none."""
    return "—" if share is None else f"{share:.0%}"


@dataclass(frozen=True)
class Bar:
    """A month of the chart: its two bars and what they stand for."""

    month: date
    label: str
    x: float
    lost_x: float
    width: float
    won: Figure
    lost: Figure
    won_height: float
    lost_height: float

    @property
    def won_y(self) -> float:
        """Return where the bar of the wins begins."""
        return round(CHART_HEIGHT - self.won_height, 1)

    @property
    def lost_y(self) -> float:
        """Return where the bar of the losses begins."""
        return round(CHART_HEIGHT - self.lost_height, 1)

    @property
    def won_middle(self) -> float:
        """Return where the count of the wins stands."""
        return round(self.x + self.width / 2, 1)

    @property
    def lost_middle(self) -> float:
        """Return where the count of the losses stands."""
        return round(self.lost_x + self.width / 2, 1)


def months(report: Report) -> list[Bar]:
    """Return the months of the scope, none when nothing ended in them; of a long scope the latest with an end."""
    known = sorted({*report.won.by_month, *report.lost.by_month})
    if not known:
        return []
    nothing = Figure(0, 0)
    every = _every_month(known, report.scope)
    pairs = [(m, report.won.by_month.get(m, nothing), report.lost.by_month.get(m, nothing)) for m in every]
    most = max(max(w.count, lost.count) for _, w, lost in pairs) or 1
    return [_bar(at, len(pairs), *pair, most) for at, pair in enumerate(pairs)]


def _every_month(known: Sequence[date], over: Scope) -> list[date]:
    first, last = over.since.replace(day=1), over.until.replace(day=1)
    if add_months(first, MOST_MONTHS) <= last:
        first, last = max(known[0], add_months(known[-1], 1 - MOST_MONTHS)), known[-1]
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, at) for at in range(count)]


def _bar(at: int, count: int, month: date, won: Figure, lost: Figure, most: int) -> Bar:
    step = CHART_WIDTH / max(count, 6)
    width, x = round(step * 0.32, 1), round(at * step, 1)
    won_height, lost_height = (round(CHART_HEIGHT * f.count / most, 1) for f in (won, lost))
    label = f"{month:%b %y}" if count <= 14 or at % 2 == 0 else ""
    return Bar(month, label, x, round(x + width + 2, 1), width, won, lost, won_height, lost_height)


@dataclass(frozen=True)
class Line:
    """A line of a table of figures: a name, its figure and the list behind it."""

    name: str
    figure: Figure
    url: str
    share: str
    worth: str


@dataclass(frozen=True)
class Table:
    """A table of figures."""

    title: str
    lines: Sequence[Line]


def tables(report: Report, words: Mapping[Any, str], names: Mapping[Any, str], to: Links, home: str) -> list[Table]:
    """Return why deals were lost and won, to whom and by whom: the largest first."""
    lost, won = report.lost, report.won

    def made(
        title: str, ends: Ends, groups: Mapping[UUID | None, Figure], key: str, called: Mapping[Any, str]
    ) -> Table:
        return Table(title, _lines(ends, groups, key, called, to, home))

    return [
        made("Why deals are lost", lost, lost.by_reason, "lost_why", words),
        made("Lost to", lost, lost.by_competitor, "lost_to", words),
        made("Why deals are won", won, won.by_reason, "won_why", words),
        made("Won by", won, won.by_owner, "won_by", names),
        made("Lost by", lost, lost.by_owner, "lost_by", names),
    ]


def _lines(
    ends: Ends, groups: Mapping[UUID | None, Figure], measure: str, words: Mapping[Any, str], to: Links, home: str
) -> list[Line]:
    ordered = sorted(groups.items(), key=lambda pair: (-pair[1].count, -pair[1].amount))
    total = ends.total.count or 1
    return [
        Line(
            words.get(key, "None named") if key else "None named", figure, to[f"{measure}:{key or NONE}"],
            f"{figure.count / total:.0%}", currencies.short(figure.amount, home),
        )
        for key, figure in ordered
    ]  # fmt: skip


def month_end(month: date) -> date:
    """Return the last day of a month."""
    return add_months(month, 1) - timedelta(days=1)


def forecast_rows(found: Sequence[Month], home: str) -> list[dict[str, Any]]:
    """Return the months of the forecast with their last days and what was won."""
    return [
        {
            "key": m.key, "first": m.first, "last": month_end(m.first) if m.first else None, "cells": m.cells,
            "won": m.won, "won_short": currencies.short(m.won.amount, home) if m.won else "",
        }
        for m in found
    ]  # fmt: skip


def kept_rows(found: Sequence[Kept], home: str) -> list[dict[str, Any]]:
    """Return the kept forecasts as they are shown."""
    kinds = ("weighted", "commit", "best_case", "won")
    return [
        {"month": k.month, "last": month_end(k.month),
         "shown": {kind: currencies.short(getattr(k, kind).amount, home) for kind in kinds}}
        for k in found
    ]  # fmt: skip
