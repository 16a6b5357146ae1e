"""What merging means for contacts and companies.

Every address, number, tag, list and event stays, the people of both companies work for the winner; of consent and
subscriptions the stricter wins.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.kernel import phone, uploads
from fairlead.kernel.text import fold
from fairlead.people import naming
from fairlead.people.actions import purging
from fairlead.people.actions.companies import domain_of
from fairlead.people.merging.belongings import Employees, Referrals, Tags
from fairlead.people.merging.channels import ConsentOfBoth, Emails, Phones, Subscriptions
from fairlead.people.merging.same_company import SAME_COMPANY
from fairlead.people.merging.same_person import SAME_PERSON
from fairlead.people.models import Company, Contact, ContactEmail, ContactPhone, ListSubscription, Tagging
from fairlead.records.duplicates.public import Merger, Part, finding, jobs, merging
from fairlead.records.public import Merge
from fairlead.tenancy.public import Actor


def forget_merged(noun: str, ids: Sequence[UUID], by: Actor) -> None:
    """Delete for good what went into records that are deleted for good, and that it did."""
    merges = Merge.rows().filter(winner_id__in=ids)
    losers = list(merges.filter(undone_at=None).values_list("loser_id", flat=True))
    if losers:
        purging.forget(noun, losers, by)
        if noun == "contact":
            for name in Contact.rows().filter(pk__in=losers).exclude(picture="").values_list("picture", flat=True):
                transaction.on_commit(partial(uploads.remove, name))
        (Contact if noun == "contact" else Company).rows().filter(pk__in=losers).delete()
    merges.delete()


def _derive_company(company: Any) -> None:
    company.sort_key = fold(company.name)
    company.domain = company.domain or domain_of(company.website)


def _contact_parts(winner_id: UUID, loser_id: UUID) -> list[Part]:
    return [
        _part("Addresses", ContactEmail, "address", winner_id, loser_id),
        _part("Phone numbers", ContactPhone, "number", winner_id, loser_id, lambda number: phone.shown(number, "")),
        _tags(winner_id, loser_id),
        _part("Lists", ListSubscription, "list__name", winner_id, loser_id),
    ]


def _company_parts(winner_id: UUID, loser_id: UUID) -> list[Part]:
    people = Contact.rows().filter(deleted_at=None, company_id__in=(winner_id, loser_id)).order_by("sort_key")
    shown = [(name, at == loser_id) for name, at in people.values_list("name", "company_id")[:50]]
    return [_tags(winner_id, loser_id), Part("People", shown)]


def _part(
    label: str, model: Any, column: str, winner_id: UUID, loser_id: UUID, shown: Callable[[str], str] = str
) -> Part:
    rows = model.rows().filter(contact_id__in=(winner_id, loser_id)).values_list(column, "contact_id")
    return _united(label, [(shown(text), at == loser_id) for text, at in rows])


def _tags(winner_id: UUID, loser_id: UUID) -> Part:
    rows = Tagging.rows().filter(record_id__in=(winner_id, loser_id)).values_list("tag__name", "record_id")
    return _united("Tags", [(name, at == loser_id) for name, at in rows])


def _united(label: str, items: Sequence[tuple[str, bool]]) -> Part:
    own = [text for text, new in items if not new]
    new = [text for text, is_new in items if is_new and text not in own]
    return Part(label, [*((text, False) for text in own), *((text, True) for text in new)])


CONTACTS = Merger(
    "contact", naming.name, ("name", "sort_key"),
    {
        "email": ("email", "email_norm"), "lifecycle": ("lifecycle", "converted_at", "converted_by_id"),
    },
    latest=("last_activity_at", "activity_floor_at"), filled=("picture",), parts=_contact_parts,
)  # fmt: skip
COMPANIES = Merger("company", _derive_company, ("sort_key",), parts=_company_parts)


def register() -> None:
    """Plug contacts and companies into duplicates and merging."""
    finding.register(SAME_PERSON)
    finding.register(SAME_COMPANY)
    jobs.listen()
    merging.register_merger(CONTACTS)
    merging.register_merger(COMPANIES)
    for participant in (Emails(), Phones(), ConsentOfBoth(), Subscriptions(), Tags(), Employees(), Referrals()):
        merging.register(participant)
    purging.register(forget_merged)
