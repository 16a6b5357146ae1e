"""Contacts, companies, tags and lists."""

from fairlead.people.models.company import Company
from fairlead.people.models.contact import Consent, Contact, Lifecycle
from fairlead.people.models.contact_email import ContactEmail
from fairlead.people.models.contact_list import ContactList, ListSubscription
from fairlead.people.models.contact_phone import ContactPhone
from fairlead.people.models.referral import Referral
from fairlead.people.models.suppression import Suppression
from fairlead.people.models.tag import Tag, Tagging

__all__ = [
    "Company",
    "Consent",
    "Contact",
    "ContactEmail",
    "ContactList",
    "ContactPhone",
    "Lifecycle",
    "ListSubscription",
    "Referral",
    "Suppression",
    "Tag",
    "Tagging",
]
