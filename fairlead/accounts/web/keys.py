"""The developer page: API keys, and where the reference is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts import access, reads, rotation
from fairlead.accounts.actions import keys as actions
from fairlead.accounts.admission import FirmRequest
from fairlead.accounts.web import forms
from fairlead.accounts.web.pages import submitted
from fairlead.kernel import clock
from fairlead.shell.dialogs import dialog, shown_once
from fairlead.shell.forms import posted
from fairlead.shell.responses import done


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List the keys and show how to call the API."""
    context = {"keys": reads.keys(request.actor), "now": clock.now(), "base_url": settings.BASE_URL}
    return render(request, "accounts/keys/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: FirmRequest) -> HttpResponse:
    """Create a key and show it once."""
    request.actor.require("keys.create")
    form = forms.KeyForm(posted(request), allowed=request.actor.permissions)

    def create(values: dict[str, Any]) -> HttpResponse:
        days = values["expires"]
        expires = clock.now() + timedelta(days=int(days)) if days else None
        given = {"name": values["name"], "scopes": values["scopes"], "expires_at": expires}
        key, text = actions.create_key(given, by=request.actor)
        return _shown_once(request, key.name, text)

    if answer := submitted(request, form, create):
        return answer
    text = "A key lets a program act for you. Treat it like a password."
    return dialog(request, form, title="New API key", submit="Create", text=text)


@require_http_methods(["GET", "POST"])
def rotate(request: FirmRequest, key_id: UUID) -> HttpResponse:
    """Give a key a new text and show it once."""
    key = access.key(request.actor, key_id)
    form = forms.RotationForm(posted(request))

    def turn(values: dict[str, Any]) -> HttpResponse:
        grace = rotation.given(values, "grace")
        return _shown_once(request, key.name, actions.rotate_key(key_id, by=request.actor, grace=grace)[1])

    if answer := submitted(request, form, turn):
        return answer
    text = "The key gets a new text with the same rights. Give the new one to your programs before the old one stops."
    return dialog(request, form, title=f"Rotate {key.name}", submit="Rotate", text=text)


@require_POST
def revoke(request: FirmRequest, key_id: UUID) -> HttpResponse:
    """Make a key useless."""
    key = actions.revoke_key(key_id, by=request.actor)
    return done(request, f"The key {key.name} is revoked.", to=_index(request))


def _shown_once(request: FirmRequest, name: str, text: str) -> HttpResponse:
    said = f"The key {name} is ready. Copy it now: it is never shown again."
    return shown_once(request, said, [("API key", text)], title=name, to=_index(request))


def _index(request: FirmRequest) -> str:
    return reverse("accounts:keys", kwargs={"firm": request.firm.slug})
