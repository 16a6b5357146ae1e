"""Queries for the pages and the API of contacts and companies: paged, never one query a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from fairlead.events.public import Event
from fairlead.people import access
from fairlead.people.models import Company, Contact, ContactList, ListSubscription, Tag, Tagging
from fairlead.records.public import Record
from fairlead.tenancy.public import Actor

# What makes a profile complete; each counts the same.
PROFILE = (
    "first_name", "last_name", "email", "phone", "job_title", "company_id", "street", "city", "country", "time_zone",
    "language", "lifecycle", "owner_id", "source", "birthday",
)  # fmt: skip


def completeness(contact: Contact, custom_keys: Sequence[str] = ()) -> int:
    """Return how much of a contact's profile is filled, in percent: standard fields and the firm's own."""
    filled = [bool(getattr(contact, name)) for name in PROFILE]
    filled += [contact.custom.get(key) not in (None, "", []) for key in custom_keys]
    return round(100 * sum(filled) / len(filled))


def tags_of(record_id: UUID) -> list[Tag]:
    """Return the tags of a record by name."""
    tag_ids = Tagging.rows().filter(record_id=record_id).values("tag_id")
    return list(Tag.rows().filter(pk__in=tag_ids).order_by("name_norm"))


def last_change(actor: Actor, noun: str, record_id: UUID) -> Event | None:
    """Return the newest event about the record itself."""
    rows = Event.rows().filter(subject_id=record_id, subject_noun=noun)
    found: Event | None = rows.order_by("-occurred_at", "-id").first()
    return found


def people_of(actor: Actor, company: Company, limit: int = 50) -> list[Contact]:
    """Return the contacts of a company that the actor may see, by name."""
    if not actor.can("contacts.view"):
        return []
    return list(access.contacts(actor).filter(company=company).order_by("sort_key", "id")[:limit])


@dataclass(frozen=True)
class RollUp:
    """A company in figures: people, clients among them, and what they last did."""

    people: int
    clients: int
    opted_out: int


def roll_up(actor: Actor, company: Company) -> RollUp:
    """Return the figures of a company over the people that the actor may see."""
    if not actor.can("contacts.view"):
        return RollUp(0, 0, 0)
    clients, out = Q(lifecycle="client"), Q(do_not_contact=True)
    counted = access.contacts(actor).filter(company=company).aggregate(
        people=Count("pk"), clients=Count("pk", filter=clients), opted_out=Count("pk", filter=out)
    )  # fmt: skip
    return RollUp(**counted)


def subscriptions_of(contact: Contact) -> list[tuple[ContactList, str]]:
    """Return every open list with the contact's status on it ("" for never subscribed); the primary one first."""
    standing = ListSubscription.rows().filter(contact=contact, list=OuterRef("pk")).values("status")
    lists = ContactList.rows().filter(archived_at=None).annotate(standing=Subquery(standing))
    ordered: Any = lists.order_by("-is_primary", "name_norm")
    return [(found, "subscribed" if found.is_primary else found.standing or "") for found in ordered]


def list_sizes(list_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many living contacts are subscribed to each list."""
    rows = ListSubscription.rows().filter(
        list_id__in=list_ids, status=ListSubscription.Status.SUBSCRIBED, contact__deleted_at=None
    )
    return dict(rows.values_list("list_id").annotate(count=Count("pk")).order_by())


def is_visible(actor: Actor, record: Record) -> bool:
    """Tell whether the actor may see a record that was reached another way."""
    return actor.visible_owners is None or record.owner_id in actor.visible_owners
