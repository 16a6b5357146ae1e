"""What higher rooms may use of people."""

from fairlead.people import access, engagement, leaving, quick_search, rolling, timeline
from fairlead.people.actions import record_values, setting
from fairlead.people.actions.activity import roll_up, settle_activity, touch_activity
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.companies import take_name as take_company_name
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.lists import create_list, subscribe
from fairlead.people.actions.purging import forget as forget_records
from fairlead.people.actions.purging import register as register_purge
from fairlead.people.actions.referrals import set_referrer
from fairlead.people.actions.tagging import shelve as shelve_tags
from fairlead.people.actions.tagging import tag_records, untag_records
from fairlead.people.actions.tagging import unshelve as unshelve_tags
from fairlead.people.actions.tags import ensure_tags
from fairlead.people.growth import CLIENTS
from fairlead.people.importing.leftovers import clear_away as clear_imported
from fairlead.people.importing.references import References
from fairlead.people.importing.reverting import undo_companies as undo_imported_companies
from fairlead.people.latest import register_latest
from fairlead.people.live import tell_open_pages
from fairlead.people.models import Company, Contact, Tag, Tagging
from fairlead.people.web import bin as bin_pages
from fairlead.people.web import changes as change_pages
from fairlead.people.web import entries as timeline_pages
from fairlead.people.web import facts, forms, kinds, showing
from fairlead.people.web import record as record_pages
from fairlead.people.web import tags as tag_pages
from fairlead.people.web.entries import head as entry_head
from fairlead.people.web.entries import says_owner
from fairlead.people.web.kinds import record_url

__all__ = [
    "CLIENTS",
    "Company",
    "Contact",
    "References",
    "Tag",
    "Tagging",
    "access",
    "bin_pages",
    "change_pages",
    "clear_imported",
    "create_company",
    "create_contact",
    "create_list",
    "engagement",
    "ensure_tags",
    "entry_head",
    "facts",
    "forget_records",
    "forms",
    "kinds",
    "leaving",
    "quick_search",
    "record_pages",
    "record_url",
    "record_values",
    "register_latest",
    "register_purge",
    "roll_up",
    "rolling",
    "says_owner",
    "set_referrer",
    "setting",
    "settle_activity",
    "shelve_tags",
    "showing",
    "subscribe",
    "tag_pages",
    "tag_records",
    "take_company_name",
    "tell_open_pages",
    "timeline",
    "timeline_pages",
    "touch_activity",
    "undo_imported_companies",
    "unshelve_tags",
    "untag_records",
]
