"""Trying the rules: who would get this record, and why."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest
from fairlead.assignment import reads
from fairlead.assignment.models import Rule
from fairlead.assignment.web.place import url
from fairlead.kernel.errors import NotFound
from fairlead.kernel.ids import found_id
from fairlead.people.public import kinds
from fairlead.records.public import nouns
from fairlead.shell import dialogs

FOUND = 8


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Answer records found by `?q=`, and for `?record=` what each rule says of it; `?noun=` says of which kind.

    With `?part=1` only what changes in the dialog.
    """
    request.actor.require("assignment.view")
    name = request.GET.get("noun", Rule.Target.CONTACT)
    if name not in Rule.Target.values:
        raise NotFound
    noun = nouns.get(name)
    context: dict[str, Any] = {"noun": noun, "url": url(request, "try"), "targets": Rule.Target.choices}
    if request.GET.get("record"):
        context["trial"] = found = reads.trial(request.actor, name, found_id(request.GET["record"]))
        context["record_url"] = kinds.record_url(request, name, found.decision.facts.record_id)
    elif query := request.GET.get("q", "").strip():
        assert noun.find is not None
        rows = noun.find(noun.visible(request.actor), query, request.actor)
        context |= {"query": query, "found": list(rows.order_by("sort_key", "id")[:FOUND])}
    if request.GET.get("part"):
        return render(request, "assignment/try_body.html", context)
    return dialogs.dialog(request, None, title="Who would get it?", template="assignment/try.html", **context)
