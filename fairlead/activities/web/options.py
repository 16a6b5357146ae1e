"""The settings of activity types and outcomes."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.activities import access, reads
from fairlead.activities.actions import options
from fairlead.activities.looks import ICONS
from fairlead.activities.models import ActivityOption, Kind
from fairlead.activities.web.drawing import url
from fairlead.kernel.errors import InvalidInput
from fairlead.shell.dialogs import dialog, make
from fairlead.shell.forms import ActionForm, Needed
from fairlead.shell.marks import COLORS
from fairlead.shell.responses import done

ROLES = (("type", "Types"), ("outcome", "Outcomes"))


def page(request: FirmRequest) -> HttpResponse:
    """Show the firm's types and outcomes of each kind of activity."""
    kinds = [
        {"kind": kind, "label": label, "icon": ICONS[kind],
         "roles": [(role, words, reads.options(request.actor, kind, role, archived=True)) for role, words in ROLES]}
        for kind, label in Kind.choices
    ]  # fmt: skip
    context = {"kinds": kinds, "may": request.actor.can("activity_options.manage"), "url": url(request, "options")}
    return render(request, "activities/options.html", context)


def new(request: FirmRequest) -> HttpResponse:
    """Add a type or outcome: `?kind=&role=`."""
    request.actor.require("activity_options.manage")
    kind, role = request.GET.get("kind", "call"), request.GET.get("role", "type")
    form = _form(request, None)
    if request.method == "POST":
        try:
            options.create_option(kind, role, **form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, f"New {role} added.", to=url(request, "options"))
    return dialog(request, form, title=f"New {role}", submit="Add")


def edit(request: FirmRequest, option_id: UUID) -> HttpResponse:
    """Rename or colour one."""
    request.actor.require("activity_options.manage")
    found = access.option(request.actor, option_id)
    form = _form(request, found)
    if request.method == "POST":
        try:
            options.update_option(option_id, **form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Saved.", to=url(request, "options"))
    return dialog(request, form, title=found.name)


@require_POST
def archive(request: FirmRequest, option_id: UUID) -> HttpResponse:
    """Offer one no longer, or with `back=1` again."""
    back = request.POST.get("back") == "1"
    found = options.archive_option(option_id, by=request.actor, archived=not back)
    text = f"{found.name} is offered again." if back else f"{found.name} is no longer offered."
    return done(request, text, to=url(request, "options"))


@require_POST
def move(request: FirmRequest, option_id: UUID) -> HttpResponse:
    """Move one up among its like."""
    found = access.option(request.actor, option_id)
    order = [o.pk for o in reads.options(request.actor, found.kind, found.role)]
    at = order.index(found.pk) if found.pk in order else 0
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    options.sort_options(order, by=request.actor)
    return done(request, "Moved.", to=url(request, "options"))


@require_POST
def usual(request: FirmRequest) -> HttpResponse:
    """Add the usual types and outcomes that the firm does not have."""
    count = options.add_usual_options(by=request.actor)
    return done(request, f"{count} added." if count else "The firm has all of them.", to=url(request, "options"))


def _form(request: FirmRequest, found: ActivityOption | None) -> ActionForm:
    initial: dict[str, Any] = {"name": found.name, "color": found.color} if found else {"color": "slate"}
    form = make(request, {}, initial)
    form.fields["name"] = Needed(label="Name")
    form.fields["color"] = django_forms.ChoiceField(label="Colour", choices=[(c, c.capitalize()) for c in COLORS])
    return form
