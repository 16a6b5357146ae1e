"""The call log: what was said, what is planned, and how much everybody calls."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest, member_choices
from fairlead.activities import access, reads
from fairlead.activities.models import Direction, Kind
from fairlead.activities.web import asked
from fairlead.activities.web.activities import rows_of
from fairlead.activities.web.drawing import url
from fairlead.kernel import clock
from fairlead.kernel.ids import read_id

PAGE = 30
PERIODS = (("7", "Last 7 days"), ("30", "Last 30 days"), ("90", "Last 90 days"), ("365", "Last 12 months"))


@require_GET
def log(request: FirmRequest) -> HttpResponse:
    """Show the calls held: `?member=&direction=&type=&outcome=&days=&record=&after=`."""
    rows = filtered(request).select_related("author__user", "type", "outcome").order_by("-occurred_at", "-id")
    after = read_id(request.GET.get("after", ""))
    last = access.activities(request.actor, Kind.CALL).filter(pk=after).first() if after else None
    found = list(reads.older(rows, last)[: PAGE + 1])
    context = {
        "rows": rows_of(request, reads.placed(request.actor, found[:PAGE])), "tab": "log", **_frame(request),
        "more": found[PAGE - 1].pk if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "activities/calls/log.html", context)


@require_GET
def scheduled(request: FirmRequest) -> HttpResponse:
    """Show the calls to come: `?member=`."""
    member = read_id(request.GET.get("member", ""))
    found = reads.upcoming(request.actor, kinds=(Kind.CALL,), member=member, limit=200)
    context = {"rows": rows_of(request, found), "tab": "scheduled", "now": clock.now(), **_frame(request)}
    return render(request, "activities/calls/scheduled.html", context)


@require_GET
def statistics(request: FirmRequest) -> HttpResponse:
    """Show who called how much, and how calls ended: `?days=&member=`."""
    since, until = period(request)
    member = read_id(request.GET.get("member", ""))
    figures = reads.call_stats(request.actor, since, until, member=member)
    outcomes = reads.outcomes_of(reads.calls_between(request.actor, since, until, member=member))
    most = max((count for _, _, count in outcomes), default=1)
    context = {
        "figures": figures, "outcomes": outcomes, "most": most, "tab": "statistics", **_frame(request),
        "calls": sum(f.calls for f in figures), "minutes": sum(f.minutes for f in figures),
        "inbound": sum(f.inbound for f in figures), "outbound": sum(f.outbound for f in figures),
    }  # fmt: skip
    return render(request, "activities/calls/statistics.html", context)


def period(request: FirmRequest) -> tuple[datetime, datetime]:
    """Return the first and the last instant of the asked period: whole days on the member's clock, today the last."""
    days = request.GET.get("days", "30")
    number = int(days) if days in dict(PERIODS) else 30
    tomorrow = timezone.localtime(clock.now()).date() + timedelta(days=1)
    until = timezone.make_aware(datetime.combine(tomorrow, time.min))
    return until - timedelta(days=number), until


def filtered(request: FirmRequest) -> Any:
    """Return the calls held that the parameters of the page ask for."""
    rows = access.activities(request.actor, Kind.CALL).exclude(scheduled_at__isnull=False, ended_at=None)
    chosen = request.GET
    for name, column in (("member", "author_id"), ("type", "type_id"), ("outcome", "outcome_id")):
        if (pk := read_id(chosen.get(name, ""))) is not None:
            rows = rows.filter(**{column: pk})
    if chosen.get("direction") in Direction.values:
        rows = rows.filter(direction=chosen["direction"])
    if chosen.get("days") in dict(PERIODS):
        rows = rows.filter(occurred_at__gte=period(request)[0])
    about = asked.places([chosen.get("record", "")])
    return reads.of_record(request.actor, rows, about[0]) if about else rows


def _frame(request: FirmRequest) -> dict[str, Any]:
    about = asked.places([request.GET.get("record", "")])
    found = access.records(request.actor, about)
    record: Any = next(((noun, pk, r) for pk, (noun, r) in found.items()), None)
    planned: list[UUID] = [p.activity.pk for p in reads.upcoming(request.actor, kinds=(Kind.CALL,), limit=100)]
    return {
        "url": url(request, "calls"), "scheduled_url": url(request, "calls-scheduled"),
        "statistics_url": url(request, "calls-statistics"), "new_url": url(request, "quick-note") + "?kind=call",
        "members": member_choices(), "types": reads.options(request.actor, Kind.CALL, "type", archived=True),
        "outcomes_offered": reads.options(request.actor, Kind.CALL, "outcome", archived=True),
        "directions": Direction.choices, "periods": PERIODS, "asked": request.GET, "planned": len(planned),
        "record": record[2] if record else None, "may": request.actor.can("notes.edit"),
        "record_value": f"{record[0]}:{record[1]}" if record else "",
    }  # fmt: skip
