"""Roles: what the built-in ones may do, and the firm's own."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts import access
from fairlead.accounts.actions import roles as actions
from fairlead.accounts.admission import FirmRequest
from fairlead.accounts.web import forms
from fairlead.accounts.web.pages import submitted
from fairlead.shell import seen
from fairlead.shell.dialogs import dialog
from fairlead.shell.forms import posted
from fairlead.shell.responses import done
from fairlead.tenancy.public import Permission, Role, declared

Groups = list[tuple[str, list[Permission]]]


def permission_groups() -> Groups:
    """Return every declared permission under its group."""
    ordered = sorted(declared(), key=lambda p: p.group)
    return [(group, list(found)) for group, found in groupby(ordered, key=lambda p: p.group)]


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """Show the table of what each role may do."""
    custom = list(access.roles(request.actor))
    table = [
        (group, [(p, [p.since <= r for r in Role], [p.name in c.permissions for c in custom]) for p in permissions])
        for group, permissions in permission_groups()
    ]
    context = {
        "built_in": list(Role), "custom": custom, "table": table,
        "columns": 1 + len(Role) + len(custom), "may_manage": request.actor.can("roles.manage"),
    }  # fmt: skip
    return render(request, "accounts/roles/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: FirmRequest) -> HttpResponse:
    """Create a role."""
    request.actor.require("roles.manage")
    form = forms.RoleForm(posted(request))

    def create(values: dict[str, Any]) -> HttpResponse:
        made = actions.create_role(values, by=request.actor)
        return done(request, f"The role {made.name} is created.", to=_index(request))

    if answer := submitted(request, form, create):
        return answer
    return _dialog(request, form, "New role", request.POST.getlist("permissions"))


@require_http_methods(["GET", "POST"])
def role(request: FirmRequest, role_id: UUID) -> HttpResponse:
    """Change a role."""
    request.actor.require("roles.manage")
    found = access.role(request.actor, role_id)
    found = seen.locked(found) if request.method == "POST" else found
    stored = {n: getattr(found, n) for n in forms.RoleForm.base_fields}
    form = forms.RoleForm(posted(request), initial=stored, watched=True)

    def save(values: dict[str, Any]) -> HttpResponse:
        actions.update_role(role_id, values, by=request.actor)
        return done(request, f"The role {found.name} is changed.", to=_index(request))

    if answer := submitted(request, form, save):
        return answer
    chosen = request.POST.getlist("permissions") if request.method == "POST" else found.permissions
    return _dialog(request, form, found.name, chosen)


@require_POST
def delete(request: FirmRequest, role_id: UUID) -> HttpResponse:
    """Delete a role."""
    actions.delete_role(role_id, by=request.actor)
    return done(request, "The role is deleted.", to=_index(request))


def _dialog(request: FirmRequest, form: forms.RoleForm, title: str, chosen: list[str]) -> HttpResponse:
    context: dict[str, Any] = {"groups": permission_groups(), "chosen": chosen, "mine": request.actor.permissions}
    return dialog(request, form, title=title, template="accounts/roles/role_form.html", **context)


def _index(request: FirmRequest) -> str:
    return reverse("accounts:roles", kwargs={"firm": request.firm.slug})
