"""Reading the library: the custom fields of a noun, and values that must be unique."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from fairlead.kernel.errors import InvalidInput
from fairlead.records.custom.keys import keys
from fairlead.records.models import CustomField, FieldValue
from fairlead.tenancy.public import advisory


def custom_fields(noun: str, *, archived: bool = False) -> list[CustomField]:
    """Return the custom fields of a noun in their order (one query); archived ones only when asked for."""
    rows = CustomField.rows().filter(noun=noun)
    return list(rows if archived else rows.filter(archived_at=None))


def refuse_duplicates(fields: Iterable[CustomField], custom: Mapping[str, Any], *, but: UUID | None = None) -> None:
    """Raise `InvalidInput` when another record holds the value of a unique field.

    Takes an advisory lock on each value until the transaction ends, so that two writers cannot both find it free.
    """
    for field in fields:
        if is_taken(field, custom, but=(but,) if but else ()):
            raise InvalidInput({field.name: ["Another record already has this value."]}, code="taken")


def is_taken(field: CustomField, custom: Mapping[str, Any], *, but: Collection[UUID]) -> bool:
    """Tell whether records other than `but` hold what `custom` has for a unique field; locks as `refuse_duplicates`."""
    if not field.is_unique or field.key not in custom:
        return False
    for key in keys(field.type, custom[field.key]):
        advisory.exclusive(f"records.unique {field.id} {key}")
        if FieldValue.rows().filter(field_id=field.id, key=key).exclude(record_id__in=but).exists():
            return True
    return False
