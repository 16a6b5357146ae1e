"""Set one field of many records at once: one statement writes them, one their events."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.people.actions import record_values
from fairlead.people.actions.record_values import PREFIX, OwnerNames
from fairlead.records.public import CustomField, Field, cleaning, custom
from fairlead.tenancy.public import Actor

Moved = Callable[[Any, "Before", OwnerNames], list[NewEvent]]
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Before:
    """What a record's events are told by: its owner and stage before a change ("" where there are none)."""

    owner_id: UUID | None
    lifecycle: str


def _updated(record: Any, data: Data) -> NewEvent:
    """Return the event of a changed contact or company."""
    noun = record._meta.model_name
    contact, company = (record.pk, record.company_id) if noun == "contact" else (None, record.pk)
    return NewEvent(f"{noun}.updated", (noun, record.pk), contact, company, data)


@dataclass(frozen=True, slots=True)
class Kind:
    """How the records of a noun follow a change: `follow` brings the columns of `derived` (by field) up to date,
    `moved` returns the events of a new owner or stage, of whose record it reads the attributes `told`, `updated`
    makes the event of the change itself."""

    noun: str
    plural: str
    fields: Callable[[], Mapping[str, Field]]
    visible: Callable[[Actor], QuerySet[Any]]
    follow: Callable[[Any, Before, Actor], None]
    moved: Moved
    told: tuple[str, ...]
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    updated: Callable[[Any, Data], NewEvent] = _updated


@transaction.atomic
def set_field(kind: Kind, values: Mapping[UUID, Any], name: str, *, by: Actor) -> dict[UUID, Any]:
    """Set the field of each record to its value and return, where it changed, what it was before (JSON).

    Records that the actor may not see are passed over. Raises `InvalidInput` when one of the values does not fit;
    then nothing has changed.
    """
    by.require(f"{kind.plural}.edit")
    own = _own(kind.noun, name) if name.startswith(PREFIX) else None
    cleaned = _cleaned_custom(own, values) if own else _cleaned(kind.fields(), values, name, by)
    attribute, derived = "custom" if own else kind.fields()[name].attribute, kind.derived.get(name, ())
    rows = kind.visible(by).filter(pk__in=cleaned).order_by("pk").select_for_update(of=("self",), no_key=True)
    if not derived:
        rows = rows.only("firm_id", attribute, *kind.told)
    changed = [c for record in rows if (c := _assigned(record, own or kind.fields()[name], cleaned[record.pk]))]
    if derived:
        for record, before, _ in changed:
            kind.follow(record, before, by)
    write([record for record, _, _ in changed], list(dict.fromkeys([attribute, *derived])))
    if own:
        custom.index_values([own], [custom.Change(r.pk, *({own.key: v} if v is not None else {} for v in pair))
                                    for r, _, pair in changed])  # fmt: skip
    label = own.label if own else kind.fields()[name].label.lower()
    names = OwnerNames()
    events = [e for c in changed for e in _events(kind, name, label, c, names)]
    record_many(events, by=by)
    return {record.pk: pair[0] for record, _, pair in changed}


Changed = tuple[Any, Before, list[Any]]  # the record, what its events are told by, the value before and after


def _own(noun: str, name: str) -> CustomField:
    found = next((f for f in custom.custom_fields(noun) if f.name == name and not f.is_unique), None)
    if found is None:
        raise InvalidInput({name: ["There is no such field."]})
    return found


def _cleaned(fields: Mapping[str, Field], values: Mapping[UUID, Any], name: str, by: Actor) -> dict[UUID, Any]:
    """Clean and check each different value once."""
    known: dict[Any, Any] = {}
    for raw in set(values.values()):
        clean = cleaning.clean_values(fields.values(), {name: raw})
        record_values.check_references(fields, clean, by)
        known[raw] = clean[name]
    return {pk: known[raw] for pk, raw in values.items()}


def _cleaned_custom(own: CustomField, values: Mapping[UUID, Any]) -> dict[UUID, Any]:
    home = custom.Home.of_firm()
    known: dict[str, Any] = {}
    for raw in values.values():
        spelled = _spelled(raw)
        if spelled not in known:
            try:
                known[spelled] = custom.clean_value(own, raw, home=home)
            except ValueError as error:
                raise InvalidInput({own.name: [str(error)]}) from None
    return {pk: known[_spelled(raw)] for pk, raw in values.items()}


def _spelled(raw: Any) -> str:
    """Return what a value is known by; one that was stored is not the same as one that is new."""
    return f"stored {_spelled(raw.value)}" if isinstance(raw, cleaning.Stored) else json.dumps(raw, sort_keys=True)


def _assigned(record: Any, target: Field | CustomField, value: Any) -> Changed | None:
    """Set the value on the record; None when it has it already."""
    before = Before(record.owner_id, getattr(record, "lifecycle", ""))
    if isinstance(target, CustomField):
        old = record.custom.get(target.key)
        record.custom = {k: v for k, v in {**record.custom, target.key: value}.items() if v is not None}
    else:
        old = getattr(record, target.attribute)
        setattr(record, target.attribute, value)
    if old == value:
        return None
    return record, before, [record_values.as_json(old), record_values.as_json(value)]


def write(records: Sequence[Any], attributes: Sequence[str]) -> None:
    """Write these attributes of the records, each with its own values, and raise their versions."""
    if not records:
        return
    meta = records[0]._meta
    columns = [meta.get_field(a) for a in attributes]
    lists = [[c.get_db_prep_save(getattr(r, c.attname), connection) for r in records] for c in columns]
    arrays = ", ".join(["%s::uuid[]", *(f"%s::{c.db_type(connection)}[]" for c in columns)])
    assignments = "".join(f'"{c.column}" = v."{c.column}", ' for c in columns)
    names = ", ".join(["id", *(f'"{c.column}"' for c in columns)])
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{meta.db_table}" AS r SET {assignments}version = r.version + 1, updated_at = %s '  # noqa: S608
            f"FROM unnest({arrays}) AS v({names}) WHERE r.firm_id = %s AND r.id = v.id",
            [clock.now(), [r.pk for r in records], *lists, records[0].firm_id],
        )


def _events(kind: Kind, name: str, label: str, changed: Changed, names: OwnerNames) -> list[NewEvent]:
    record, before, pair = changed
    told = kind.updated(record, {"fields": label, "changes": {name: pair}})
    return [told, *kind.moved(record, before, names)]
