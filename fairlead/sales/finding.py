"""How deals are found: by their title, their company and people."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from fairlead.events.public import Event
from fairlead.kernel import money
from fairlead.sales import access
from fairlead.sales.models import Deal
from fairlead.search.public import Entry, Source, by_subject
from fairlead.tenancy.public import Actor

VERBS = (
    "created", "updated", "deleted", "restored", "purged", "owner_changed", "won", "lost", "reopened", "moved",
    "regressed", "contact_added", "contact_removed", "company_added", "company_removed", "items_changed",
)  # fmt: skip


def describe(ids: Sequence[UUID]) -> Iterable[Entry]:
    """Return the entries of the living deals among `ids`."""
    rows = Deal.rows().filter(pk__in=ids, deleted_at=None)
    for deal in rows.select_related("company", "contact", "stage"):
        company = deal.company.name if deal.company else ""
        contact = deal.contact.name if deal.contact else ""
        worth = "" if deal.value is None else money.shown(deal.value, deal.currency)
        yield Entry(
            record_id=deal.pk,
            title=deal.name,
            subtitle=" · ".join(filter(None, [company or contact, deal.stage.name, worth])),
            words=f"{company} {contact}",
            text=f"{deal.next_step} {deal.description[:2000]} {deal.external_id}",
            numbers=[],
            owner_id=deal.owner_id,
        )


def _page(after: UUID | None, size: int) -> list[UUID]:
    rows = Deal.rows().order_by("id").values_list("id", flat=True)
    return list((rows.filter(id__gt=after) if after else rows)[:size])


def _url(firm: str, record_id: UUID) -> str:
    return reverse("sales:deal", kwargs={"firm": firm, "record_id": record_id})


def _seen(actor: Actor, ids: Sequence[UUID]) -> Iterable[UUID]:
    return access.deals(actor).filter(pk__in=ids).values_list("pk", flat=True)


def _touched(events: Iterable[Event]) -> set[UUID]:
    return by_subject("deal")(events)


DEALS = Source(
    noun="deal",
    label_plural="Deals",
    icon="target-arrow",
    permission="deals.view",
    describe=describe,
    page=_page,
    url=_url,
    touched=_touched,
    types=frozenset(f"deal.{verb}" for verb in VERBS),
    order=25,
    seen=_seen,
)
