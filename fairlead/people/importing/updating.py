"""Writing what changes about known people, as sets, with what a revert needs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.people.actions.consent import CHANNELS
from fairlead.people.actions.contacts import stage
from fairlead.people.actions.record_values import OwnerNames, as_json
from fairlead.people.importing.changes import Change
from fairlead.people.importing.targets import Blocked
from fairlead.people.models import (
    Consent,
    Contact,
    ContactEmail,
    ContactList,
    ContactPhone,
    ListSubscription,
    Suppression,
    Tag,
    Tagging,
)
from fairlead.people.nouns.contact import FIELDS
from fairlead.records.imports.plug import Context, Moved
from fairlead.records.public import ImportChange, custom
from fairlead.tenancy.public import bulk

_NAMES = {f.attribute: f.name for f in FIELDS}
_LABELS = {f.name: f.label.lower() for f in FIELDS}
_HIDDEN = frozenset({"name", "sort_key", "email_norm"})
_CONVERSION = frozenset({"converted_at", "converted_by_id"})  # an event of its own tells it


def update(changes: Sequence[Change], context: Context, chunk: int) -> None:
    """Write the changes. Raises `Moved` when one of the contacts has another version than it was planned with."""
    if not changes:
        return
    _rows(changes)
    undo = [_undo(c) for c in changes]
    _channels(changes, undo)
    _sorting(changes, context, undo)
    fields = list(context.custom.values())
    moved = [
        custom.Change(c.known.contact.id, c.before["custom"], c.after["custom"]) for c in changes if "custom" in c.after
    ]
    custom.index_values(fields, moved)
    ImportChange.objects.bulk_create(
        ImportChange(run_id=context.run_id, chunk=chunk, noun="contact", record_id=c.known.contact.id, is_new=False,
                     version=c.known.contact.version + 1, before=before)
        for c, before in zip(changes, undo, strict=True)
    )  # fmt: skip
    labels, names = _LABELS | {f.name: f.label for f in fields}, OwnerNames()
    events = [e for c in changes for e in _events(c, context, labels, names)]
    record_many(events + _named_events(changes, context), by=context.by)


def _rows(changes: Sequence[Change]) -> None:
    """Set the changed attributes of all contacts in one statement that finds only the planned versions."""
    names = sorted({name for c in changes for name in c.after})
    kinds = {n: str(Contact._meta.get_field(n).db_type(connection)) for n in names}
    columns: list[list[str | None]] = [[c.known.contact.id.hex for c in changes]]
    columns.append([str(c.known.contact.version) for c in changes])
    columns += [[_text(c.now(n), kinds[n]) for c in changes] for n in names]
    bulk.stage("changed", {"id": "uuid", "version": "integer", **kinds}, bulk.copy_block(columns))
    assign = "".join(f', "{n}" = s."{n}"' for n in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_contact c SET version = c.version + 1, updated_at = %s{assign} FROM changed s "  # noqa: S608
            "WHERE c.firm_id = %s AND c.id = s.id AND c.version = s.version AND c.deleted_at IS NULL",
            [clock.now(), changes[0].known.contact.firm_id],
        )
        if cursor.rowcount != len(changes):
            raise Moved


def _text(value: Any, kind: str) -> str | None:
    if value is None:
        return None
    if kind == "jsonb":
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.hex if isinstance(value, UUID) else str(as_json(value))


def _undo(change: Change) -> dict[str, Any]:
    attributes = {n: as_json(v) for n, v in change.before.items()}
    undo: dict[str, Any] = {"attributes": attributes} if attributes else {}
    added = {"tags": change.tags, "lists": [*change.lists, *change.left], "suppress": change.suppress}
    return undo | {name: values for name, values in added.items() if values}


def _channels(changes: Sequence[Change], undo: Sequence[dict[str, Any]]) -> None:
    """Write new addresses and numbers; the first one of somebody who had none is primary."""
    emails: list[ContactEmail] = []
    numbers: list[ContactPhone] = []
    gone: list[UUID] = []
    for change, before in zip(changes, undo, strict=True):
        contact = change.known.contact
        for index, address in enumerate(change.emails):
            primary = index == 0 and "email" in change.after
            emails.append(ContactEmail(contact=contact, address=address.written, address_norm=address.norm,
                                       label=address.label, is_primary=primary))  # fmt: skip
            before.setdefault("emails", []).append(emails[-1].id.hex)
        for index, (number, e164) in enumerate(change.phones):
            primary = index == 0 and "phone" in change.after
            numbers.append(ContactPhone(contact=contact, number=number.typed, e164=e164, label=number.label,
                                        is_primary=primary))  # fmt: skip
            before.setdefault("phones", []).append(numbers[-1].id.hex)
        if change.replaced_phone is not None:
            old = change.replaced_phone
            gone.append(old.id)
            before["phone"] = {"id": old.id.hex, "number": old.number, "e164": old.e164, "label": old.label}
    ContactPhone.rows().filter(pk__in=gone).delete()
    ContactEmail.objects.bulk_create(emails, batch_size=2_000)
    ContactPhone.objects.bulk_create(numbers, batch_size=2_000)


def _sorting(changes: Sequence[Change], context: Context, undo: Sequence[dict[str, Any]]) -> None:
    """Write tags, subscriptions and blocked addresses."""
    tags = [(c.known.contact.id, UUID(pk)) for c in changes for pk in c.tags]
    Tagging.objects.bulk_create(
        (Tagging(noun="contact", record_id=r, tag_id=t, tagged_by_id=context.by.membership_id) for r, t in tags),
        ignore_conflicts=True, batch_size=2_000,
    )  # fmt: skip
    out = ListSubscription.Status.UNSUBSCRIBED, ListSubscription.Status.SUBSCRIBED
    ListSubscription.objects.bulk_create(
        (ListSubscription(contact=c.known.contact, list_id=UUID(pk), source="import",
                          status=out[0] if c.now("opt_in_status") == Consent.OPTED_OUT else out[1])
         for c in changes for pk in c.lists if pk not in c.left),
        ignore_conflicts=True, batch_size=2_000,
    )  # fmt: skip
    ListSubscription.objects.bulk_create(
        (ListSubscription(contact=c.known.contact, list_id=UUID(pk), source="import", status=out[0])
         for c in changes for pk in c.left),
        ignore_conflicts=True, batch_size=2_000,
    )  # fmt: skip
    suppress([address for c in changes for address in c.suppress])


def suppress(addresses: Sequence[Blocked]) -> None:
    """Block addresses that are blocked elsewhere; those that are blocked here stay as they are."""
    Suppression.objects.bulk_create(
        (Suppression(channel=a.channel, address_norm=a.norm, reason=a.reason, detail="Import")
         for a in dict.fromkeys(addresses)),
        ignore_conflicts=True, batch_size=2_000,
    )  # fmt: skip


def suppressed(contact_id: UUID, address: Blocked, context: Context) -> NewEvent:
    """Return the event of a contact's address that came in blocked."""
    reason = str(Suppression.Reason(address.reason).label).lower()
    data = {"channel": CHANNELS[address.channel], "address": address.norm, "reason": reason,
            "import": str(context.run_id)}  # fmt: skip
    return NewEvent("address.suppressed", ("contact", contact_id), contact_id, data=data)


