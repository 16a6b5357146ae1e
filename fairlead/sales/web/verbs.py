"""Dialogs and buttons of a deal that call one verb each."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import dates
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.text import whole_number
from fairlead.sales import access, requirements
from fairlead.sales.actions import associations, close_dates, deals, moving, outcomes
from fairlead.sales.actions.values import as_id
from fairlead.sales.models import Deal, Reason, Stage
from fairlead.sales.web import controls
from fairlead.sales.web.place import url
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm
from fairlead.shell.responses import done, go


def _finish(request: FirmRequest, deal: Deal, text: str) -> HttpResponse:
    """Close the dialog: on a board its columns are read again, elsewhere the deal's page is shown."""
    if "/deals/board/" in request.headers.get("HX-Current-URL", ""):
        return done(request, text, refresh=("board",))
    return done(request, text, to=url(request, "deal", record_id=deal.pk))


def _run(
    request: FirmRequest, form: ActionForm, act: Callable[[dict[str, Any]], str], deal: Deal, **dialog: Any
) -> HttpResponse:
    """Show the form; on POST call `act` with what was typed, and show what it refuses."""
    if request.method == "POST":
        try:
            with transaction.atomic():
                text = act(form.typed())
        except InvalidInput as error:
            form.refuse(error)
        else:
            return _finish(request, deal, text)
    return dialogs.dialog(request, form, **dialog)


def _needed(request: FirmRequest, deal: Deal, stage: Stage) -> tuple[dict[str, forms.Field], str]:
    """Return the fields for what the stage still needs of the deal, and what to say of it."""
    absent = requirements.missing(deal, stage)
    fields = {n.replace(".", "-"): controls.of_deal(n, request, deal) for n in absent if n != "items"}
    for field in fields.values():
        field.widget.attrs["aria-required"] = "true"
    if "items" in absent:
        return fields, "This stage needs line items: add them on the deal’s page first."
    return fields, "This stage needs a little more." if absent else ""


def _give(request: FirmRequest, deal: Deal, typed: dict[str, Any], names: Iterable[str]) -> None:
    """Set on the deal what was typed into the fields of `_needed`."""
    given = {n.replace("custom-", "custom."): typed[n] for n in names if typed[n] not in ("", None, [])}
    if given:
        deals.update_deal(deal.pk, given, by=request.actor)


