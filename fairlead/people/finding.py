"""How contacts and companies are found."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse

from fairlead.events.public import Event
from fairlead.people.models import Company, Contact
from fairlead.search.public import Entry, Source, by_subject
from fairlead.tenancy.public import require_firm

VERBS = (
    "created", "updated", "deleted", "restored", "purged", "merged", "merged_away", "merge_undone", "owner_changed",
)  # fmt: skip
OF_A_COMPANY = frozenset({"company.updated", "company.merged", "company.merge_undone"})  # what renames it
_CONTACTS = """
SELECT c.id, c.name, c.email, c.job_title,
    coalesce((SELECT k.name FROM people_company k WHERE k.firm_id = c.firm_id AND k.id = c.company_id), ''),
    c.street, c.postal_code, c.city, c.region, c.owner_id,
    ARRAY(SELECT e.address FROM people_contactemail e WHERE e.firm_id = c.firm_id AND e.contact_id = c.id),
    ARRAY(SELECT unnest(ARRAY[p.e164, p.number]) FROM people_contactphone p
        WHERE p.firm_id = c.firm_id AND p.contact_id = c.id)
FROM people_contact c WHERE c.firm_id = %s AND c.id = ANY(%s::uuid[]) AND c.deleted_at IS NULL
"""


def describe_contacts(ids: Sequence[UUID]) -> Iterable[Entry]:
    """Return the entries of the living contacts among `ids`, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, [require_firm(), list(ids)])
        rows = cursor.fetchall()
    for pk, name, email, title, company, street, postal, city, region, owner, emails, numbers in rows:
        yield Entry(
            record_id=pk,
            title=name,
            subtitle=" · ".join(part for part in (company, email or title) if part),
            words=f"{company} {city}",
            text=" ".join([title, street, postal, region, *emails]),
            numbers=numbers,
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
    old = [e for e in events if e.subject_noun == "company" and e.type in OF_A_COMPANY]
    renamed = {e.subject_id for e in old if e.subject_id and "name" in (e.data.get("changes") or {"name": 1})}
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
    types=_OWN["contact"] | OF_A_COMPANY,
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
