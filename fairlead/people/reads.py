"""Queries for the pages and the API of contacts and companies: paged, never one query a row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from fairlead.events.public import Event
from fairlead.people import access, latest
from fairlead.people.growth import CLIENTS
from fairlead.people.models import Company, Contact, ContactList, ListSubscription, Tag, Tagging
from fairlead.people.profile import COMPLETENESS
from fairlead.records.public import Computation, Record
from fairlead.tenancy.public import Actor


def completeness(ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how much of each contact's profile is filled, in percent: standard fields and the firm's own."""
    return dict(Contact.rows().filter(pk__in=ids).values_list("pk", Computation(COMPLETENESS)))


def tags_of(record_id: UUID) -> list[Tag]:
    """Return the tags of a record by name."""
    tag_ids = Tagging.rows().filter(record_id=record_id).values("tag_id")
    return list(Tag.rows().filter(pk__in=tag_ids).order_by("name_norm"))


def tag_colors(folded: Collection[str]) -> dict[str, str]:
    """Return the colours of those tags that there are, by their folded names."""
    return dict(Tag.rows().filter(name_norm__in=folded).values_list("name_norm", "color"))


@dataclass(frozen=True)
class TagOn:
    """A tag on a record: by whom (a member, a rule, an import …) and since when."""

    tag: Tag
    who: str
    when: datetime


def tags_on(record_id: UUID) -> list[TagOn]:
    """Return the tags of a record by name, with who set them; what no member did, the log knows."""
    rows = Tagging.rows().filter(record_id=record_id).select_related("tag", "tagged_by__user")
    found = list(rows.order_by("tag__name_norm"))
    others = _setters(record_id) if any(row.tagged_by is None for row in found) else {}
    return [
        TagOn(row.tag, row.tagged_by.user.name if row.tagged_by else others.get(str(row.tag_id), "Fairlead"),
              row.created_at)
        for row in found
    ]  # fmt: skip


def _setters(record_id: UUID) -> dict[str, str]:
    """Return who, by the log, last set each tag of a record."""
    told = Event.rows().filter(subject_id=record_id, type="record.tagged").order_by("occurred_at", "id")
    return {str(data.get("tag_id")): label for data, label in told.values_list("data", "actor_label") if label}


def last_change(noun: str, record_id: UUID, *, field: str = "") -> Event | None:
    """Return the newest event that changed a field of the record, else the newest about the record itself."""
    rows = Event.rows().filter(subject_id=record_id, subject_noun=noun).order_by("-occurred_at", "-id")
    of_field = rows.filter(data__changes__has_key=field).first() if field else None
    return of_field or rows.first()


def people_of(actor: Actor, company: Company, limit: int = 50) -> list[Contact]:
    """Return the contacts of a company that the actor may see, by name."""
    if not actor.can("contacts.view"):
        return []
    return list(access.contacts(actor).filter(company=company).order_by("sort_key", "id")[:limit])


@dataclass(frozen=True)
class RollUp:
    """A company in figures: people, how many of them became clients; `last_with` is the person behind its last
    activity, if it was about one whom the actor may see."""

    people: int
    clients: int
    opted_out: int
    last: datetime | None = None
    last_with: Contact | None = None


def roll_up(actor: Actor, company: Company) -> RollUp:
    """Return the figures of a company over the people that the actor may see; its last activity over all of them."""
    last = latest.read([company.pk]).get(company.pk)
    if not actor.can("contacts.view"):
        return RollUp(0, 0, 0, last)
    counted = access.contacts(actor).filter(company=company).aggregate(
        people=Count("pk"), clients=Count("pk", filter=CLIENTS),
        opted_out=Count("pk", filter=Q(do_not_contact=True)),
    )  # fmt: skip
    behind = access.contacts(actor).filter(company=company, last_activity_at=last).order_by("sort_key", "id")
    return RollUp(**counted, last=last, last_with=behind.first() if last is not None else None)


def subscriptions_of(contact: Contact) -> list[tuple[ContactList, str]]:
    """Return every open list with the contact's status on it ("" for never subscribed); the primary one first."""
    standing = ListSubscription.rows().filter(contact=contact, list=OuterRef("pk")).values("status")
    lists = ContactList.rows().filter(archived_at=None).annotate(standing=Subquery(standing))
    ordered: Any = lists.order_by("-is_primary", "name_norm")
    return [(found, "subscribed" if found.is_primary else found.standing or "") for found in ordered]


def list_sizes(actor: Actor, list_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many of the contacts that the actor may see are subscribed to each list."""
    rows = ListSubscription.rows().filter(
        list_id__in=list_ids, status=ListSubscription.Status.SUBSCRIBED, contact__deleted_at=None
    )
    if actor.visible_owners is not None:
        rows = rows.filter(contact__owner_id__in=actor.visible_owners)
    return dict(rows.values_list("list_id").annotate(count=Count("pk")).order_by())


def is_visible(actor: Actor, record: Record) -> bool:
    """Tell whether the actor may see a record that was reached another way."""
    return actor.visible_owners is None or record.owner_id in actor.visible_owners
