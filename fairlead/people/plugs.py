"""What the people room offers to the engines."""

from fairlead.accounts.public import errands, founding, handover
from fairlead.events.public import register as register_events
from fairlead.kernel import strays
from fairlead.people import events, timeline
from fairlead.records.imports import public as imports
from fairlead.records.public import bulk, happenings, memberships, nouns
from fairlead.search import public as search
from fairlead.shell.navigation import Item, items
from fairlead.shell.palette import Command, commands
from fairlead.shell.quick_add import QuickAdd, entries
from fairlead.tenancy.public import Role, declare


def register() -> None:
    """Register permissions, event types and nouns."""
    _permissions()
    register_events(*events.TYPES)
    from fairlead.people import finding, jobs  # noqa: F401 - declares the jobs
    from fairlead.people.importing.companies import CompanyImporter
    from fairlead.people.importing.contacts import ContactImporter
    from fairlead.people.nouns.company import COMPANY
    from fairlead.people.nouns.contact import CONTACT

    nouns.register(CONTACT)
    nouns.register(COMPANY)
    happenings.register("contact", "list.subscribed", "list.unsubscribed", "list.confirm")
    happenings.register("company", "contact.")  # a company's log has what happens to its people
    imports.register(ContactImporter())
    imports.register(CompanyImporter())
    search.register(finding.CONTACTS)
    search.register(finding.COMPANIES)
    from fairlead.people.memberships import LISTS, TAGS

    memberships.register(TAGS)
    memberships.register(LISTS)
    from fairlead.people.bulk import VERBS

    for verb in VERBS:
        bulk.register(verb)
    _long_work()
    from fairlead.people.actions.lists import furnish

    founding.register("primary list", furnish)
    _pages()


def _long_work() -> None:
    from fairlead.people.actions.tag_ends import KINDS
    from fairlead.people.handover import COMPANIES, CONTACTS

    errands.register(*KINDS)
    handover.register_records("contacts", CONTACTS)
    handover.register_records("companies", COMPANIES, one="company")


def _timeline() -> None:
    from fairlead.people.web.entries import says_owner, says_stage

    timeline.register_summary(["contact.stage_changed"], ["contact.updated"], says_stage)
    timeline.register_summary(["contact.converted"], ["contact.updated", "contact.stage_changed"], says_stage)
    for noun in ("contact", "company"):
        timeline.register_summary([f"{noun}.owner_changed"], [f"{noun}.updated"], says_owner)


def _files() -> None:
    from fairlead.people.actions import pictures

    strays.register(pictures.FOLDER, pictures.named_pictures)


def _pages() -> None:
    _files()
    _timeline()
    from fairlead.people.merging import contacts as merging
    from fairlead.people.web import panels

    merging.register()
    panels.register()
    section, audience = "clients", "audience"
    items.register(
        Item("contacts", "Contacts", "users", "records:contacts", section, 10, "contacts.view", shortcut="c")
    )
    items.register(
        Item("companies", "Companies", "building", "records:companies", section, 20, "companies.view", shortcut="o")
    )
    items.register(Item("tags", "Tags", "tags", "people:tags", audience, order=40, permission="contacts.view"))
    items.register(Item("lists", "Lists", "list-check", "people:lists", audience, order=20, permission="contacts.view"))
    items.register(Item("duplicates", "Duplicates", "git-merge", "people:duplicates", section, 35, "contacts.view"))
    may = "contacts.view"
    items.register(Item("lead-generation", "Lead generation", "plant", "people:lead-generation", audience, 70, may))
    items.register(Item("distribution", "Distribution", "map-pin", "people:distribution", audience, 75, may))
    items.register(Item("referrals", "Referrals", "speakerphone", "people:referrals", audience, 80, may))
    items.register(
        Item("suppressions", "Blocked addresses", "ban", "people:suppressions", audience, 60, "consent.manage")
    )
    entries.register(QuickAdd("contact", "Contact", "user-plus", "people:contact-new", 10, "contacts.edit"))
    entries.register(QuickAdd("company", "Company", "building", "people:company-new", 20, "companies.edit"))
    for noun, plural in (("contact", "contacts"), ("company", "companies")):
        url, may = f"people:{noun}-bin", f"{plural}.delete"
        commands.register(Command(f"{noun}-bin", f"Bin of {plural}", "trash", url, permission=may))


def _permissions() -> None:
    for plural in ("contacts", "companies"):
        group = plural.capitalize()
        declare(f"{plural}.view", f"See {plural}", group=group, since=Role.READ_ONLY)
        declare(f"{plural}.edit", f"Create and change {plural}", group=group, since=Role.MEMBER)
        declare(f"{plural}.delete", f"Delete and restore {plural}", group=group, since=Role.MEMBER)
        declare(f"{plural}.purge", f"Delete {plural} for good", group=group, since=Role.ADMIN)
        declare(f"{plural}.import", f"Import {plural}", group=group, since=Role.MEMBER)
        declare(f"{plural}.export", f"Export {plural}", group=group, since=Role.MANAGER)
    declare("tags.manage", "Create, change, merge and delete tags", group="Contacts", since=Role.MEMBER)
    declare("lists.manage", "Create, change and archive lists", group="Contacts", since=Role.MEMBER)
    declare("consent.manage", "Record consent and blocked addresses", group="Contacts", since=Role.MEMBER)
