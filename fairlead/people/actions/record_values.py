"""What creating and updating contacts and companies share: cleaning, references, versions, what changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.events.public import NewEvent
from fairlead.kernel.errors import InvalidInput, Refusals, StaleVersion
from fairlead.people import access
from fairlead.records.public import CustomField, Field, FieldType, Record, cleaning, custom
from fairlead.tenancy.public import Actor

PREFIX = "custom."
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


def without_kept(record: Record, fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values without choices that the record has already: those stay, even if they are offered no more."""
    kept = {f.name: getattr(record, f.attribute) for f in fields.values() if f.type is FieldType.CHOICE}
    return {name: value for name, value in values.items() if not value or value != kept.get(name)}


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


class Taken(NamedTuple):
    """The values that a record has taken over: the cleaned standard ones, what changed, its own fields."""

    cleaned: dict[str, Any]
    changes: dict[str, list[Any]]
    own: "CustomValues"


def take(
    record: Record,
    fields: Mapping[str, Field],
    values: Mapping[str, Any],
    given: Mapping[str, Any],
    *,
    by: Actor,
    beside: Callable[[], Mapping[str, list[Any]]] = dict,
) -> Taken:
    """Check and set standard values, custom ones (`given`), and what `beside` sets.

    Raises `InvalidInput` that names every wrong one.
    """
    wrong, changes = Refusals(), dict[str, list[Any]]()
    with wrong:
        cleaned = cleaning.clean_values(fields.values(), values)
        check_references(fields, cleaned, by)
        changes |= assign(record, fields, cleaned)
    with wrong:
        changes |= beside()
    with wrong:
        own = apply_custom(record, record._meta.model_name or "", given, by=by)
    wrong.tell()
    return Taken(cleaned, changes | own.changes, own)


def as_json(value: Any) -> Any:
    """Return a value as it appears in an event."""
    if isinstance(value, UUID):
        return str(value)
    return value if isinstance(value, JSON_TYPES) else value.isoformat()


def words(fields: Mapping[str, Field], names: Any, extra: "CustomValues | None" = None) -> str:
    """Return the labels of the changed fields as the event words them."""
    labels = {n: f.label.lower() for n, f in fields.items()}
    labels |= {f.name: f.label for f in extra.fields} if extra else {}
    return ", ".join(labels.get(n, n) for n in names)


class OwnerNames(dict[UUID | None, str]):
    """The names of owners by their membership, each read once."""

    def __missing__(self, owner_id: UUID | None) -> str:
        """Read a name."""
        found = Membership.rows().select_related("user").filter(pk=owner_id).first() if owner_id else None
        self[owner_id] = found.user.name if found else "nobody"
        return self[owner_id]


def owner_changed(noun: str, record: Record, before: UUID | None, names: OwnerNames) -> list[NewEvent]:
    """Return the event of a new owner, nothing when it is the old one."""
    if record.owner_id == before:
        return []
    data = {"to": names[record.owner_id], "from_id": as_json(before), "to_id": as_json(record.owner_id)}
    contact, company = (record.pk, None) if noun == "contact" else (None, record.pk)
    return [NewEvent(f"{noun}.owner_changed", (noun, record.pk), contact, company, data)]


def split_custom(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the plain values and the custom ones by key, given as `custom.<key>` or in a mapping `custom`."""
    plain: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for name, value in values.items():
        if name == "custom":
            if not isinstance(value, Mapping):
                raise InvalidInput({"custom": ["An object of custom values by key is expected."]})
            given |= value
        elif name.startswith(PREFIX):
            given[name.removeprefix(PREFIX)] = value
        else:
            plain[name] = value
    return plain, given


@dataclass(frozen=True)
class CustomValues:
    """The custom values of one record around a change: what they were, and which `custom.<key>` changed how."""

    fields: Sequence[CustomField]
    before: Mapping[str, Any]
    changes: dict[str, list[Any]]

    def store(self, record: Record) -> None:
        """Bring the index of custom values up to date, once the record is saved."""
        if self.changes:
            custom.index_values(self.fields, [custom.Change(record.pk, self.before, record.custom)])


def apply_custom(record: Record, noun: str, given: Mapping[str, Any], *, by: Actor) -> CustomValues:
    """Clean custom values and set them on the record; a new record gets defaults and must have what is required."""
    is_new = record._state.adding
    if not given and not is_new:
        return CustomValues((), record.custom, {})
    known = custom.custom_fields(noun, archived=True)
    fields = [f for f in known if f.archived_at is None]
    if not fields and not given:
        return CustomValues((), {}, {})
    before = {} if is_new else dict(record.custom)
    after = custom.clean_custom(fields, given, before=None if is_new else before, home=custom.Home.of_firm())
    changes = {PREFIX + k: [before.get(k), after.get(k)] for k in {**before, **after} if before.get(k) != after.get(k)}
    changed = {name.removeprefix(PREFIX) for name in changes}
    unique = [f for f in fields if f.key in changed]
    custom.refuse_duplicates(unique, after, but=None if is_new else record.pk)
    record.custom = after
    return CustomValues(known, before, changes)  # what is put back may be the value of a field in the archive


def forget_custom(noun: str, records: Sequence[Record]) -> None:
    """Take the custom values of records that are deleted for good out of the index."""
    custom.index_values(custom.custom_fields(noun, archived=True), [custom.Change(r.pk, r.custom, {}) for r in records])
