"""Pages about how contacts came, and the card of referrals on a contact's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.people import access, growth
from fairlead.people.actions import referrals
from fairlead.people.models import Contact
from fairlead.people.nouns.contact import CONTACT
from fairlead.people.web import kinds

SHOWN = 10


@require_GET
def lead_generation(request: FirmRequest) -> HttpResponse:
    """Show what brought leads, and how many became clients: `?by=&days=`."""
    origin = request.GET.get("by", "source")
    origin = origin if origin in growth.ORIGINS else "source"
    days = request.GET.get("days", "365")
    days = days if days in growth.PERIODS else "365"
    lines, left_out = growth.by_origin(request.actor, origin, growth.since(days))
    months = growth.by_month(request.actor)
    context = {
        "lines": [(line, _behind(request, origin, line.value, days)) for line in lines],
        "left_out": left_out, "origin": origin, "days": days, "periods": growth.PERIODS.items(),
        "origins": [(name, CONTACT.field(name).label) for name in growth.ORIGINS], "months": months,
        "most": max((n for _, n in months), default=0) or 1, "url": kinds.url(request, "lead-generation"),
        "leads": sum(line.leads for line in lines), "clients": sum(line.clients for line in lines),
    }  # fmt: skip
    return render(request, "people/growth/leads.html", context)


@require_GET
def referrals_page(request: FirmRequest) -> HttpResponse:
    """Show who referred others and what became of them."""
    rows = [(a, kinds.record_url(request, "contact", a.contact.pk)) for a in growth.advocates(request.actor)]
    marks = growth.marked(request.actor)
    context = {
        "rows": rows, "marks": marks, "clients": sum(a.clients for a, _ in rows),
        "advocates_url": _list(request, [{"field": "advocate", "op": "is_true"}]),
        "top_url": _list(request, [{"field": "top_customer", "op": "is_true"}]),
    }  # fmt: skip
    return render(request, "people/growth/referrals.html", context)


def panel(request: Any, record: Contact) -> SafeString:
    """Draw who referred a contact, and whom the contact referred."""
    referrer = growth.referrer_of(request.actor, record)
    referred = growth.referred_by(request.actor, record)
    context = {
        "referrer": referrer, "referrer_url": _url(request, referrer), "count": referred.count(),
        "referred": [(person, _url(request, person)) for person in referred[:SHOWN]], "shown": SHOWN,
        "may": request.actor.can("contacts.edit"), "record": record,
        "url": kinds.url(request, "contact-referrer", record_id=record.pk),
        "source": kinds.part_url(request, "contact", "merge-choices", record_id=record.pk),
    }  # fmt: skip
    return render_to_string("people/growth/panel.html", context, request=request)


@require_POST
def set_referrer(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Set who referred a contact (POST `referrer`, empty for nobody); answer the card anew."""
    given = request.POST.get("referrer", "")
    try:
        referrer = UUID(given) if given else None
    except ValueError:
        raise InvalidInput({"referrer": ["Choose a contact."]}) from None
    referrals.set_referrer(record_id, referrer, by=request.actor)
    return HttpResponse(panel(request, access.contact(request.actor, record_id)))


def _url(request: FirmRequest, contact: Contact | None) -> str:
    return kinds.record_url(request, "contact", contact.pk) if contact else ""


def _behind(request: FirmRequest, origin: str, value: str, days: str) -> str:
    """Return the list of those whom a line counts."""
    found: list[dict[str, Any]] = [
        {"field": origin, "op": "is", "value": value} if value else {"field": origin, "op": "is_unknown"}
    ]
    if days:
        found.append({"field": "created_at", "op": "in_last", "value": {"amount": int(days), "unit": "days"}})
    return _list(request, found)


def _list(request: FirmRequest, conditions: list[dict[str, Any]]) -> str:
    return kinds.list_url(request, "contact", {"all": conditions})
