"""Writing the index of custom values, in sets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from fairlead.records.custom.keys import keys
from fairlead.records.models import CustomField
from fairlead.tenancy.public import bulk, require_firm

SMALL = 500


class Change(NamedTuple):
    """A record's custom values before and after; {} before for a new record, {} after for a purged one."""

    record_id: UUID
    before: Mapping[str, Any]
    after: Mapping[str, Any]


Row = tuple[UUID, str, UUID]  # field, key, record


def index_values(fields: Iterable[CustomField], changes: Iterable[Change]) -> None:
    """Bring the index up to date with the changes, in the caller's transaction: at most one delete, one insert.

    `before` must be what the index was last told of the record. 100,000 new records with 5 values each take about
    two seconds in chunks of a few thousand.
    """
    known = {f.key: f for f in fields}
    gone: list[Row] = []
    new: list[Row] = []
    for change in changes:
        if not change.before:
            new.extend(rows(known, change.record_id, change.after))
            continue
        before = set(rows(known, change.record_id, change.before))
        after = set(rows(known, change.record_id, change.after))
        gone.extend(before - after)
        new.extend(after - before)
    delete_rows(gone)
    insert_rows(new)


def rows(fields: Mapping[str, CustomField], record_id: UUID, custom: Mapping[str, Any]) -> list[Row]:
    """Return the index rows of one record's custom values; keys that are no field are passed over."""
    found: list[Row] = []
    for name, value in custom.items():
        field = fields.get(name)
        if field is not None:
            found.extend((field.id, key, record_id) for key in keys(field.type, value))
    return found


def insert_rows(new: Sequence[Row]) -> None:
    """Insert rows: a few in one statement, many through COPY into a temporary table (COPY and policies exclude
    each other), in the index's order.
    """
    if not new:
        return
    firm = require_firm()
    with connection.cursor() as cursor:
        if len(new) <= SMALL:
            cursor.execute(
                "INSERT INTO records_fieldvalue (firm_id, field_id, key, record_id) "
                "SELECT %s, r.* FROM unnest(%s::uuid[], %s::text[], %s::uuid[]) AS r ON CONFLICT DO NOTHING",
                [firm, *_columns(new)],
            )
            return
        block = bulk.copy_block([list(map(str, column)) for column in zip(*new, strict=True)])
        bulk.stage("incoming_value", {"field_id": "uuid", "key": "text", "record_id": "uuid"}, block)
        cursor.execute(
            "INSERT INTO records_fieldvalue (firm_id, field_id, key, record_id) SELECT %s, field_id, key, record_id "
            'FROM incoming_value ORDER BY field_id, key COLLATE "C", record_id ON CONFLICT DO NOTHING',
            [firm],
        )


def delete_rows(gone: Sequence[Row]) -> None:
    """Delete exactly these rows."""
    if not gone:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM records_fieldvalue v USING unnest(%s::uuid[], %s::text[], %s::uuid[]) AS r(f, k, i) "
            "WHERE v.firm_id = %s AND v.field_id = r.f AND v.key = r.k AND v.record_id = r.i",
            [*_columns(gone), require_firm()],
        )


def forget_field(field_id: UUID) -> None:
    """Delete every row of a field."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM records_fieldvalue WHERE firm_id = %s AND field_id = %s", [require_firm(), field_id]
        )


def _columns(some: Sequence[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*some, strict=True)]