def _told(change: Change) -> dict[str, list[Any]]:
    """Return what changed by the names of fields, as the verbs tell it: segments and timelines go by these."""
    changes: dict[str, list[Any]] = {}
    hidden = _HIDDEN | _CONVERSION if change.converts else _HIDDEN
    for attribute, now in change.after.items():
        was = change.before[attribute]
        if attribute == "custom":
            own = sorted(k for k in {**was, **now} if was.get(k) != now.get(k))
            changes |= {f"custom.{key}": [was.get(key), now.get(key)] for key in own}
        elif attribute not in hidden:
            changes[_NAMES.get(attribute, attribute)] = [as_json(was), as_json(now)]
    if change.emails:
        changes["email"] = [[e.address for e in change.known.emails],
                            [e.address for e in change.known.emails] + [a.written for a in change.emails]]  # fmt: skip
    if change.phones:
        changes["phone"] = [[p.number for p in change.known.phones],
                            [p.number for p in change.known.phones] + [n.typed for n, _ in change.phones]]  # fmt: skip
    return changes


def _events(change: Change, context: Context, labels: Mapping[str, str], names: OwnerNames) -> list[NewEvent]:
    contact = change.known.contact
    common: dict[str, Any] = {"subject": ("contact", contact.id), "contact_id": contact.id}
    run = {"import": str(context.run_id)}
    events: list[NewEvent] = []
    if changes := _told(change):
        words = ", ".join(labels.get(n, n) for n in changes)
        events.append(NewEvent("contact.updated", company_id=change.now("company_id"), **common,
                               data={"fields": words, "changes": changes, **run}))  # fmt: skip
    if "owner_id" in change.after:
        ids = {"from_id": as_json(change.before["owner_id"]), "to_id": as_json(change.after["owner_id"])}
        data = {"to": names[change.after["owner_id"]], **ids, **run}
        events.append(NewEvent("contact.owner_changed", **common, data=data))
    if change.after.get("opt_in_status") == Consent.OPTED_OUT:
        events.append(NewEvent("contact.opted_out", **common, data={"reason": "import", **run}))
    elif change.after.get("opt_in_status") == Consent.OPTED_IN:
        events.append(NewEvent("contact.opted_in", **common, data={"reason": "import", **run}))
    if "lifecycle" in change.after:
        was, now = change.before["lifecycle"], change.after["lifecycle"]
        stages = {"from": stage(was), "to": stage(now), "from_stage": was, "to_stage": now}
        events.append(NewEvent("contact.stage_changed", **common, data={**stages, **run}))
    if change.converts:
        told = {"from": stages["from"], "source": change.now("source"), "client_type": change.now("client_type")}
        events.append(NewEvent("contact.converted", **common, data={**told, **run}))
    return events + [suppressed(contact.id, address, context) for address in change.suppress]


def _named_events(changes: Sequence[Change], context: Context) -> list[NewEvent]:
    """Return the events of tags and lists that known people get."""
    tag_names = {t.id.hex: t.name for t in Tag.rows().filter(pk__in={pk for c in changes for pk in c.tags})}
    lists = ContactList.rows().filter(pk__in={pk for c in changes for pk in c.lists})
    list_names = {c.id.hex: c.name for c in lists}
    run = {"import": str(context.run_id)}
    events: list[NewEvent] = []
    for change in changes:
        pk = change.known.contact.id
        for tag in change.tags:
            data = {"tag": tag_names[tag], "tag_id": str(UUID(tag)), **run}
            events.append(NewEvent("record.tagged", ("contact", pk), pk, data=data))
        for chosen in change.lists:
            data = {"list": list_names[chosen], "list_id": str(UUID(chosen)), "source": "import", **run}
            events.append(NewEvent("list.subscribed", ("contact", pk), pk, data=data))
    return events
