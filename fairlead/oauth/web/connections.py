"""What a person has connected, in this firm."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.oauth import access
from fairlead.oauth.actions.connections import disconnect
from fairlead.shell.responses import done
from fairlead.tenancy.public import declared


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List the applications that may act for the person."""
    labels = {p.name: p.label for p in declared()}
    lines = [(c, [labels[s] for s in c.scopes if s in labels]) for c in access.connections(request.actor)]
    return render(request, "oauth/connections.html", {"lines": lines})


@require_POST
def end(request: FirmRequest, connection_id: UUID) -> HttpResponse:
    """Take it back."""
    ended = disconnect(connection_id, by=request.actor)
    to = reverse("oauth:connections", kwargs={"firm": request.firm.slug})
    return done(request, f"{ended.application.name} does not act for you any more.", to=to)
