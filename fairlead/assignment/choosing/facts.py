"""What choosing must know of records: where they are, and who looks after what they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fairlead.assignment.choosing.places import Place
from fairlead.people.public import Contact
from fairlead.sales.public import Deal

PARTS = ("country", "region", "postal_code")


@dataclass(frozen=True, slots=True)
class Facts:
    """One record: `related` are the names of its company and its contact, with who owns each."""

    record_id: UUID
    name: str
    owner_id: UUID | None
    contact_id: UUID | None
    company_id: UUID | None
    place: Place
    related: tuple[tuple[str, UUID], ...]


def facts_of(noun: str, ids: Sequence[UUID]) -> dict[UUID, Facts]:
    """Return the facts of living records by id."""
    if noun == "contact":
        rows: Any = Contact.rows().select_related("company").only("name", "owner", "company", *PARTS, *_of("company"))
        return {r.pk: _contact(r) for r in rows.filter(pk__in=ids, deleted_at=None)}
    rows = Deal.rows().select_related("company", "contact")
    rows = rows.only("name", "owner", "company", "contact", *_of("company"), *_of("contact"))
    return {r.pk: _deal(r) for r in rows.filter(pk__in=ids, deleted_at=None)}


def _of(relation: str) -> list[str]:
    return [f"{relation}__{name}" for name in ("name", "owner", "deleted_at", *PARTS)]


def _contact(contact: Any) -> Facts:
    company = _living(contact.company)
    return Facts(contact.pk, contact.name, contact.owner_id, contact.pk, contact.company_id,
                 _place(contact, company), _owners(company))  # fmt: skip


def _deal(deal: Any) -> Facts:
    company, contact = _living(deal.company), _living(deal.contact)
    return Facts(deal.pk, deal.name, deal.owner_id, deal.contact_id, deal.company_id,
                 _place(company, contact), _owners(company, contact))  # fmt: skip


def _living(record: Any) -> Any:
    return record if record is not None and record.deleted_at is None else None


def _place(*records: Any) -> Place:
    """Return the first place that names a country."""
    for record in records:
        if record is not None and record.country:
            return Place(*(getattr(record, part) for part in PARTS))
    return Place()


def _owners(*records: Any) -> tuple[tuple[str, UUID], ...]:
    return tuple((str(r.name), r.owner_id) for r in records if r is not None and r.owner_id is not None)
