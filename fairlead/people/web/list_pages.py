"""How a list does, and how somebody came to stand on it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest
from fairlead.people import access, list_reads
from fairlead.people.web import kinds
from fairlead.shell import dialogs


@require_GET
def figures(request: FirmRequest, list_id: UUID) -> HttpResponse:
    """Show growth, churn, engagement, bounces and complaints of a list."""
    found = access.contact_list(request.actor, list_id)
    counted = list_reads.figures(request.actor, list_id)
    most = max((max(m.came, m.left) for m in counted.months), default=0) or 1
    rates = [
        ("Left in 30 days", _percent(counted.churn), counted.left),
        ("Active in 30 days", _percent(counted.engagement), counted.active),
        ("Bounced", _percent(counted.bounce_rate), counted.bounced),
        ("Complaints", _percent(counted.complaint_rate), counted.complained),
    ]
    context = {"list": found, "figures": counted, "rates": rates, "most": most, "days": list_reads.DAYS,
               "lists_url": kinds.url(request, "lists")}  # fmt: skip
    return render(request, "people/list.html", context)


@require_GET
def history(request: FirmRequest, record_id: UUID, list_id: UUID) -> HttpResponse:
    """Show how a contact came to stand on a list: what was said, when, where, and who wrote it down."""
    found, contact = access.contact_list(request.actor, list_id), access.contact(request.actor, record_id)
    context: dict[str, Any] = {"changes": list_reads.history(request.actor, list_id, record_id)}
    title = f"{contact.name} on {found.name}"
    return dialogs.dialog(request, None, title=title, template="people/list_history.html", **context)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}".replace("%", " %")
