"""The rules that score deals."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.records.public import criteria_dialog, nouns
from fairlead.sales import access
from fairlead.sales.actions import scoring
from fairlead.sales.models import ScoreRule
from fairlead.sales.web.place import url
from fairlead.shell import dialogs
from fairlead.shell.forms import Needed
from fairlead.shell.responses import done
from fairlead.tenancy.public import one


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """List the rules."""
    context = {
        "rules": access.score_rules(request.actor), "url": url(request, "scores"),
        "may": request.actor.can("pipelines.manage"),
    }  # fmt: skip
    return render(request, "sales/scores.html", context)


def form(request: FirmRequest, rule_id: UUID | None = None) -> HttpResponse:
    """Make or change a rule with the criteria builder."""
    request.actor.require("pipelines.manage")
    rule = one(ScoreRule.rows(), rule_id) if rule_id else None
    made = dialogs.make(request, _fields(), _values(rule))

    def save(tree: Any) -> HttpResponse:
        _save(rule, {**made.typed(), "criteria": tree}, request)
        return done(request, "Saved. Every open deal was scored anew.", to=url(request, "scores"))

    title, tree = (rule.name, rule.criteria) if rule else ("New rule", {"all": []})
    return criteria_dialog(request, made, nouns.get("deal"), tree, save, title=title)


def _save(rule: ScoreRule | None, given: dict[str, Any], request: FirmRequest) -> None:
    if rule:
        scoring.update_rule(rule.pk, given, by=request.actor)
    else:
        scoring.create_rule(given, by=request.actor)


def _fields() -> dict[str, forms.Field]:
    return {
        "name": Needed(label="What speaks for it, or against it"),
        "points": forms.CharField(label="Points", required=False, help_text="Negative points take away.",
                                  widget=forms.NumberInput(attrs={"step": "1"})),
        "is_active": forms.BooleanField(label="In use", required=False),
    }  # fmt: skip


def _values(rule: ScoreRule | None) -> dict[str, Any]:
    if rule is None:
        return {"points": "10", "is_active": True}
    return {"name": rule.name, "points": str(rule.points), "is_active": rule.is_active}


@require_POST
def delete(request: FirmRequest, rule_id: UUID) -> HttpResponse:
    """Take a rule away."""
    scoring.delete_rule(rule_id, by=request.actor)
    return done(request, "Rule deleted.", to=url(request, "scores"))
