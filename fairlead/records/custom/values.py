"""Changes to the values of a field across all records of a firm, in sets."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from fairlead.kernel import clock
from fairlead.records.custom.index import delete_rows, insert_rows, rows
from fairlead.records.models import CustomField, FieldValue, Record
from fairlead.records.nouns import Noun


def forget_left(noun: Noun, field: CustomField) -> None:
    """Take a field's values out of every record that still holds one, whatever the index knows."""
    table = noun.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET custom = custom - %s WHERE firm_id = %s AND custom ? %s',  # noqa: S608
            [field.key, field.firm_id, field.key],
        )


def forget_values(noun: Noun, field: CustomField, *, limit: int) -> int:
    """Take a field's values out of the next records that the index names, `limit` rows of it; returns how many."""
    named = FieldValue.rows().filter(field_id=field.id).order_by("key", "record_id")[:limit]
    ids = sorted(set(named.values_list("record_id", flat=True)))
    list(_locked(noun, ids).values_list("pk", flat=True))
    table = noun.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET custom = custom - %s WHERE firm_id = %s AND id = ANY(%s)',  # noqa: S608
            [field.key, field.firm_id, ids],
        )
    FieldValue.rows().filter(field_id=field.id, record_id__in=ids).delete()
    return len(ids)


def merge_option_values(noun: Noun, field: CustomField, gone: str, kept: str, *, limit: int) -> int:
    """Replace an option by another in the next `limit` records that hold it, bin included; returns how many."""
    held = FieldValue.rows().filter(field_id=field.id, key=gone).order_by("record_id")
    ids = list(held.values_list("record_id", flat=True)[:limit])
    changed = {
        pk: {**custom, field.key: replaced(custom.get(field.key), gone, kept)}
        for pk, custom in _locked(noun, ids).values_list("pk", "custom")
    }
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE.format(table=noun.model._meta.db_table),
            [clock.now(), list(changed), [json.dumps(custom) for custom in changed.values()], field.firm_id],
        )
    delete_rows([(field.id, gone, pk) for pk in ids])
    insert_rows([row for pk, custom in changed.items() for row in rows({field.key: field}, pk, custom)])
    return len(ids)


def _locked(noun: Noun, ids: Sequence[UUID]) -> QuerySet[Record]:
    found: QuerySet[Record] = noun.model.rows().filter(pk__in=ids).order_by("pk")
    return found.select_for_update(of=("self",), no_key=True)


_WRITE = """
UPDATE "{table}" r SET custom = w.custom, version = r.version + 1, updated_at = %s
FROM unnest(%s::uuid[], %s::jsonb[]) AS w(id, custom) WHERE r.id = w.id AND r.firm_id = %s
"""


def replaced(value: Any, gone: str, kept: str) -> Any:
    """Return a stored choice, or several, with one option instead of another."""
    if isinstance(value, list):
        return list(dict.fromkeys(kept if choice == gone else choice for choice in value))
    return kept if value == gone else value