def win(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Ask why, and for what the good end needs, then win the deal."""
    deal = access.deal(request.actor, record_id)
    access.require_edit(request.actor, deal.pipeline)
    needed, text = _needed(request, deal, access.end_stage(deal.pipeline_id, Stage.Kind.WON))
    fields = {
        **needed, "reason": controls.reason(request, Reason.Kind.WIN, "What won it?"),
        "note": controls.note("What can others learn?"),
    }  # fmt: skip

    def act(typed: dict[str, Any]) -> str:
        _give(request, deal, typed, needed)
        outcomes.win_deal(record_id, by=request.actor, reason_id=as_id(typed["reason"], "reason"), note=typed["note"])
        return f"{deal.name}: {deal.pipeline.won_label.lower()}."

    form = dialogs.make(request, fields, {})
    label = deal.pipeline.won_label
    return _run(request, form, act, deal, title=f"{label}: {deal.name}", submit=label, text=text)


def lose(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Ask why and to whom, and for what the other end needs, then lose the deal."""
    deal = access.deal(request.actor, record_id)
    access.require_edit(request.actor, deal.pipeline)
    needed, text = _needed(request, deal, access.end_stage(deal.pipeline_id, Stage.Kind.LOST))
    must_say = outcomes.settings().loss_reason_required
    why = controls.reason(request, Reason.Kind.LOSS, "Why was it lost?", needed=must_say)
    fields = {
        **needed,
        "reason": why,
        "competitor": controls.reason(request, Reason.Kind.COMPETITOR, "To whom?"),
        "note": controls.note(),
    }

    def act(typed: dict[str, Any]) -> str:
        _give(request, deal, typed, needed)
        reason, competitor = as_id(typed["reason"], "reason"), as_id(typed["competitor"], "competitor")
        outcomes.lose_deal(record_id, by=request.actor, reason_id=reason, competitor_id=competitor, note=typed["note"])
        return f"{deal.name}: {deal.pipeline.lost_label.lower()}."

    form, label = dialogs.make(request, fields, {}), deal.pipeline.lost_label
    return _run(request, form, act, deal, title=f"{label}: {deal.name}", submit=label, text=text, danger="yes")


def reopen(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Ask where, then take a closed deal up again."""
    deal = access.deal(request.actor, record_id)
    access.require_edit(request.actor, deal.pipeline)
    open_ones = [s for s in access.stages(request.actor, deal.pipeline_id) if s.kind == "open"]
    choices = [("", "Where it was closed"), *((str(s.pk), s.name) for s in open_ones)]
    fields = {
        "stage": forms.ChoiceField(choices=choices, label="Goes on in", required=False),
        "note": controls.note("Why?"),
    }

    def act(typed: dict[str, Any]) -> str:
        outcomes.reopen_deal(record_id, by=request.actor, stage_id=as_id(typed["stage"], "stage"), note=typed["note"])
        return f"{deal.name} is open again."

    form = dialogs.make(request, fields, {})
    return _run(request, form, act, deal, title=f"Reopen {deal.name}", submit="Reopen")


def move(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Move to a chosen stage, asking for what the stage still needs: `?stage=` asks for that of one stage only."""
    deal = access.deal(request.actor, record_id)
    access.require_edit(request.actor, deal.pipeline)
    stage_id = as_id(request.POST.get("stage") or request.GET.get("stage"), "stage")
    target = access.stage(request.actor, stage_id) if stage_id else None
    fields, text = _needed(request, deal, target) if target else ({}, "")
    place = forms.CharField(widget=forms.HiddenInput) if stage_id else controls.stage(request, but=deal.stage_id)
    form = dialogs.make(request, {"stage": place, **fields}, {"stage": str(stage_id or "")})

    def act(typed: dict[str, Any]) -> str:
        chosen = as_id(typed.pop("stage"), "stage")
        if chosen is None:
            raise InvalidInput({"stage": ["Choose a stage."]})
        _give(request, deal, typed, fields)
        return f"{deal.name} is in {moving.move_deal(record_id, chosen, by=request.actor).stage.name} now."

    name = target.name if target else "another stage"
    return _run(request, form, act, deal, title=f"Move to {name}", submit="Move", text=text)


@require_POST
def step(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Move to the stage `?stage=` without asking; `?from=` is the one that was seen."""
    request.actor.require("deals.edit")
    stage_id, seen = (as_id(request.GET.get(name), name) for name in ("stage", "from"))
    if stage_id is None:
        raise NotFound
    here = url(request, "deal", record_id=record_id)
    try:
        deal = moving.move_deal(record_id, stage_id, by=request.actor, from_stage_id=seen)
    except moving.MovedElsewhere as error:
        messages.error(request, error.message)
        return go(request, here)
    return done(request, f"Moved to {deal.stage.name}.", to=here)


def close_date(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Move the expected close date by days."""
    deal = access.deal(request.actor, record_id)
    access.require_edit(request.actor, deal.pipeline)
    widget = forms.NumberInput(attrs={"step": "1"})
    field = forms.CharField(label="Days later (negative: earlier)", required=False, widget=widget)

    def act(typed: dict[str, Any]) -> str:
        days = whole_number(typed["days"] or 0, digits=7)
        if days is None:
            raise InvalidInput({"days": ["A whole number of days is expected."]})
        moved = close_dates.shift_close_date(record_id, days, by=request.actor)
        return f"Expected to close on {dates.full_day(moved.expected_close)}."

    form = dialogs.make(request, {"days": field}, {"days": "7"})
    return _run(request, form, act, deal, title="Move the close date", submit="Move")


def add_contact(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Put a person into the deal."""
    return _add(request, record_id, "contact")


def add_company(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Put a company into the deal."""
    return _add(request, record_id, "company")


def _add(request: FirmRequest, record_id: UUID, noun: str) -> HttpResponse:
    deal = access.deal(request.actor, record_id)
    access.require_edit(request.actor, deal.pipeline)
    who = controls.contact(request, label="Person") if noun == "contact" else controls.company(request)
    example = "Decision maker, champion, user …" if noun == "contact" else "Customer, partner, agency …"
    fields = {
        noun: who, "role": forms.CharField(label="Role", required=False, help_text=example),
        "primary": forms.BooleanField(label="The main one", required=False),
    }  # fmt: skip

    def act(typed: dict[str, Any]) -> str:
        chosen = as_id(typed[noun], noun)
        if chosen is None:
            raise InvalidInput({noun: ["Choose somebody." if noun == "contact" else "Choose a company."]})
        verb: Any = associations.add_contact if noun == "contact" else associations.add_company
        verb(record_id, chosen, by=request.actor, role=typed["role"] or "", primary=bool(typed["primary"]))
        return "Added to the deal."

    form = dialogs.make(request, fields, {})
    title = "Add a person" if noun == "contact" else "Add a company"
    return _run(request, form, act, deal, title=title, submit="Add")


@require_POST
def remove(request: FirmRequest, record_id: UUID, noun: str, other_id: UUID) -> HttpResponse:
    """Take a person or a company off the deal."""
    verb = associations.remove_contact if noun == "contact" else associations.remove_company
    verb(record_id, other_id, by=request.actor)
    if request.headers.get("HX-Request") != "true":
        return redirect(url(request, "deal", record_id=record_id))
    return done(request, "Taken off the deal.", to=url(request, "deal", record_id=record_id))
