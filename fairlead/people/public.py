"""What higher rooms may use of people."""

from fairlead.people import access
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.lists import create_list, subscribe
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Company, Contact, Tag

__all__ = [
    "Company",
    "Contact",
    "Tag",
    "access",
    "create_company",
    "create_contact",
    "create_list",
    "subscribe",
    "tag_records",
]
