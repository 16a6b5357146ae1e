"""The page on which a client's score is estimated, and the card on the contact's page that leads there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from fairlead.accounts.public import FirmRequest
from fairlead.credit import access
from fairlead.credit.actions import estimates
from fairlead.credit.web.place import url
from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import record_url
from fairlead.shell import seen
from fairlead.shell.panels import Panel, panels
from fairlead.shell.responses import done

VALUE, NUMBER, KNOWN, KEPT = "value-", "values.", "known_score", 10


def register() -> None:
    """Register the card."""
    panels.register(
        Panel("credit", "contact", "Credit score estimate", "calculator", card, 85, "credit.simulate", lazy=True)
    )


def card(request: Any, record: Any) -> SafeString:
    """Draw the latest estimate of a contact."""
    latest = access.estimates(request.actor, record.pk).first()
    context = {"latest": latest, "url": url(request, "client", record_id=record.pk)}
    return render_to_string("credit/card.html", context, request=request)


@require_http_methods(["GET", "POST"])
def page(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Estimate (GET `?value-<factor>=&step=&known_score=`) and keep the estimate (POST of the same)."""
    contact = access.client(request.actor, record_id)
    asked = request.POST if request.method == "POST" else request.GET
    given = {n.removeprefix(VALUE): str(v) for n, v in asked.items() if n.startswith(VALUE)}
    known: Any = asked.get(KNOWN, ...)
    steps, errors = _ids(asked.getlist("step")), InvalidInput({})
    if request.method == "POST":
        seen.locked(contact)
    kept = estimates.what_if(record_id, {}, (), by=request.actor)
    stored = _stored(kept)
    carried = asked.get(seen.NAME) or seen.mark(stored)
    try:
        if request.method == "POST":
            then, carried = carried, seen.mark(stored)
            seen.expect(then, stored, _typed(given, known))
            estimates.keep_estimate(record_id, given, steps, known, by=request.actor)
            to = url(request, "client", record_id=record_id)
            return done(request, "The estimate is kept with the client.", to=to)
        found = estimates.what_if(record_id, given, steps, known, by=request.actor)
    except InvalidInput as error:
        errors, found = error, kept
    context = _context(request, found, given, errors) | {
        "contact": contact, "contact_url": record_url(request, "contact", record_id), "chosen": set(steps),
        "known_score": asked.get(KNOWN, found.known_score), "kept": access.estimates(request.actor, record_id)[:KEPT],
        "seen": carried,
    }  # fmt: skip
    return render(request, "credit/client.html", context, status=422 if errors.fields else 200)


def _context(
    request: FirmRequest, found: estimates.WhatIf, given: Mapping[str, str], errors: InvalidInput
) -> dict[str, Any]:
    rows = [
        (f, given.get(str(f.pk)) or _shown(found.values[str(f.pk)]), errors.fields.get(f"{NUMBER}{f.pk}"))
        for f in found.factors
    ]
    return {
        "scale": access.scale(request.actor), "found": found, "result": found.result, "rows": rows,
        "steps": access.steps(request.actor), "known_error": errors.fields.get(KNOWN), "wrong": bool(errors.fields),
        "model_url": url(request, "model"), "may_manage": request.actor.can("credit.manage"),
    }  # fmt: skip


def _typed(given: Mapping[str, str], known: Any) -> dict[str, Any]:
    numbers = {f"{NUMBER}{key}": value for key, value in given.items()}
    return numbers if known is ... else {**numbers, KNOWN: known}


def _stored(found: estimates.WhatIf) -> dict[str, Any]:
    """Return the client's numbers as they are kept: whoever keeps others is told of what changed meanwhile."""
    numbers = {f"{NUMBER}{key}": _shown(number) for key, number in found.values.items()}
    return {**numbers, KNOWN: "" if found.known_score is None else str(found.known_score)}


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        return [UUID(int=0)]  # no step is called so: refused like one that is gone


def _shown(number: float) -> str:
    return f"{number:g}"
