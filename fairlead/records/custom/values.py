"""Changes to the values of a field across all records of a firm, in sets."""

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from fairlead.kernel import clock
from fairlead.records.custom.index import Change, forget_field, index_values
from fairlead.records.models import CustomField, FieldValue, Record
from fairlead.records.nouns import Noun

BATCH = 5_000


def reindex_field(noun: Noun, field: CustomField) -> None:
    """Make the index of one field anew from the stored values."""
    forget_field(field.id)
    batch: list[Change] = []
    rows = noun.model.rows().filter(custom__has_key=field.key).values_list("pk", "custom")
    for pk, custom in rows.iterator(chunk_size=BATCH):
        batch.append(Change(pk, {}, {field.key: custom[field.key]}))
        if len(batch) == BATCH:
            index_values([field], batch)
            batch = []
    index_values([field], batch)


def forget_values(noun: Noun, field: CustomField) -> None:
    """Take a field's values out of every record."""
    table = noun.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET custom = custom - %s WHERE firm_id = %s AND custom ? %s',  # noqa: S608
            [field.key, field.firm_id, field.key],
        )


def merge_option_values(noun: Noun, field: CustomField, gone: str, kept: str) -> int:
    """Replace one option by another in every record, bin included; returns how many records changed."""
    ids = sorted(FieldValue.rows().filter(field_id=field.id, key=gone).values_list("record_id", flat=True))
    for start in range(0, len(ids), BATCH):
        rows: QuerySet[Record] = noun.model.rows().filter(pk__in=ids[start : start + BATCH]).order_by("pk")
        changes = []
        records = list(rows.select_for_update(of=("self",), no_key=True))
        for record in records:
            before = dict(record.custom)
            record.custom = {**before, field.key: replaced(before.get(field.key), gone, kept)}
            record.version = F("version") + 1
            record.updated_at = clock.now()
            changes.append(Change(record.pk, before, record.custom))
        noun.model.objects.bulk_update(records, ["custom", "version", "updated_at"])
        index_values([field], changes)
    return len(ids)


def replaced(value: Any, gone: str, kept: str) -> Any:
    """Return a stored choice, or several, with one option instead of another."""
    if isinstance(value, list):
        return list(dict.fromkeys(kept if choice == gone else choice for choice in value))
    return kept if value == gone else value
