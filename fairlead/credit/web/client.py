"""The page on which a client's score is estimated, and the card on the contact's page that leads there."""

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
from fairlead.shell.panels import Panel, panels
from fairlead.shell.responses import done

VALUE, KEPT = "value-", 10


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
    given = {n.removeprefix(VALUE): v for n, v in asked.items() if n.startswith(VALUE)}
    known: Any = asked.get("known_score", ...)
    steps, errors = _ids(asked.getlist("step")), InvalidInput({})
    try:
        if request.method == "POST":
            estimates.keep_estimate(record_id, given, steps, known, by=request.actor)
            to = url(request, "client", record_id=record_id)
            return done(request, "The estimate is kept with the client.", to=to)
        found = estimates.what_if(record_id, given, steps, known, by=request.actor)
    except InvalidInput as error:
        errors = error
        found = estimates.what_if(record_id, {}, (), by=request.actor)
    scale = access.scale(request.actor)
    context = {
        "contact": contact, "contact_url": record_url(request, "contact", record_id), "scale": scale, "found": found,
        "result": found.result, "chosen": set(steps), "steps": access.steps(request.actor),
        "rows": [(f, given.get(str(f.pk)) or _shown(found.values[str(f.pk)]), errors.fields.get(f"values.{f.pk}"))
                 for f in found.factors],
        "known_error": errors.fields.get("known_score"), "wrong": bool(errors.fields),
        "known_score": asked.get("known_score", found.known_score),
        "kept": access.estimates(request.actor, record_id)[:KEPT],
        "model_url": url(request, "model"), "may_manage": request.actor.can("credit.manage"),
    }  # fmt: skip
    return render(request, "credit/client.html", context, status=422 if errors.fields else 200)


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        return [UUID(int=0)]  # no step is called so: refused like one that is gone


def _shown(number: float) -> str:
    return f"{number:g}"
