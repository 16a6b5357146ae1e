"""The applications of the firm: register, change, give a new secret, delete."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts.public import FirmRequest, rotation
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.oauth import access
from fairlead.oauth.actions import applications as actions
from fairlead.oauth.models import Application
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, Needed, Unjudged
from fairlead.shell.responses import done
from fairlead.tenancy.public import declared


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List the applications and tell how one begins."""
    context = {"applications": access.applications(request.actor), "base_url": settings.BASE_URL, "now": clock.now()}
    return render(request, "oauth/applications.html", context)


@require_http_methods(["GET", "POST"])
def new(request: FirmRequest) -> HttpResponse:
    """Register an application and show its secret once."""
    request.actor.require("applications.manage")
    form = dialogs.make(request, _fields(is_new=True), {"kind": "confidential"})
    if request.method == "POST":
        try:
            made, secret = actions.register_application(_values(form), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return _shown_once(request, made, secret)
    text = "A program that members may let act for them, each by themselves."
    return dialogs.dialog(request, form, title="New application", submit="Register", text=text)


@require_http_methods(["GET", "POST"])
def edit(request: FirmRequest, application_id: UUID) -> HttpResponse:
    """Change an application."""
    found = access.application(request.actor, application_id)
    initial = {"name": found.name, "website": found.website, "redirect_uris": "\n".join(found.redirects)}
    form = dialogs.make(request, _fields(), {**initial, "scopes": found.scopes})
    if request.method == "POST":
        try:
            actions.update_application(application_id, _values(form), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "The application is saved.", to=_url(request))
    return dialogs.dialog(request, form, title=found.name)


@require_http_methods(["GET", "POST"])
def secret(request: FirmRequest, application_id: UUID) -> HttpResponse:
    """Give an application a new secret and show it once."""
    found = access.application(request.actor, application_id)
    hours = Unjudged(choices=rotation.CHOICES, required=False, label="The old secret stops working")
    form = dialogs.make(request, {"grace_hours": hours}, {"grace_hours": rotation.USUAL})
    if request.method == "POST":
        try:
            grace = rotation.given(form.typed(), "grace_hours")
            return _shown_once(request, *actions.rotate_secret(application_id, by=request.actor, grace=grace))
        except InvalidInput as error:
            form.refuse(error)
    text = "Give it to the program before the old one stops. Who is connected stays so."
    return dialogs.dialog(request, form, title=f"New secret for {found.name}", submit="Make a new secret", text=text)


@require_POST
def delete(request: FirmRequest, application_id: UUID) -> HttpResponse:
    """Delete an application."""
    gone = actions.delete_application(application_id, by=request.actor)
    return done(request, f"The application {gone.name} is deleted.", to=_url(request))


def _fields(*, is_new: bool = False) -> dict[str, forms.Field]:
    lines = "One a line, exactly as the application sends it: https, or http to 127.0.0.1 on people's own machines."
    scopes = [(p.name, f"{p.label} ({p.name})") for p in declared()]
    fields: dict[str, forms.Field] = {
        "name": Needed(max_length=100, help_text="People see it when they are asked."),
        "website": forms.CharField(max_length=300, required=False),
        "kind": forms.ChoiceField(choices=Application.Kind.choices, required=False),
        "redirect_uris": forms.CharField(
            label="Where people are sent back to", widget=forms.Textarea(attrs={"rows": 3}), required=False,
            help_text=lines,
        ),
        "scopes": forms.MultipleChoiceField(
            choices=scopes, required=False, label="What it may ask for", help_text="None chosen means anything."
        ),
    }  # fmt: skip
    if not is_new:
        del fields["kind"]
    return fields


def _values(form: ActionForm) -> dict[str, Any]:
    typed = {name: value for name, value in form.typed().items() if value is not None}
    return {**typed, "redirect_uris": (typed.get("redirect_uris") or "").split()}


def _shown_once(request: FirmRequest, application: Application, secret: str) -> HttpResponse:
    what = "Copy the secret now: it is never shown again." if secret else "It has no secret: PKCE protects it."
    shown = [("Client id", application.client_id), *([("Client secret", secret)] if secret else [])]
    name = application.name
    return dialogs.shown_once(request, f"{name} is ready. {what}", shown, title=name, to=_url(request))


def _url(request: FirmRequest) -> str:
    return reverse("oauth:applications", kwargs={"firm": request.firm.slug})
