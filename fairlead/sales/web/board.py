"""The board of a pipeline."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest, member_choices
from fairlead.kernel.errors import FairleadError, InvalidInput, NotFound
from fairlead.kernel.text import whole_number
from fairlead.people.public import Tag, kinds
from fairlead.sales import access, board, due
from fairlead.sales.actions import currency_changes
from fairlead.sales.actions.moving import Place, move_deal
from fairlead.sales.actions.values import as_id
from fairlead.sales.blueprints import blueprints
from fairlead.sales.board import Wanted
from fairlead.sales.models import Pipeline, Stage
from fairlead.sales.web.place import asked_id, first_pipeline, url


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """Go to the first pipeline's board; a firm without one is asked to make it."""
    request.actor.require("deals.view")
    first = first_pipeline(request)
    if first is not None:
        return redirect(url(request, "board-of", pipeline_id=first.pk))
    may = request.actor.can("pipelines.manage")
    context = {"blueprints": blueprints(), "may": may, "new_url": url(request, "pipeline-new")}
    return render(request, "sales/no_pipeline.html", context)


@require_GET
def page(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Show the board: `?owner=&tag=&q=`; `?shown=` cards of each column when it is read again."""
    pipeline = access.pipeline(request.actor, pipeline_id)
    stages = access.stages(request.actor, pipeline_id)
    wanted, already = _wanted(request), max(0, whole_number(request.GET.get("shown", "")[:4]) or 0)
    shown = board.columns(request.actor, stages, wanted, shown=already)
    context = {
        "pipeline": pipeline, "columns": shown, "wanted": wanted, "may_edit": may_edit(request, pipeline),
        "ends": [s for s in stages if s.kind != Stage.Kind.OPEN], "count": sum(c.count for c in shown),
        "move_url": url(request, "move"), "totals_url": url(request, "board-totals", pipeline_id=pipeline_id),
        **frame(request, pipeline, "board"), **filters(request, wanted),
    }  # fmt: skip
    return render(request, "sales/board.html", context)


@require_GET
def due_page(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Show the open deals by the day of their next task: `?owner=&tag=&q=`."""
    pipeline, wanted = access.pipeline(request.actor, pipeline_id), _wanted(request)
    stages = access.stages(request.actor, pipeline_id)
    found = due.buckets(request.actor, stages, wanted)
    context = {"buckets": found, **frame(request, pipeline, "due"), **filters(request, wanted)}
    return render(request, "sales/due.html", context)


@require_GET
def column(request: FirmRequest, pipeline_id: UUID, stage_id: UUID) -> HttpResponse:
    """Answer with more cards of a column: `?after=`; without, with its first ones."""
    stage = access.stage(request.actor, stage_id)
    if stage.pipeline_id != pipeline_id or stage.kind != Stage.Kind.OPEN:
        raise NotFound
    wanted = _wanted(request)
    if "after" in request.GET:
        cards, mark = board.more(request.actor, stage, wanted, request.GET["after"])
    else:
        [found] = board.columns(request.actor, [stage], wanted)
        cards, mark = list(found.cards), found.next
    return render(
        request, "sales/cards.html", {"cards": cards, "mark": mark, "stage": stage, "pipeline": stage.pipeline}
    )


@require_GET
def totals(request: FirmRequest, pipeline_id: UUID) -> JsonResponse:
    """Answer with count and worth of each column, as JSON."""
    stages = [s for s in access.stages(request.actor, pipeline_id) if s.kind == Stage.Kind.OPEN]
    return JsonResponse(_totals(request, stages))


@require_POST
def move(request: FirmRequest) -> JsonResponse:
    """Move a card: POST `deal stage from above below`. 409 says who was first, 422 what the stage needs."""
    request.actor.require("deals.edit")
    given = {name: as_id(request.POST.get(name), name) for name in ("deal", "stage", "from", "above", "below")}
    deal_id, stage_id = given["deal"], given["stage"]
    if deal_id is None or stage_id is None:
        raise NotFound
    try:
        deal = move_deal(
            deal_id,
            stage_id,
            by=request.actor,
            from_stage_id=given["from"],
            place=Place(given["above"], given["below"]),
        )
    except InvalidInput as error:
        dialog = f"{url(request, 'deal-move', record_id=deal_id)}?stage={stage_id}"
        return JsonResponse({"message": error.message, "dialog": dialog}, status=422)
    except FairleadError as error:
        return JsonResponse({"message": error.message}, status=error.status)
    touched = Stage.rows().filter(pk__in=[pk for pk in (given["from"], stage_id) if pk], kind=Stage.Kind.OPEN)
    answer = _totals(request, list(touched))
    return JsonResponse({**answer, "stage": deal.stage.name, "regressions": deal.regressions})


def frame(request: FirmRequest, pipeline: Pipeline, current: str) -> dict[str, Any]:
    """Return what the head of every page about a pipeline shows: its siblings and its other views."""
    names = {"board": "board-of", "list": "", "due": "due", "forecast": "forecast-of", "analytics": "analytics-of"}
    labels = {"board": ("Board", "layout-kanban"), "list": ("List", "list"), "due": ("Due tasks", "calendar-due"),
              "forecast": ("Forecast", "chart-line"), "analytics": ("Analytics", "chart-bar")}  # fmt: skip
    views = [
        (label, icon, url(request, names[key], pipeline_id=pipeline.pk) if names[key] else _list_url(request, pipeline),
         key == current)
        for key, (label, icon) in labels.items()
    ]  # fmt: skip
    others = [
        (p.name, url(request, names[current] or "board-of", pipeline_id=p.pk), p.pk == pipeline.pk)
        for p in access.pipelines(request.actor)
    ]
    return {
        "pipeline": pipeline, "views": views, "others": others, "may_manage": request.actor.can("pipelines.manage"),
        "new_url": f"{url(request, 'deal-new')}?pipeline={pipeline.pk}", "may_create": may_edit(request, pipeline),
        "builder_url": url(request, "pipeline", pipeline_id=pipeline.pk),
        "change": currency_changes.open_change(), "worth_url": url(request, "worth"),
    }  # fmt: skip


def filters(request: FirmRequest, wanted: Wanted) -> dict[str, Any]:
    """Return the choices of the bar above a board."""
    tags = Tag.rows().order_by("-usage_count", "name_norm")[:200]
    return {
        "people": member_choices(), "tags": [(str(t.pk), t.name) for t in tags], "owner": str(wanted.owner_id or ""),
        "tag": str(wanted.tag_id or ""), "query": wanted.query, "me": str(request.actor.membership_id or ""),
    }  # fmt: skip


def _list_url(request: FirmRequest, pipeline: Pipeline) -> str:
    tree = {"all": [{"field": "pipeline", "op": "in", "value": [str(pipeline.pk)]},
                    {"field": "outcome", "op": "in", "value": ["open"]}]}  # fmt: skip
    return kinds.list_url(request, "deal", tree, sort="-base_value")


def may_edit(request: FirmRequest, pipeline: Pipeline) -> bool:
    """Tell whether the member may change the deals of a pipeline."""
    try:
        access.require_edit(request.actor, pipeline)
    except FairleadError:
        return False
    return pipeline.archived_at is None


def _wanted(request: FirmRequest) -> Wanted:
    query = request.GET.get("q", "").replace("\x00", "")[:200]
    return Wanted(asked_id(request, "owner"), asked_id(request, "tag"), query)


def _totals(request: FirmRequest, stages: list[Stage]) -> dict[str, Any]:
    found = board.totals(request.actor, stages, _wanted(request))
    return {
        "columns": {
            str(pk): {"count": f"{count:,}", "total": total.short, "note": total.note}
            for pk, (count, total) in found.items()
        }
    }
