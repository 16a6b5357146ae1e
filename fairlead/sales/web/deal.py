"""The page of a deal."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import clock, money
from fairlead.people.public import facts, tag_pages
from fairlead.sales import access, currencies, requirements
from fairlead.sales.models import Deal, Loss, Outcome, Stage, Win
from fairlead.sales.noun import PRIORITIES
from fairlead.sales.web.board import may_edit
from fairlead.sales.web.place import url
from fairlead.shell.lists import Action, Option
from fairlead.shell.record import FactGroup, RecordPage, draw_composers, draw_panels

HIDDEN = {"pipeline", "stage", "outcome", "currency", "base_value", "score", "title", "regressions", "closed_at"}


def page(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Show a deal."""
    deal = access.deal(request.actor, record_id)
    here, may = url(request, "deal", record_id=record_id), may_edit(request, deal.pipeline)
    company = deal.company.name if deal.company else ""
    drawn = RecordPage(
        title=deal.name,
        url=here,
        version=deal.version,
        list_url=url(request, "board-of", pipeline_id=deal.pipeline_id),
        list_label=deal.pipeline.name,
        groups=_groups(request, deal),
        subtitle=", ".join(filter(None, [company, deal.contact.name if deal.contact else ""])),
        square=True,
        badges=_badges(deal),
        tags=tag_pages.marks(request, "deal", record_id),
        tags_url=url(request, "deal-tags", record_id=record_id) if may else "",
        actions=_actions(request, deal) if may else [],
        more=_more(request, deal, may=may),
        timeline_url=url(request, "deal-timeline", record_id=record_id),
        composers=draw_composers(request, "deal", deal, request.actor.can),
        panels=draw_panels(request, "deal", deal, request.actor.can, here),
        notice=_progress(request, deal, may=may),
    )
    return render(request, "shell/record/page.html", {"page": drawn, "record_noun": "deal", "record_id": record_id})


def _groups(request: FirmRequest, deal: Deal) -> list[FactGroup]:
    found = []
    for group in facts.groups(request, "deal", deal):
        shown = [fact for fact in group.facts if fact.name not in HIDDEN]
        if group.key == "about":
            title = facts.fact(request, "deal", facts.fields("deal")[0], deal)
            shown.insert(0, title)
        if shown:
            found.append(replace(group, facts=shown))
    return found


def _badges(deal: Deal) -> list[Option]:
    found = []
    if deal.outcome == Outcome.WON:
        found.append(Option(deal.pipeline.won_label, "green"))
    if deal.outcome == Outcome.LOST:
        found.append(Option(deal.pipeline.lost_label, "red"))
    found += [Option(f"{o.label} priority", o.color) for o in PRIORITIES if o.value == deal.priority]
    return found


def _actions(request: FirmRequest, deal: Deal) -> list[Action]:
    def to(verb: str) -> str:
        return url(request, f"deal-{verb}", record_id=deal.pk)

    if deal.outcome != Outcome.OPEN:
        return [Action("Reopen", to("reopen"), "refresh", dialog=True)]
    return [
        Action(deal.pipeline.won_label, to("win"), "trophy", primary=True, dialog=True),
        Action(deal.pipeline.lost_label, to("lose"), "circle-x", dialog=True),
    ]


def _more(request: FirmRequest, deal: Deal, *, may: bool) -> list[Action]:
    def to(verb: str) -> str:
        return url(request, f"deal-{verb}", record_id=deal.pk)

    found = []
    if may and deal.outcome == Outcome.OPEN:
        found.append(Action("Move to another stage", to("move"), "arrow-right", dialog=True))
    if may:
        found += [
            Action("Line items", to("items"), "list-details", dialog=True),
            Action("Add a person", to("contact-add"), "user-plus", dialog=True),
            Action("Add a company", to("company-add"), "building-plus", dialog=True),
            Action("Move the close date", to("close-date"), "calendar-event", dialog=True),
        ]
    if request.actor.can("deals.delete"):
        found.append(Action("Move to the bin", to("delete"), "trash", dialog=True))
    return found


def _progress(request: FirmRequest, deal: Deal, *, may: bool) -> SafeString:
    """Return the strip of stages, and what matters most in one line."""
    stages = access.stages(request.actor, deal.pipeline_id)
    end = _end(deal)
    here = end.stage.position if end else deal.stage.position
    rates = currencies.rates()
    worth = None if deal.value is None else rates.total({deal.currency: deal.value})
    steps = [_step(request, deal, stage, here, may) for stage in stages if stage.kind == Stage.Kind.OPEN]
    context = {
        "deal": deal, "steps": steps, "end": end, "days": (clock.now() - deal.stage_entered_at).days,
        "value": "" if deal.value is None else money.shown(deal.value, deal.currency),
        "worth": worth if worth and deal.currency != rates.home else None,
        "move_url": url(request, "deal-step", record_id=deal.pk), "closed": deal.outcome != Outcome.OPEN,
        "probability": deal.stage.probability,
    }  # fmt: skip
    return render_to_string("sales/progress.html", context, request=request)


def _step(request: FirmRequest, deal: Deal, stage: Stage, here: int, may: bool) -> dict[str, Any]:
    is_open = may and deal.outcome == Outcome.OPEN and stage.pk != deal.stage_id
    asks = is_open and bool(stage.required_fields) and bool(requirements.missing(deal, stage))
    dialog = f"{url(request, 'deal-move', record_id=deal.pk)}?stage={stage.pk}" if asks else ""
    return {
        "stage": stage, "is_done": stage.position < here, "is_here": stage.position == here, "dialog": dialog,
        "can_move": is_open,
    }  # fmt: skip


def _end(deal: Deal) -> Any:
    if deal.outcome == Outcome.OPEN:
        return None
    model: Any = Win if deal.outcome == Outcome.WON else Loss
    related = ("stage", "reason", "decided_by__user", *(("competitor",) if model is Loss else ()))
    return model.rows().filter(deal=deal, reopened_at=None).select_related(*related).first()
