"""How contacts and companies are found."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from fairlead.events.public import Event
from fairlead.people.models import Company, Contact, ContactEmail, ContactPhone
from fairlead.search.public import Entry, Source, by_subject

VERBS = (
    "created", "updated", "deleted", "restored", "purged", "merged", "merged_away", "merge_undone", "owner_changed",
)  # fmt: skip


def _texts(model: Any, column: str, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for contact, text in model.rows().filter(contact_id__in=ids).values_list("contact_id", column):
        found.setdefault(contact, []).append(text)
    return found


def describe_contacts(ids: Sequence[UUID]) -> Iterable[Entry]:
    """Return the entries of the living contacts among `ids`, in three queries."""
    emails, phones = _texts(ContactEmail, "address", ids), _texts(ContactPhone, "number", ids)
    e164 = _texts(ContactPhone, "e164", ids)
    rows = Contact.rows().filter(pk__in=ids, deleted_at=None).values_list(
        "id", "name", "email", "job_title", "company__name", "street", "postal_code", "city", "region", "owner_id"
    )  # fmt: skip
    for pk, name, email, title, company, street, postal, city, region, owner in rows:
        yield Entry(
            record_id=pk,
            title=name,
            subtitle=" · ".join(part for part in (company, email or title) if part),
            words=f"{company or ''} {city}",
            text=" ".join([title, street, postal, region, *emails.get(pk, ())]),
            numbers=[*e164.get(pk, ()), *phones.get(pk, ())],
            owner_id=owner,
        )


def describe_companies(ids: Sequence[UUID]) -> Iterable[Entry]:
    """Return the entries of the living companies among `ids`."""
    for company in Company.rows().filter(pk__in=ids, deleted_at=None):
        place = ", ".join(part for part in (company.city, company.country) if part)
        yield Entry(
            record_id=company.id,
            title=company.name,
            subtitle=" · ".join(part for part in (company.domain, place) if part),
            words=company.city,
            text=" ".join(
                [company.domain, company.street, company.postal_code, company.email, company.description[:2000]]
            ),
            numbers=[company.phone],
            owner_id=company.owner_id,
        )


def _contacts_touched(events: Iterable[Event]) -> set[UUID]:
    """A renamed company is found by its people as well."""
    events = list(events)
    named = [e for e in events if e.subject_noun == "company" and "name" in (e.data.get("changes") or {"name": 1})]
    renamed = {e.subject_id for e in named if e.subject_id}
    people = Contact.rows().filter(company_id__in=renamed).values_list("id", flat=True) if renamed else ()
    return by_subject("contact")(events) | set(people)


def _page(model: Any) -> Any:
    def page(after: UUID | None, size: int) -> list[UUID]:
        rows = model.rows().order_by("id").values_list("id", flat=True)
        return list((rows.filter(id__gt=after) if after else rows)[:size])

    return page


def _url(noun: str) -> Any:
    def url(firm: str, record_id: UUID) -> str:
        return reverse(f"people:{noun}", kwargs={"firm": firm, "record_id": record_id})

    return url


_OWN = {noun: frozenset(f"{noun}.{verb}" for verb in VERBS) for noun in ("contact", "company")}
CONTACTS = Source(
    noun="contact",
    label_plural="Contacts",
    icon="users",
    permission="contacts.view",
    describe=describe_contacts,
    page=_page(Contact),
    url=_url("contact"),
    touched=_contacts_touched,
    types=_OWN["contact"] | {"company.updated", "company.merged", "company.merge_undone"},
    order=10,
)
COMPANIES = Source(
    noun="company",
    label_plural="Companies",
    icon="building",
    permission="companies.view",
    describe=describe_companies,
    page=_page(Company),
    url=_url("company"),
    touched=by_subject("company"),
    types=_OWN["company"],
    order=20,
)
