"""Removing the demo firm from its own pages."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import NotFound
from fairlead.operations import demo


@require_POST
def removal(request: HttpRequest) -> HttpResponse:
    """Remove the demo firm with all it holds; a firm that is none is not found."""
    firm, actor = cast(FirmRequest, request).firm, cast(FirmRequest, request).actor
    if not firm.is_demo:
        raise NotFound
    actor.require("firm.transfer")
    # Not before the request's own transaction has ended: the rows are deleted on another connection.
    transaction.on_commit(lambda: demo.remove(firm))
    messages.success(request, "The demo firm is removed, with everything in it.")
    return redirect("/")
