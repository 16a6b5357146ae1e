"""The pages of territories."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.assignment import access, reads
from fairlead.assignment.actions import territories
from fairlead.assignment.actions.rules import MANAGE
from fairlead.assignment.models import Territory
from fairlead.assignment.web import controls
from fairlead.assignment.web.place import url
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.places import countries
from fairlead.shell import dialogs
from fairlead.shell.forms import Needed
from fairlead.shell.responses import done


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """List the territories with who looks after them."""
    names, people = countries(), reads.people_of_territories()
    rows = [
        (t, [names.get(code, code) for code in t.countries], people.get(t.pk, []))
        for t in access.territories(request.actor)
    ]
    context = {"rows": rows, "may": request.actor.can(MANAGE), "url": url(request, "territories")}
    return render(request, "assignment/territories.html", context)


def edit(request: FirmRequest, territory_id: UUID | None = None) -> HttpResponse:
    """Make or change a territory."""
    request.actor.require(MANAGE)
    territory = access.territory(request.actor, territory_id) if territory_id else None
    form = dialogs.make(request, _fields(), _values(territory))
    if request.method == "POST":
        try:
            _save(territory, form.typed(), request)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Territory saved.", to=url(request, "territories"))
    return dialogs.dialog(request, form, title=territory.name if territory else "New territory")


def _save(territory: Territory | None, typed: dict[str, Any], request: FirmRequest) -> None:
    values = {**typed, "name": typed["name"] or "", "members": typed["members"] or []}
    values["countries"] = typed["countries"] or []
    for name in ("regions", "postal_codes"):
        values[name] = [part.strip() for part in (typed[name] or "").replace("\n", ",").split(",") if part.strip()]
    if territory:
        territories.update_territory(territory.pk, values, by=request.actor)
    else:
        territories.create_territory(values, by=request.actor)


def _fields() -> dict[str, forms.Field]:
    choices = sorted(countries().items(), key=lambda c: c[1])
    area = forms.Textarea(attrs={"rows": 2})
    return {
        "name": Needed(label="Name"),
        "countries": forms.MultipleChoiceField(
            label="Countries", choices=choices, required=False, widget=forms.SelectMultiple(attrs=controls.SEARCHED)
        ),
        "regions": forms.CharField(label="Only these regions", required=False, widget=area,
                                   help_text="Between commas. Empty: the whole countries."),
        "postal_codes": forms.CharField(label="Only postal codes that begin with", required=False, widget=area,
                                        help_text="Between commas: 10, 12, SW1."),
        "members": controls.members("Who looks after it"),
    }  # fmt: skip


def _values(territory: Territory | None) -> dict[str, Any]:
    if territory is None:
        return {}
    members = territory.takers.order_by("id").values_list("member_id", flat=True)
    return {
        "name": territory.name, "countries": territory.countries, "regions": ", ".join(territory.regions),
        "postal_codes": ", ".join(territory.postal_codes), "members": [str(pk) for pk in members],
    }  # fmt: skip


@require_POST
def delete(request: FirmRequest, territory_id: UUID) -> HttpResponse:
    """Delete a territory."""
    territories.delete_territory(territory_id, by=request.actor)
    return done(request, "The territory is deleted.", to=url(request, "territories"))
