"""Undoing what a chunk of an import did, for every record that nothing else has changed since."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import ForeignKey
from django.utils.dateparse import parse_datetime

from fairlead.events.public import NewEvent, record_many
from fairlead.people import access
from fairlead.people.actions import marking, setting
from fairlead.people.actions.companies import delete_companies
from fairlead.people.actions.contacts import delete_contacts
from fairlead.people.models import (
    Company,
    Contact,
    ContactEmail,
    ContactPhone,
    Suppression,
)
from fairlead.records.imports import plug
from fairlead.records.imports.by_rules import BY_RULES, NOT_YOURS, steps
from fairlead.records.public import ImportChange, ImportRun, custom
from fairlead.tenancy.public import Actor, require_firm

EXTRA = "extra:"
Kept = list[dict[str, str]]


def remember_extras(run_id: UUID, chunk: int, name: str, wanted: Sequence[tuple[str, str]], ids: Sequence[str]) -> None:
    """Note which rows of another room (notes …) a chunk wrote for which contacts."""
    ImportChange.objects.bulk_create(
        ImportChange(run_id=run_id, chunk=chunk, noun=EXTRA + name, record_id=UUID(pk), is_new=True, version=0,
                     before={"contact": contact})
        for (contact, _), pk in zip(wanted, ids, strict=True)
    )  # fmt: skip


def revert_chunk(run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, Kept]:
    """Undo a chunk in the caller's transaction; return how many records went back, and those that were kept."""
    rows = ImportChange.rows().filter(run=run, chunk=chunk)
    changes = {c.record_id: c for c in rows.filter(noun="contact")}
    found = Contact.rows().filter(pk__in=changes).order_by("pk").select_for_update(of=("self",), no_key=True)
    contacts = {c.id: c for c in found}
    touched = _touched(list(contacts), run)
    by_rules = steps("contact", contacts, run.started_at) if run.started_at else Counter()
    seen = set(access.contacts(by).filter(pk__in=contacts).values_list("pk", flat=True))
    kept: Kept = []
    free: dict[UUID, ImportChange] = {}
    for pk, change in changes.items():
        contact = contacts.get(pk)
        why = _why_kept(contact, change, touched, by_rules[pk]) or ("" if pk in seen else NOT_YOURS)
        if why:
            shown = contact is not None and (by.visible_owners is None or pk in seen)
            kept.append({"id": str(pk), "name": contact.name if contact and shown else "", "why": why})
        else:
            free[pk] = change
    _undo_extras(rows, free, by)
    _undo_changes([(contacts[pk], c) for pk, c in free.items() if not c.is_new], run, by)
    delete_contacts([pk for pk, c in free.items() if c.is_new], by=by)
    companies = undo_companies(rows, by)
    return len(free) + companies, kept


def _why_kept(contact: Contact | None, change: ImportChange, touched: set[UUID], by_rules: int) -> str:
    if contact is None or contact.deleted_at is not None:
        return "deleted since"
    if contact.version > change.version + by_rules or contact.id in touched:
        return "changed since"
    return ""


