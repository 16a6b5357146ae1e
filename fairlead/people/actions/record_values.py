"""What creating and updating contacts and companies share: cleaning, references, versions, what changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.kernel.errors import InvalidInput, StaleVersion
from fairlead.people import access
from fairlead.records.public import Field, FieldType, Record
from fairlead.tenancy.public import Actor

JSON_TYPES = (str, int, bool, type(None), list, dict)


def check_references(fields: Mapping[str, Field], values: Mapping[str, Any], by: Actor) -> None:
    """Raise `InvalidInput` for an owner who is no active member or a company that the actor may not see."""
    for name, value in values.items():
        if value is None or name not in fields:
            continue
        kind = fields[name].type
        if kind is FieldType.MEMBER and not Membership.rows().filter(pk=value, deactivated_at=None).exists():
            raise InvalidInput({name: ["Nobody active in this firm has this id."]})
        if kind is FieldType.COMPANY and not access.companies(by).filter(pk=value).exists():
            raise InvalidInput({name: ["No company has this id."]})


def check_version(record: Record, version: int | None) -> None:
    """Raise `StaleVersion` when the caller read an older version than the row now has."""
    if version is not None and version != record.version:
        raise StaleVersion("Somebody changed this record since you opened it.", current=record.version)


def assign(record: Record, fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the values on the record and return what really changed: field name to [before, after] as JSON."""
    changes: dict[str, list[Any]] = {}
    for name, value in values.items():
        attribute = fields[name].attribute
        before = getattr(record, attribute)
        if before != value:
            setattr(record, attribute, value)
            changes[name] = [as_json(before), as_json(value)]
    return changes


def as_json(value: Any) -> Any:
    """Return a value as it appears in an event."""
    if isinstance(value, UUID):
        return str(value)
    return value if isinstance(value, JSON_TYPES) else value.isoformat()


def words(fields: Mapping[str, Field], names: Any) -> str:
    """Return the labels of the changed fields as the event words them."""
    return ", ".join(fields[n].label.lower() if n in fields else n for n in names)
