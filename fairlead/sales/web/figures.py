"""Forecast and analytics pages, and the deals behind each of their figures."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest, Membership, member_choices
from fairlead.kernel import dates, money
from fairlead.kernel.errors import NotFound
from fairlead.sales import access, currencies
from fairlead.sales.actions import currency_changes
from fairlead.sales.analytics import accuracy, behind, forecast, measures, report, worth
from fairlead.sales.analytics.scope import DEFAULT, PERIODS, Scope, scope
from fairlead.sales.models import Deal, Reason, Stage
from fairlead.sales.web import drawn
from fairlead.sales.web.board import frame
from fairlead.sales.web.place import asked_id, asked_page, first_pipeline, read_day, url


@require_GET
def index(request: FirmRequest, view: str) -> HttpResponse:
    """Go to the forecast, the analytics or the due tasks of the first pipeline."""
    request.actor.require("deals.view")
    first = first_pipeline(request)
    name = view if view == "due" else f"{view}-of"
    return redirect(url(request, name, pipeline_id=first.pk) if first else url(request, "board"))


@require_GET
def worth_part(request: FirmRequest) -> HttpResponse:
    """Say how far deals are worked out in the firm's new currency; when they all are, let the page be read again."""
    request.actor.require("deals.view")
    change = currency_changes.open_change()
    response = render(request, "sales/worth.html", {"change": change, "worth_url": request.path})
    if change is None:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