def _touched(ids: Sequence[UUID], run: ImportRun) -> set[UUID]:
    """Return the contacts that the log knows another change of since the import began, by anybody but rules."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT contact_id FROM events_event WHERE firm_id = %s AND contact_id = ANY(%s) "  # noqa: S608
            f"AND recorded_at >= %s AND via <> 'system' AND NOT ({BY_RULES}) AND coalesce(data ->> 'import', '') <> %s "
            "AND NOT (via = 'import' AND NOT data ? 'import')",  # what other rooms wrote on behalf of an import
            [run.firm_id, list(ids), run.started_at, str(run.id)],
        )
        return {row[0] for row in cursor.fetchall()}


def _undo_extras(rows: Any, free: Mapping[UUID, ImportChange], by: Actor) -> None:
    by_name: dict[str, list[str]] = defaultdict(list)
    for change in rows.filter(noun__startswith=EXTRA):
        if UUID(change.before["contact"]) in free:
            by_name[change.noun.removeprefix(EXTRA)].append(change.record_id.hex)
    extras = plug.extras_of("contact")
    for name, ids in by_name.items():
        if name in extras:
            extras[name].undo(ids, by=by)


def _undo_changes(pairs: Sequence[tuple[Contact, ImportChange]], run: ImportRun, by: Actor) -> None:
    """Set the old values again and take off what was added."""
    if not pairs:
        return
    moved: list[custom.Change] = []
    names: set[str] = set()
    for contact, change in pairs:
        for name, value in change.before.get("attributes", {}).items():
            if name == "custom":
                moved.append(custom.Change(contact.id, contact.custom, value))
            setattr(contact, name, _value(name, value))
            names.add(name)
    _point_at_nothing_gone([contact for contact, _ in pairs], names)
    setting.write([contact for contact, _ in pairs], sorted(names))
    custom.index_values(custom.custom_fields("contact", archived=True), moved)
    _take_off([c for _, c in pairs])
    _meet_earlier(run, pairs[0][1].chunk, [contact for contact, _ in pairs])
    data = {"fields": "back to before an import", "import": str(run.id)}
    record_many([NewEvent("contact.updated", ("contact", c.id), c.id, data=data) for c, _ in pairs], by=by)


def _point_at_nothing_gone(contacts: Sequence[Contact], names: Iterable[str]) -> None:
    """Leave empty what pointed at something that was deleted for good since."""
    for name in names:
        field = Contact._meta.get_field(name)
        if isinstance(field, ForeignKey):
            model: Any = field.related_model
            ids = {getattr(contact, name) for contact in contacts}
            there = set(model.rows().filter(pk__in=ids).values_list("pk", flat=True))
            for contact in contacts:
                if getattr(contact, name) not in there:
                    setattr(contact, name, None)


_EARLIER = """
UPDATE records_importchange AS c SET version = v.version FROM unnest(%s::uuid[], %s::int[]) AS v(id, version)
WHERE c.firm_id = %s AND c.run_id = %s AND c.chunk < %s AND c.noun = 'contact' AND c.record_id = v.id
"""


def _meet_earlier(run: ImportRun, chunk: int, contacts: Sequence[Contact]) -> None:
    """Earlier chunks of the run may have changed the same records: they now meet the version made here."""
    versions = [contact.version + 1 for contact in contacts]
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [[c.id for c in contacts], versions, run.firm_id, run.id, chunk])


def _value(name: str, value: Any) -> Any:
    field = Contact._meta.get_field(name)
    if value is None or field.get_internal_type() != "DateTimeField":
        return UUID(value) if value and name.endswith("_id") and name != "external_id" else value
    return parse_datetime(value)


def _take_off(changes: Sequence[ImportChange]) -> None:
    def ids(name: str) -> list[UUID]:
        return [UUID(pk) for c in changes for pk in c.before.get(name, ())]

    ContactEmail.rows().filter(pk__in=ids("emails")).delete()
    ContactPhone.rows().filter(pk__in=ids("phones")).delete()
    ContactPhone.objects.bulk_create(
        ContactPhone(id=UUID(old["id"]), contact_id=c.record_id, number=old["number"], e164=old["e164"],
                     label=old["label"], is_primary=True)
        for c in changes if (old := c.before.get("phone"))
    )  # fmt: skip
    taken = Counter(tag for (tag,) in _gone(_UNTAG, changes, "tags"))
    marking.count({tag: -n for tag, n in taken.items()})
    _gone(_UNSUBSCRIBE, changes, "lists")
    blocked: dict[str, list[str]] = defaultdict(list)
    for address in (a for c in changes for a in c.before.get("suppress", ())):
        channel, norm = ("email", address) if isinstance(address, str) else address[:2]
        blocked[channel].append(norm)
    for channel, norms in blocked.items():
        Suppression.rows().filter(channel=channel, address_norm__in=norms, detail="Import").delete()


_UNTAG = """
DELETE FROM people_tagging AS t USING unnest(%s::uuid[], %s::uuid[]) AS v(record_id, tag_id)
WHERE t.firm_id = %s AND t.record_id = v.record_id AND t.tag_id = v.tag_id RETURNING t.tag_id
"""
_UNSUBSCRIBE = """
DELETE FROM people_listsubscription AS s USING unnest(%s::uuid[], %s::uuid[]) AS v(contact_id, list_id)
WHERE s.firm_id = %s AND s.contact_id = v.contact_id AND s.list_id = v.list_id RETURNING s.list_id
"""


def _gone(delete: str, changes: Sequence[ImportChange], name: str) -> list[tuple[UUID]]:
    """Take the records out of what the import had put them into; return out of what, one for each row."""
    pairs = [(change.record_id, UUID(pk)) for change in changes for pk in change.before.get(name, ())]
    with connection.cursor() as cursor:
        cursor.execute(delete, [[record for record, _ in pairs], [group for _, group in pairs], require_firm()])
        return list(cursor.fetchall())


def undo_companies(rows: Any, by: Actor) -> int:
    """Bin the companies that the chunk made, unless they were changed, somebody works there, or the actor may not."""
    if not by.can("companies.delete"):
        return 0
    made: Iterable[UUID] = rows.filter(noun="company").values_list("record_id", flat=True)
    free = Company.rows().filter(pk__in=list(made), version=1, deleted_at=None)
    busy = Contact.rows().filter(company__in=free, deleted_at=None).values_list("company_id", flat=True)
    return delete_companies(list(free.exclude(pk__in=list(busy)).values_list("pk", flat=True)), by=by)
