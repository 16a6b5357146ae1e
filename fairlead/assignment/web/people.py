"""Who looks after how much, who is away, and who can take no more."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest, member_choices
from fairlead.assignment import access, reads
from fairlead.assignment.actions import availability
from fairlead.assignment.actions.rules import MANAGE
from fairlead.assignment.choosing.available import OPEN_STAGES
from fairlead.assignment.models import Capacity
from fairlead.assignment.web import controls
from fairlead.assignment.web.place import url
from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import kinds
from fairlead.shell import dialogs
from fairlead.shell.responses import done


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Show the load, the limits and the absences of everybody."""
    rows = [
        (load, _owned(request, "contact", load), _owned(request, "deal", load))
        for load in reads.workload(request.actor)
    ]
    context = {
        "rows": rows, "days": reads.DAYS, "may": request.actor.can(MANAGE), "me": request.actor.membership_id,
        "url": url(request, "people"),
    }  # fmt: skip
    return render(request, "assignment/people.html", context)


def _owned(request: FirmRequest, noun: str, load: reads.Load) -> str:
    """Return the address of the list of what a member looks after."""
    among = ("lifecycle", OPEN_STAGES) if noun == "contact" else ("outcome", ("open",))
    tree = {"all": [{"field": "owner", "op": "in", "value": [str(load.member.pk)]},
                    {"field": among[0], "op": "in", "value": list(among[1])}]}  # fmt: skip
    return kinds.list_url(request, noun, tree)


def limits(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Set how much a member can look after."""
    request.actor.require(MANAGE)
    member = access.member(request.actor, member_id)
    known = Capacity.rows().filter(member=member).first()
    fields = {
        "contacts": controls.number("Open contacts", help_text="Empty: no limit."),
        "deals": controls.number("Open deals", help_text="Empty: no limit."),
    }
    form = dialogs.make(request, fields, {n: getattr(known, n) for n in fields} if known else {})
    if request.method == "POST":
        try:
            availability.set_capacity(member.pk, form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Limits saved.", to=url(request, "people"))
    text = "At the limit a member gets no more by rules. By hand anybody can be given more."
    return dialogs.dialog(request, form, title=f"Limits of {member.user.name}", text=text)


def absence(request: FirmRequest) -> HttpResponse:
    """Say that oneself is away; who manages assignment says so of others too."""
    request.actor.require("assignment.view")
    fields: dict[str, forms.Field] = {}
    if request.actor.can(MANAGE):
        fields["member"] = forms.ChoiceField(label="Who", choices=member_choices(), required=False)
    fields |= {"first_day": controls.day("First day"), "last_day": controls.day("Last day"),
               "note": forms.CharField(label="Note", required=False)}  # fmt: skip
    initial: dict[str, Any] = {"member": request.GET.get("member", str(request.actor.membership_id))}
    form = dialogs.make(request, fields, initial)
    if request.method == "POST":
        try:
            made = availability.set_absence({n: v or "" for n, v in form.typed().items()}, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, f"Noted: {made.member.user.name} is away.", to=url(request, "people"))
    text = "Nothing is assigned by rules on these days. What one owns stays one's own."
    return dialogs.dialog(request, form, title="Away", text=text)


@require_POST
def end(request: FirmRequest, absence_id: UUID) -> HttpResponse:
    """Take an absence back."""
    availability.end_absence(absence_id, by=request.actor)
    return done(request, "The absence is taken back.", to=url(request, "people"))
