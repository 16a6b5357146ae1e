"""Own fields of which no two contacts may hold the same value."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.people.importing.drafts import Drafts
from fairlead.records.imports.columns import Column
from fairlead.records.imports.plug import Context
from fairlead.records.imports.problems import Fault
from fairlead.records.public import CustomField, FieldValue

TAKEN = "Another record already has this value."


def fields(drafts: Drafts, context: Context) -> list[CustomField]:
    """Return the unique fields that the file fills."""
    return [f for f in context.custom.values() if f.is_unique and f.key in drafts.custom]


def keys(drafts: Drafts, context: Context) -> set[str]:
    """Return the unique values of a chunk: chunks that share one are written one after the other."""
    values = ((f.key, v) for f in fields(drafts, context) for v in drafts.custom[f.key] if v is not None)
    return {f"unique {name} {key}" for name, value in values for key in value.keys}


def refused(drafts: Drafts, found: Sequence[UUID | None], context: Context) -> dict[int, list[Fault]]:
    """Return what is wrong in the rows whose value another contact has, known or of an earlier row."""
    wrong: dict[int, list[Fault]] = {}
    for field in fields(drafts, context):
        values = drafts.custom[field.key]
        wanted = {key for value in values if value is not None for key in value.keys}
        rows = FieldValue.rows().filter(field_id=field.id, key__in=wanted)
        holders: dict[str, UUID | int] = dict(rows.values_list("key", "record_id"))
        column = next((c for c, _ in drafts.batch.columns if c.target == field.name), None)
        for index, value in enumerate(values):
            me: UUID | int = found[index] or index
            if value is not None and any(holders.setdefault(key, me) != me for key in value.keys):
                wrong.setdefault(index, []).append(_fault(drafts, index, column))
    return wrong


def _fault(drafts: Drafts, index: int, column: Column | None) -> Fault:
    if column is None:
        return Fault("", "", TAKEN)
    cells = drafts.batch.cells[index]
    return Fault(column.header, cells[column.index].strip() if column.index < len(cells) else "", TAKEN)
