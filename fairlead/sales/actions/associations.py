"""The people and companies of a deal."""

from uuid import UUID

from django.db import transaction

from fairlead.kernel.fields import fitting
from fairlead.people.public import access as people
from fairlead.sales import access
from fairlead.sales.actions import staying
from fairlead.sales.models import Deal, DealCompany, DealContact
from fairlead.sales.telling import tell
from fairlead.tenancy.public import Actor, only

ROLE_LENGTH = 80


@transaction.atomic
def add_contact(deal_id: UUID, contact_id: UUID, *, by: Actor, role: str = "", primary: bool = False) -> DealContact:
    """Put a person into a deal, or change the person's role in it. The first one is the primary contact."""
    deal = access.lock_deal(by, deal_id)
    contact = people.contact(by, contact_id)
    link: DealContact
    link, made = DealContact.objects.update_or_create(
        deal=deal, contact=contact, defaults={"role": fitting(role.strip(), "role", ROLE_LENGTH)}
    )
    if primary or deal.contact_id is None:
        deal.contact = contact
    staying.bump(deal, "contact")
    if made:
        tell("contact_added", deal, by, name=contact.name, contact_id=str(contact.pk), role=link.role)
    return link


@transaction.atomic
def remove_contact(deal_id: UUID, contact_id: UUID, *, by: Actor) -> None:
    """Take a person off a deal; another one becomes the primary contact."""
    deal = access.lock_deal(by, deal_id)
    link = only(DealContact.rows().filter(deal=deal, contact=contact_id).select_related("contact"))
    name = link.contact.name
    link.delete()
    if deal.contact_id == contact_id:
        rest = DealContact.rows().filter(deal=deal, contact__deleted_at=None).order_by("created_at").first()
        deal.contact_id = rest.contact_id if rest else None
    staying.bump(deal, "contact")
    tell("contact_removed", deal, by, name=name, contact_id=str(contact_id))


@transaction.atomic
def add_company(deal_id: UUID, company_id: UUID, *, by: Actor, role: str = "", primary: bool = False) -> DealCompany:
    """Put a company into a deal, or change its role in it. The first one is the primary company."""
    deal = access.lock_deal(by, deal_id)
    company = people.company(by, company_id)
    link: DealCompany
    link, made = DealCompany.objects.update_or_create(
        deal=deal, company=company, defaults={"role": fitting(role.strip(), "role", ROLE_LENGTH)}
    )
    if primary or deal.company_id is None:
        deal.company = company
    staying.bump(deal, "company")
    if made:
        tell("company_added", deal, by, name=company.name, company_id=str(company.pk), role=link.role)
    return link


@transaction.atomic
def remove_company(deal_id: UUID, company_id: UUID, *, by: Actor) -> None:
    """Take a company off a deal; another one becomes the primary company."""
    deal = access.lock_deal(by, deal_id)
    link = only(DealCompany.rows().filter(deal=deal, company=company_id).select_related("company"))
    name = link.company.name
    link.delete()
    if deal.company_id == company_id:
        rest = DealCompany.rows().filter(deal=deal, company__deleted_at=None).order_by("created_at").first()
        deal.company_id = rest.company_id if rest else None
    staying.bump(deal, "company")
    tell("company_removed", deal, by, name=name, company_id=str(company_id))


def link_primaries(deal: Deal) -> None:
    """Make sure that the primary contact and company of a deal are among its people and companies."""
    if deal.contact_id:
        DealContact.objects.get_or_create(deal=deal, contact_id=deal.contact_id)
    if deal.company_id:
        DealCompany.objects.get_or_create(deal=deal, company_id=deal.company_id)
