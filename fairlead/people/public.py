"""What higher rooms may use of people."""

from fairlead.people import access, timeline
from fairlead.people.actions.activity import touch_activity
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.lists import create_list, subscribe
from fairlead.people.actions.purging import register as register_purge
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Company, Contact, Tag
from fairlead.people.web.entries import draw as draw_entries
from fairlead.people.web.entries import head as entry_head
from fairlead.people.web.forms import dialog
from fairlead.people.web.kinds import record_url

__all__ = [
    "Company",
    "Contact",
    "Tag",
    "access",
    "create_company",
    "create_contact",
    "create_list",
    "dialog",
    "draw_entries",
    "entry_head",
    "record_url",
    "register_purge",
    "subscribe",
    "tag_records",
    "timeline",
    "touch_activity",
]
