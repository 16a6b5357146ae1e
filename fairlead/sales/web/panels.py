"""The related cards: on a deal's page, and the deals on the pages of contacts and companies."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairlead.kernel import money
from fairlead.people.public import kinds
from fairlead.sales import access, currencies
from fairlead.sales.health import health, score_reasons
from fairlead.sales.models import (
    CloseDateChange,
    Deal,
    DealCompany,
    DealContact,
    LineItem,
    Outcome,
    Reopening,
    StageStay,
)
from fairlead.sales.web.board import may_edit
from fairlead.sales.web.place import url
from fairlead.shell.panels import Panel, panels

SHOWN = 8


def register() -> None:
    """Register this room's panels."""
    panels.register(Panel("deal-health", "deal", "Health", "heartbeat", _health, order=5))
    panels.register(Panel("deal-people", "deal", "People", "users", _people, order=10, permission="contacts.view"))
    panels.register(
        Panel("deal-companies", "deal", "Companies", "building", _companies, order=20, permission="companies.view")
    )
    panels.register(Panel("deal-items", "deal", "Line items", "list-details", _items, order=30))
    panels.register(Panel("deal-score", "deal", "Score", "star", _score, order=40, lazy=True))
    panels.register(Panel("deal-history", "deal", "History", "history", _history, order=50, lazy=True))
    for noun in ("contact", "company"):
        panels.register(
            Panel(f"deals-{noun}", noun, "Deals", "target-arrow", _deals, order=15, permission="deals.view")
        )


def _draw(request: Any, name: str, **context: Any) -> SafeString:
    return render_to_string(f"sales/panels/{name}.html", context, request=request)


def _health(request: Any, deal: Deal) -> SafeString:
    return _draw(request, "health", health=health(deal, request.actor), deal=deal)


def _score(request: Any, deal: Deal) -> SafeString:
    reasons = score_reasons(deal)
    return _draw(request, "score", reasons=reasons, points=sum(reason.points for reason in reasons))


def _people(request: Any, deal: Deal) -> SafeString:
    rows = DealContact.rows().filter(deal=deal, contact__deleted_at=None).select_related("contact__company")
    links = [
        (link, link.contact, kinds.record_url(request, "contact", link.contact_id), deal.contact_id == link.contact_id)
        for link in rows.order_by("created_at")
    ]
    return _links(request, deal, links, "contact")


def _companies(request: Any, deal: Deal) -> SafeString:
    rows = DealCompany.rows().filter(deal=deal, company__deleted_at=None).select_related("company")
    links = [
        (link, link.company, kinds.record_url(request, "company", link.company_id), deal.company_id == link.company_id)
        for link in rows.order_by("created_at")
    ]
    return _links(request, deal, links, "company")


def _links(request: Any, deal: Deal, links: list[Any], noun: str) -> SafeString:
    may = may_edit(request, deal.pipeline)
    context = {
        "links": sorted(links, key=lambda link: not link[3]), "may": may, "noun": noun, "square": noun == "company",
        "add_url": url(request, f"deal-{noun}-add", record_id=deal.pk),
        "base": f"{url(request, 'deal', record_id=deal.pk)}{noun}/",
    }  # fmt: skip
    return _draw(request, "links", **context)


def _items(request: Any, deal: Deal) -> SafeString:
    items = [(item, money.shown(item.total, deal.currency)) for item in LineItem.rows().filter(deal=deal)]
    total = money.shown(sum(item.total for item, _ in items), deal.currency)
    return _draw(
        request, "items", items=items, total=total, deal=deal, may=may_edit(request, deal.pipeline),
        url=url(request, "deal-items", record_id=deal.pk),
    )  # fmt: skip


def _history(request: Any, deal: Deal) -> SafeString:
    stays = StageStay.rows().filter(deal=deal).select_related("stage", "pipeline").order_by("-entered_at", "-id")[:50]
    dates = CloseDateChange.rows().filter(deal=deal).order_by("-changed_at")[:20]
    reopened = Reopening.rows().filter(deal=deal).order_by("-occurred_at")
    return _draw(request, "history", stays=stays, dates=dates, reopened=reopened, deal=deal)


def _deals(request: Any, record: Any) -> SafeString:
    noun = type(record)._meta.model_name
    links = (DealContact if noun == "contact" else DealCompany).rows().filter(**{str(noun): record})
    rows = access.deals(request.actor).filter(pk__in=links.values("deal")).select_related("stage", "pipeline")
    found = list(rows.order_by("outcome", "-created_at"))
    sums: dict[str, int] = {}
    for deal in found:
        if deal.outcome == Outcome.OPEN and deal.value:
            sums[deal.currency] = sums.get(deal.currency, 0) + deal.value
    shown = [
        (d, url(request, "deal", record_id=d.pk), "" if d.value is None else currencies.short(d.value, d.currency))
        for d in sorted(found, key=lambda d: d.outcome != Outcome.OPEN)[:SHOWN]
    ]
    is_open = sum(d.outcome == Outcome.OPEN for d in found)
    new_url = f"{url(request, 'deal-new')}?{noun}={record.pk}" if request.actor.can("deals.edit") else ""
    return _draw(
        request, "deals", deals=shown, more=max(0, len(found) - SHOWN), new_url=new_url, open=is_open,
        total=currencies.rates().total(sums) if is_open else None,
    )  # fmt: skip
