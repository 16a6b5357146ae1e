"""Dialogs of saved views: save, change, order, delete."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.records import access
from fairlead.records.actions import saved_views
from fairlead.records.criteria.parsing import read_tree
from fairlead.records.models import ListPreference, SavedView
from fairlead.records.nouns import Noun
from fairlead.records.web import place
from fairlead.records.web.asked import Asked
from fairlead.shell import dialogs
from fairlead.shell.responses import done

ASKED = ("criteria", "q", "sort", "columns")


@require_http_methods(["GET", "POST"])
def new(request: FirmRequest, noun: str) -> HttpResponse:
    """Save the list as it is now: `?criteria=&q=&sort=&columns=` come along as hidden fields.

    The columns too, be they only a habit: whom the view is shared with has other habits.
    """
    kind = access.noun(noun)
    request.actor.require(kind.permission("view"))
    controls = _controls(request) | {
        name: forms.CharField(widget=forms.HiddenInput(), required=False) for name in ASKED
    }
    shown = ",".join(column.key for column in Asked(request, kind).chosen)
    form = dialogs.make(request, controls, {name: request.GET.get(name, "") for name in ASKED} | {"columns": shown})
    if request.method == "POST":
        typed = form.typed()
        try:
            view = saved_views.create_view(kind, {**_shared(typed), **_list(typed)}, by=request.actor)
            _remember(request, kind, view, typed)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, f"View {view.name} saved.", to=_address(request, kind, view))
    return dialogs.dialog(request, form, title="Save as a view", submit="Save view")


@require_http_methods(["GET", "POST"])
def edit(request: FirmRequest, view_id: UUID) -> HttpResponse:
    """Rename, share, move or prefer a view."""
    view = access.view(request.actor, view_id)
    kind = access.noun(view.noun)
    preferred = ListPreference.rows().filter(membership=request.actor.membership_id, default_view=view).exists()
    initial = {"name": view.name, "scope": view.scope, "team": view.team_id or "", "position": view.position}
    controls = _controls(request, view) | {"position": forms.IntegerField(label="Place among the tabs", min_value=0)}
    form = dialogs.make(request, controls, {**initial, "default": preferred})
    if request.method == "POST":
        try:
            typed = form.typed()
            values = {**_shared(typed), "position": typed["position"]}
            if access.may_edit(request.actor, view):
                saved_views.update_view(view_id, values, by=request.actor)
            _remember(request, kind, view, typed)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "View saved.", to=_address(request, kind, view))
    delete = {"delete_url": place.url(request, "view-delete", view_id=view.pk), "name": view.name}
    return dialogs.dialog(request, form, title=f"View {view.name}", extra="records/view_delete.html", **delete)


@require_POST
def delete(request: FirmRequest, view_id: UUID) -> HttpResponse:
    """Delete a view."""
    view = access.view(request.actor, view_id)
    saved_views.delete_view(view_id, by=request.actor)
    return done(request, f"View {view.name} deleted.", to=place.url(request, access.noun(view.noun).plural))


def _controls(request: FirmRequest, view: SavedView | None = None) -> dict[str, forms.Field]:
    """Offer what the member may choose, and what `view` has already: saving its name must not change who sees it."""
    teams = {str(t.pk): t.name for t in access.teams(request.actor).order_by("name")}
    allowed = {SavedView.Scope.PRIVATE, view.scope if view else SavedView.Scope.PRIVATE}
    if request.actor.can("views.share"):
        allowed |= {SavedView.Scope.FIRM, *([SavedView.Scope.TEAM] if teams else [])}
    if view and view.team:
        teams.setdefault(str(view.team.pk), view.team.name)
    scopes = [c for c in SavedView.Scope.choices if c[0] in allowed]
    found: dict[str, forms.Field] = {
        "name": forms.CharField(label="Name", max_length=saved_views.NAME_LENGTH),
        "scope": forms.ChoiceField(label="Who sees it", choices=scopes),
    }
    if teams:
        only = forms.Select(attrs={"data-when": f"scope={SavedView.Scope.TEAM}"})
        choices = [*([("", "—")] if len(teams) > 1 else []), *teams.items()]
        found["team"] = forms.ChoiceField(label="Team", choices=choices, required=False, widget=only)
    found["default"] = forms.BooleanField(
        label="Open this list with this view", required=False, help_text="For you; others choose for themselves."
    )
    return found


def _shared(typed: dict[str, Any]) -> dict[str, Any]:
    return {"name": typed["name"] or "", "scope": typed["scope"] or SavedView.Scope.PRIVATE, "team": typed.get("team")}


def _list(typed: dict[str, Any]) -> dict[str, Any]:
    columns = [key for key in (typed["columns"] or "").split(",") if key]
    tree = read_tree(typed["criteria"] or "")
    return {"criteria": tree, "query": typed["q"], "sort": typed["sort"], "columns": columns}


def _remember(request: FirmRequest, kind: Noun, view: SavedView, typed: dict[str, Any]) -> None:
    preferred = ListPreference.rows().filter(membership=request.actor.membership_id, default_view=view).exists()
    if bool(typed["default"]) != preferred:
        saved_views.prefer(kind, by=request.actor, default_view=view.pk if typed["default"] else None)


def _address(request: FirmRequest, kind: Noun, view: SavedView) -> str:
    return f"{place.url(request, kind.plural)}?view={view.pk}"