def forecast_page(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Show what should close when: `?owner=`."""
    pipeline, over = access.pipeline(request.actor, pipeline_id), asked_scope(request, pipeline_id)
    months = forecast.forecast(over, today=request.firm.today)
    home, owner = currencies.home(), {"owner": str(over.owner_id)} if over.owner_id else {}
    context = {
        "months": drawn.forecast_rows(months, home), "kinds": forecast.KINDS, "home": home, "notes": _notes(months),
        "kept": drawn.kept_rows(accuracy.accuracy(over), home),
        "base": url(request, "forecast-of", pipeline_id=pipeline_id),
        "owner_query": f"?{urlencode(owner)}" if owner else "",
        "won_url": f"{url(request, 'behind', pipeline_id=pipeline_id)}?{urlencode({'measure': 'won', **owner})}",
        **frame(request, pipeline, "forecast"), **_people(over),
    }  # fmt: skip
    return render(request, "sales/forecast.html", context)


@require_GET
def forecast_behind(request: FirmRequest, pipeline_id: UUID, month: str, kind: str) -> HttpResponse:
    """List the open deals behind a figure of the forecast."""
    pipeline, over = access.pipeline(request.actor, pipeline_id), asked_scope(request, pipeline_id)
    page = asked_page(request)
    cell, parts = forecast.open_behind(over, month, kind, today=request.firm.today, page=page)
    weighted = kind == "weighted"
    amounts = {
        p.deal_id: (Decimal(p.value * p.probability) / 100 if weighted else Decimal(p.value), p.currency) for p in parts
    }
    rows = _rows(request, [p.deal_id for p in parts], {
        pk: money.shown(currencies.round_half_up(units), code) for pk, (units, code) in amounts.items()
    })  # fmt: skip
    title = f"{forecast.KINDS[kind]}, {drawn.month_label(month)}"
    context = {"rows": rows, "title": title, "total": cell.total.shown, "note": cell.total.note, "count": cell.count,
               "back": url(request, "forecast-of", pipeline_id=pipeline_id), "back_label": "Forecast", "many": False,
               **_pages(page, cell.count), **frame(request, pipeline, "forecast")}  # fmt: skip
    return render(request, "sales/behind.html", context)


@require_GET
def kept_behind(request: FirmRequest, pipeline_id: UUID, month: str, kind: str) -> HttpResponse:
    """List the deals that a kept forecast was made of."""
    pipeline, over = access.pipeline(request.actor, pipeline_id), asked_scope(request, pipeline_id)
    first = read_day(f"{month}-01") if len(month) == 7 else None
    if first is None:
        raise NotFound
    page = asked_page(request)
    figure, parts = accuracy.kept_behind(over, first, kind, page=page)
    home = currencies.home()
    rows = _rows(request, [p.deal_id for p in parts], {p.deal_id: money.shown(p.amount, home) for p in parts})
    title = f"{forecast.KINDS[kind]} as of {dates.full_day(first)}"
    context = {"rows": rows, "title": title, "total": money.shown(figure.amount, home), "count": figure.count,
               "back": url(request, "forecast-of", pipeline_id=pipeline_id), "back_label": "Forecast", "many": False,
               **_pages(page, figure.count), **frame(request, pipeline, "forecast")}  # fmt: skip
    return render(request, "sales/behind.html", context)


@require_GET
def analytics(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Show the analytics: `?period=&since=&until=&owner=`."""
    pipeline, over = access.pipeline(request.actor, pipeline_id), asked_scope(request, pipeline_id)
    found, home = report.report(over, access.stages(request.actor, pipeline_id)), currencies.home()
    to = drawn.Links(request, over)
    in_use = worth.used(over, home)
    context = {
        "worth_note": worth.note(in_use, home), "lacks_rates": any(one.without for one in in_use),
        "rates_url": url(request, "rates"),
        "report": found, "to": to, "periods": PERIODS, "period": request.GET.get("period", DEFAULT), "over": over,
        "funnel": drawn.funnel(found, to, home), "shown": drawn.headline(found, home), "months": drawn.months(found),
        "chart_width": drawn.CHART_WIDTH, "tables": drawn.tables(found, _words(), _names(), to, home),
        **frame(request, pipeline, "analytics"), **_people(over),
    }  # fmt: skip
    return render(request, "sales/analytics.html", context)


@require_GET
def behind_page(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """List the deals behind a figure of the analytics: `?measure=` and what narrows the page."""
    pipeline, over = access.pipeline(request.actor, pipeline_id), asked_scope(request, pipeline_id)
    asked, page = measures.asked(request.GET.get("measure", "")), asked_page(request)
    figure, parts = behind.figure(over, asked), behind.parts(over, asked, page=page)
    unit, home = asked.measure.unit, currencies.home()
    rows = _rows(request, [p.deal_id for p in parts], {p.deal_id: drawn.amount(p.amount, unit, home) for p in parts},
                 {p.deal_id: p.count for p in parts})  # fmt: skip
    context = {
        "rows": rows, "title": _title(asked), "total": drawn.amount(figure.amount, unit, home), "count": figure.count,
        "back": f"{url(request, 'analytics-of', pipeline_id=pipeline_id)}?{urlencode(drawn.parameters(over))}",
        "back_label": "Analytics", "deals": figure.deals, "many": figure.deals != figure.count, "over": over,
        **_pages(page, figure.deals), **frame(request, pipeline, "analytics"),
    }  # fmt: skip
    return render(request, "sales/behind.html", context)


def asked_scope(request: FirmRequest, pipeline_id: UUID) -> Scope:
    """Return what the query narrows the figures to."""
    since, until = (read_day(request.GET.get(name, "")) for name in ("since", "until"))
    period = request.GET.get("period", DEFAULT)
    if period == "own" and not (since or until):
        period = DEFAULT
    if period != "own" and "period" in request.GET:
        since = until = None
    return scope(
        request.actor, request.firm, pipeline_id, period=period, since=since, until=until,
        owner_id=asked_id(request, "owner"),
    )  # fmt: skip


def _people(over: Scope) -> dict[str, Any]:
    return {"people": member_choices(), "owner": str(over.owner_id or "")}


def _notes(months: list[forecast.Month]) -> str:
    return next((m.cells["open"].total.note for m in months if m.cells["open"].total.note), "")


def _words() -> dict[Any, str]:
    return dict(Reason.rows().values_list("pk", "name"))


def _names() -> dict[Any, str]:
    return {m.pk: m.user.name for m in Membership.rows().select_related("user")}


def _title(asked: measures.Asked) -> str:
    if not asked.is_bound:
        return asked.measure.label
    names: dict[Any, str] = {}
    if asked.measure.subject in ("stage_id", "from_stage_id"):
        names = dict(Stage.rows().filter(pk__in=[asked.subject]).values_list("pk", "name"))
    elif asked.measure.subject in ("reason_id", "competitor_id"):
        names = _words()
    elif asked.measure.subject == "owner_id":
        names = _names()
    return f"{asked.measure.label}: {names.get(asked.subject, 'none named')}"


def _pages(page: int, count: int) -> dict[str, Any]:
    return {"page": page, "next": page + 1 if page * behind.PAGE < count else 0, "previous": page - 1}


def _rows(
    request: FirmRequest, ids: list[UUID], amounts: dict[UUID, str], counts: dict[UUID, int] | None = None
) -> list[Any]:
    """Return the deals of a list in its order; one that is no longer the actor's to see has no name and no link."""
    rows = access.deals(request.actor).filter(pk__in=ids).select_related("stage", "company", "owner__user")
    known: dict[UUID, Deal] = {d.pk: d for d in rows}
    return [
        (known.get(pk), url(request, "deal", record_id=pk), amounts.get(pk, ""), (counts or {}).get(pk, 1))
        for pk in ids
    ]
