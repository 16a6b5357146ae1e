"""The pages of assignment rules."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.assignment import access, reads
from fairlead.assignment.actions import rules
from fairlead.assignment.models import Rule, RuleTaker
from fairlead.assignment.models.rule import MOST_SHARE
from fairlead.assignment.web import controls
from fairlead.assignment.web.place import url
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.records.public import criteria_dialog, nouns
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, Needed
from fairlead.shell.responses import done


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Show the rules of contacts and of deals, each in their order."""
    found = list(access.rules(request.actor))
    takers, given = reads.shares(found), reads.given_by(found)
    groups = [
        {
            "noun": noun, "label": label,
            "rows": [(r, takers[r.pk], given.get(r.pk, 0)) for r in found if r.noun == noun],
            "order_url": url(request, "rule-order", noun=noun), "waiting": reads.waiting(noun),
        }
        for noun, label in Rule.Target.choices
    ]  # fmt: skip
    context = {"groups": groups, "may": request.actor.can(rules.MANAGE), "url": url(request, "rules")}
    return render(request, "assignment/rules.html", context)


def edit(request: FirmRequest, assignment_rule_id: UUID | None = None) -> HttpResponse:
    """Make (`?noun=`) or change a rule with the criteria builder."""
    request.actor.require(rules.MANAGE)
    rule = access.rule(request.actor, assignment_rule_id) if assignment_rule_id else None
    noun = rule.noun if rule else request.GET.get("noun", Rule.Target.CONTACT)
    if noun not in Rule.Target.values:
        raise NotFound
    form = dialogs.make(request, _fields(), _values(rule))

    def save(tree: Any) -> HttpResponse:
        _save(rule, noun, form.typed(), tree, request)
        return done(request, "Rule saved.", to=url(request, "rules"))

    plural = Rule.Target(noun).label.lower()
    title = rule.name if rule else f"New rule for {plural}"
    tree, label = rule.criteria if rule else {"all": []}, f"Which {plural}; without a condition all of them"
    return criteria_dialog(request, form, nouns.get(noun), tree, save, title=title, label=label)


def _save(rule: Rule | None, noun: str, typed: dict[str, Any], tree: Any, request: FirmRequest) -> None:
    values = {**typed, "name": typed["name"] or "", "team": typed["team"] or None, "criteria": tree}
    shares = dict(RuleTaker.rows().filter(rule=rule).values_list("member_id", "share")) if rule else {}
    if typed["takers_from"] == Rule.From.MEMBERS:
        values["members"] = [{"member": pk, "share": shares.get(UUID(pk), 1)} for pk in typed["members"] or ()]
    else:
        del values["members"]  # whoever was chosen once is there again when people are chosen again
    if rule:
        rules.update_rule(rule.pk, values, by=request.actor)
    else:
        rules.create_rule({**values, "noun": noun}, by=request.actor)


def _fields() -> dict[str, forms.Field]:
    several = ",".join(way for way in Rule.From.values if way != Rule.From.RELATION)  # of an owner there is one
    return {
        "name": Needed(label="Name"),
        "takers_from": forms.ChoiceField(label="Goes to", choices=Rule.From.choices, required=False),
        "members": controls.members("Chosen people", when=f"takers_from={Rule.From.MEMBERS}"),
        "team": controls.team(when=f"takers_from={Rule.From.TEAM}"),
        "choice": forms.ChoiceField(label="Who of them", choices=Rule.Choice.choices, required=False,
                                    help_text="Whoever is away, leaving or at the limit is passed over.",
                                    widget=forms.Select(attrs={"data-when": f"takers_from={several}"})),
    }  # fmt: skip


def _values(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"takers_from": Rule.From.MEMBERS, "choice": Rule.Choice.TURN}
    takers = RuleTaker.rows().filter(rule=rule).values_list("member_id", flat=True)
    team = str(rule.team_id or "")
    return {"name": rule.name, "takers_from": rule.takers_from, "choice": rule.choice, "team": team,
            "members": [str(pk) for pk in takers]}  # fmt: skip


def shares(request: FirmRequest, assignment_rule_id: UUID) -> HttpResponse:
    """Set how much each of a rule's people gets."""
    request.actor.require(rules.MANAGE)
    rule = access.rule(request.actor, assignment_rule_id)
    takers = reads.shares([rule])[rule.pk]
    fields = {str(t.member_id): controls.number(t.member.user.name) for t in takers}
    form = dialogs.make(request, fields, {str(t.member_id): str(t.share) for t in takers})
    if request.method == "POST":
        try:
            given = [{"member": pk, "share": share or 1} for pk, share in _asked(request, form).items()]
            rules.update_rule(rule.pk, {"members": given}, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Shares saved.", to=url(request, "rules"))
    text = f"From 1 to {MOST_SHARE}: who has twice the share of another gets twice as many."
    return dialogs.dialog(request, form, title=f"Shares of {rule.name}", text=text)


def _asked(request: FirmRequest, form: ActionForm) -> dict[str, Any]:
    """Return the shares typed; who became one of the rule's people since the dialog was opened keeps theirs."""
    return {pk: share if pk in request.POST else form.initial[pk] for pk, share in form.typed().items()}


@require_POST
def order(request: FirmRequest, noun: str) -> HttpResponse:
    """Put the rules of a noun into the order of POST `rule` (repeated)."""
    if noun not in Rule.Target.values:
        raise NotFound
    try:
        ids = [UUID(raw) for raw in request.POST.getlist("rule")]
    except ValueError:
        raise NotFound from None
    rules.order_rules(noun, ids, by=request.actor)
    return HttpResponse(status=204)


@require_POST
def pause(request: FirmRequest, assignment_rule_id: UUID) -> HttpResponse:
    """Stop asking a rule."""
    rule = rules.pause_rule(assignment_rule_id, by=request.actor)
    return done(request, f"{rule.name} is paused.", to=url(request, "rules"))


@require_POST
def resume(request: FirmRequest, assignment_rule_id: UUID) -> HttpResponse:
    """Ask a rule again."""
    rule = rules.resume_rule(assignment_rule_id, by=request.actor)
    return done(request, f"{rule.name} is asked again.", to=url(request, "rules"))


@require_POST
def delete(request: FirmRequest, assignment_rule_id: UUID) -> HttpResponse:
    """Delete a rule."""
    rules.delete_rule(assignment_rule_id, by=request.actor)
    return done(request, "The rule is deleted. What it gave stays given.", to=url(request, "rules"))
