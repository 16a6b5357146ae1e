"""The only functions that hand out contacts and companies to a caller."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.people.models import Company, Contact, ContactList, ListSubscription, Suppression, Tag
from fairlead.records.public import Merge
from fairlead.tenancy.public import Actor, Lock, one


def contacts(actor: Actor) -> QuerySet[Any]:
    """Return the living contacts that the actor may see."""
    actor.require("contacts.view")
    return _seen_by(actor, Contact.rows().filter(deleted_at=None))


def binned_contacts(actor: Actor) -> QuerySet[Any]:
    """Return the contacts in the bin that the actor may see."""
    actor.require("contacts.delete")
    return _seen_by(actor, _unmerged(Contact.rows().filter(deleted_at__isnull=False)))


def companies(actor: Actor) -> QuerySet[Any]:
    """Return the living companies that the actor may see."""
    actor.require("companies.view")
    return _seen_by(actor, Company.rows().filter(deleted_at=None))


def binned_companies(actor: Actor) -> QuerySet[Any]:
    """Return the companies in the bin that the actor may see."""
    actor.require("companies.delete")
    return _seen_by(actor, _unmerged(Company.rows().filter(deleted_at__isnull=False)))


def contact(actor: Actor, contact_id: UUID) -> Contact:
    """Return one contact or raise `NotFound`."""
    found: Contact = one(contacts(actor), contact_id)
    return found


def company(actor: Actor, company_id: UUID) -> Company:
    """Return one company or raise `NotFound`."""
    found: Company = one(companies(actor), company_id)
    return found


def tags(actor: Actor) -> QuerySet[Any]:
    """Return the firm's tags: everybody who sees contacts or companies sees them."""
    _require_any(actor, "contacts.view", "companies.view")
    return Tag.rows()


def tag(actor: Actor, tag_id: UUID, *, lock: Lock = False) -> Tag:
    """Return one tag, locked until the transaction ends if asked; raise `NotFound`."""
    found: Tag = one(tags(actor), tag_id, lock=lock)
    return found


def lists(actor: Actor) -> QuerySet[Any]:
    """Return the firm's lists, archived ones too."""
    actor.require("contacts.view")
    return ContactList.rows()


def contact_list(actor: Actor, list_id: UUID, *, lock: bool = False) -> ContactList:
    """Return one list, locked until the transaction ends if asked; raise `NotFound`."""
    found: ContactList = one(lists(actor), list_id, lock=lock)
    return found


def subscriptions(actor: Actor, list_id: UUID) -> QuerySet[Any]:
    """Return the standings on a list of the contacts that the actor may see."""
    rows = ListSubscription.rows().filter(list=contact_list(actor, list_id), contact__deleted_at=None)
    return rows if actor.visible_owners is None else rows.filter(contact__owner_id__in=actor.visible_owners)


def suppressions(actor: Actor) -> QuerySet[Any]:
    """Return the addresses that nothing is sent to."""
    actor.require("consent.manage")
    return Suppression.rows()


def _require_any(actor: Actor, *permissions: str) -> None:
    if not any(actor.can(p) for p in permissions):
        actor.require(permissions[0])


def _seen_by(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    if actor.visible_owners is None:
        return rows
    return rows.filter(owner_id__in=actor.visible_owners)


def _unmerged(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out what went into another record: it comes back by undoing the merge, not out of the bin."""
    return rows.exclude(pk__in=Merge.rows().filter(undone_at=None).values("loser_id"))
