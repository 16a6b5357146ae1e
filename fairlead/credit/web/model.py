"""The settings of the model: factors, weights, steps, the scale."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.credit import access
from fairlead.credit.actions import founding, model
from fairlead.credit.models import CreditFactor, CreditStep
from fairlead.credit.web.place import url
from fairlead.kernel.errors import InvalidInput
from fairlead.shell import dialogs
from fairlead.shell.forms import Needed, Unjudged
from fairlead.shell.responses import done
from fairlead.tenancy.public import one

NUMBER = forms.NumberInput(attrs={"step": "any"})


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Show the model."""
    factors = list(access.factors(request.actor))
    whole = sum(f.weight for f in factors) or 1
    context = {
        "factors": [(f, round(100 * f.weight / whole)) for f in factors], "steps": access.steps(request.actor),
        "scale": access.scale(request.actor), "url": url(request, "model"),
        "may": request.actor.can("credit.manage"),
    }  # fmt: skip
    return render(request, "credit/model.html", context)


def factor_form(request: FirmRequest, factor_id: UUID | None = None) -> HttpResponse:
    """Make or change a factor."""
    request.actor.require("credit.manage")
    found = one(CreditFactor.rows(), factor_id) if factor_id else None
    names = ("name", "explanation", "unit", "weight", "worst", "best", "usual")
    initial = {n: _shown(getattr(found, n)) for n in names} if found else {"weight": "10"}
    form = dialogs.make(request, _factor_fields(), initial)
    if request.method == "POST":
        try:
            model.save_factor(form.typed(), by=request.actor, factor_id=factor_id)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Factor saved.", to=url(request, "model"))
    return dialogs.dialog(request, form, title=found.name if found else "New factor")


def step_form(request: FirmRequest, step_id: UUID | None = None) -> HttpResponse:
    """Make or change what a client may do."""
    request.actor.require("credit.manage")
    found = one(CreditStep.rows(), step_id) if step_id else None
    names = ("name", "explanation", "kind", "amount")
    initial = {n: _shown(getattr(found, n)) for n in names} | {"factor": str(found.factor_id)} if found else {}
    form = dialogs.make(request, _step_fields(request), initial)
    if request.method == "POST":
        try:
            model.save_step(form.typed(), by=request.actor, step_id=step_id)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Step saved.", to=url(request, "model"))
    return dialogs.dialog(request, form, title=found.name if found else "New step")


def scale_form(request: FirmRequest) -> HttpResponse:
    """Set the ends of the score."""
    request.actor.require("credit.manage")
    lowest, highest = access.scale(request.actor)
    fields: dict[str, forms.Field] = {
        "lowest": forms.CharField(label="Lowest score", required=False, widget=NUMBER),
        "highest": forms.CharField(label="Highest score", required=False, widget=NUMBER),
    }
    form = dialogs.make(request, fields, {"lowest": lowest, "highest": highest}, watched=True)
    if request.method == "POST":
        try:
            model.set_scale(**form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Scale saved.", to=url(request, "model"))
    return dialogs.dialog(request, form, title="Ends of the score")


@require_POST
def start(request: FirmRequest) -> HttpResponse:
    """Put the usual factors in."""
    founding.start_model(by=request.actor)
    return done(request, "These are the usual factors. Change them as you see fit.", to=url(request, "model"))


@require_POST
def factor_delete(request: FirmRequest, factor_id: UUID) -> HttpResponse:
    """Take a factor away."""
    model.delete_factor(factor_id, by=request.actor)
    return done(request, "Factor deleted.", to=url(request, "model"))


@require_POST
def step_delete(request: FirmRequest, step_id: UUID) -> HttpResponse:
    """Take a step away."""
    model.delete_step(step_id, by=request.actor)
    return done(request, "Step deleted.", to=url(request, "model"))


def _factor_fields() -> dict[str, forms.Field]:
    return {
        "name": Needed(label="Name"),
        "explanation": forms.CharField(label="Explanation", required=False, widget=forms.Textarea(attrs={"rows": 2})),
        "unit": forms.CharField(label="Counted in", required=False, help_text="%, years, payments …"),
        "weight": forms.CharField(
            label="Weight", required=False, widget=NUMBER, help_text="Its share beside the other weights."
        ),
        "worst": forms.CharField(
            label="Worst number", required=False, widget=NUMBER, help_text="Here it earns nothing."
        ),
        "best": forms.CharField(label="Best number", required=False, widget=NUMBER, help_text="Here it earns all."),
        "usual": forms.CharField(
            label="Usual number", required=False, widget=NUMBER, help_text="Assumed while nothing is known."
        ),
    }


def _step_fields(request: FirmRequest) -> dict[str, forms.Field]:
    factors = [(str(f.pk), f.name) for f in access.factors(request.actor)]
    return {
        "name": Needed(label="What the client does"),
        "explanation": forms.CharField(label="Explanation", required=False, widget=forms.Textarea(attrs={"rows": 2})),
        "factor": Unjudged(label="Factor that it changes", choices=factors, required=False),
        "kind": Unjudged(label="Its number", choices=CreditStep.Kind.choices, required=False),
        "amount": forms.CharField(label="Amount", required=False, widget=NUMBER),
    }


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
