"""Teams and departments."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts import access, reads
from fairlead.accounts.actions import teams as actions
from fairlead.accounts.actions.firms import lock_firm
from fairlead.accounts.admission import FirmRequest
from fairlead.accounts.models import Team
from fairlead.accounts.web import forms
from fairlead.accounts.web.pages import submitted
from fairlead.shell.dialogs import dialog
from fairlead.shell.forms import posted
from fairlead.shell.responses import done


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List the teams, below their departments."""
    context = {"teams": reads.team_tree(request.actor), "may_manage": request.actor.can("teams.manage")}
    return render(request, "accounts/teams.html", context)


@require_http_methods(["GET", "POST"])
def new(request: FirmRequest) -> HttpResponse:
    """Create a team."""
    request.actor.require("teams.manage")
    form = forms.TeamForm(posted(request), **_options(request, None))

    def create(values: dict[str, Any]) -> HttpResponse:
        made = actions.create_team(_team(values), by=request.actor)
        return _people(request, made, values, "is created")

    if answer := submitted(request, form, create):
        return answer
    return dialog(request, form, title="New team", submit="Create")


@require_http_methods(["GET", "POST"])
def team(request: FirmRequest, team_id: UUID) -> HttpResponse:
    """Change a team and who is in it."""
    request.actor.require("teams.manage")
    if request.method == "POST":  # nobody else changes one while it is judged and saved
        lock_firm(request.actor)
    found = access.team(request.actor, team_id)
    line = next(x for x in reads.team_tree(request.actor) if x.team.pk == found.pk)
    initial = {
        "name": found.name, "kind": found.kind, "parent": str(found.parent_id or ""), "visibility": found.visibility,
        "members": [str(m.pk) for m in line.people], "leads": [str(m.pk) for m in line.leads],
    }  # fmt: skip
    form = forms.TeamForm(posted(request), initial=initial, watched=True, **_options(request, found))

    def save(values: dict[str, Any]) -> HttpResponse:
        changed = actions.update_team(team_id, _team(values), by=request.actor)
        return _people(request, changed, values, "is changed")

    if answer := submitted(request, form, save):
        return answer
    return dialog(request, form, title=found.name, submit="Save")


@require_POST
def delete(request: FirmRequest, team_id: UUID) -> HttpResponse:
    """Delete a team."""
    actions.delete_team(team_id, by=request.actor)
    return done(request, "The team is deleted.", to=_index(request))


def _team(values: dict[str, Any]) -> dict[str, Any]:
    return {n: values[n] for n in ("name", "kind", "visibility") if n in values} | {"parent": values["parent"] or None}


def _people(request: FirmRequest, found: Team, values: dict[str, Any], said: str) -> HttpResponse:
    people, leads = ([UUID(m) for m in values[n]] for n in ("members", "leads"))
    actions.set_team_members(found.pk, members=people, leads=leads, by=request.actor)
    return done(request, f"{found.name} {said}.", to=_index(request))


def _options(request: FirmRequest, found: Team | None) -> dict[str, Any]:
    departments = access.teams(request.actor).filter(kind=Team.Kind.DEPARTMENT)
    others = [d for d in departments if found is None or d.pk != found.pk]
    rules = request.actor.can("firm.manage")
    return {"departments": others, "people": list(reads.active(request.actor)), "rules": rules}


def _index(request: FirmRequest) -> str:
    return reverse("accounts:teams", kwargs={"firm": request.firm.slug})
