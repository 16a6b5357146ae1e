"""The columns that a list of any noun offers, and the values that stand in them."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.kernel import money
from fairlead.records import nouns
from fairlead.records.criteria import memberships
from fairlead.records.criteria.vocabulary import RELATIONS
from fairlead.records.fields import Field, FieldType
from fairlead.records.models import CustomField
from fairlead.records.nouns import Noun
from fairlead.records.plain_words import PLAIN_WORDS
from fairlead.shell.lists import CellKind, Link, Option, Person
from fairlead.tenancy.public import Actor

KINDS: dict[FieldType, CellKind] = {
    FieldType.EMAIL: "email",
    FieldType.PHONE: "phone",
    FieldType.URL: "url",
    FieldType.NUMBER: "number",
    FieldType.MONEY: "money",
    FieldType.BOOLEAN: "bool",
    FieldType.DATE: "date",
    FieldType.DATETIME: "datetime",
    FieldType.CHOICE: "options",
    FieldType.MULTI_CHOICE: "options",
    FieldType.MEMBER: "person",
    FieldType.COMPANY: "link",
    FieldType.REFERENCE: "options",
}


@dataclass(frozen=True)
class Offered:
    """A column: a field of the noun, a custom field, or a kind of membership."""

    key: str
    label: str
    kind: CellKind
    group: str
    field: Field | None = None
    custom: CustomField | None = None
    membership: memberships.Kind | None = None

    @property
    def sortable(self) -> bool:
        """Tell whether the list may be ordered by it."""
        return self.field is not None and self.field.sortable

    @property
    def several(self) -> bool:
        """Tell whether a record may have several values of it."""
        return self.field is None or self.field.type is FieldType.MULTI_CHOICE


def offered(noun: Noun, custom: Iterable[CustomField]) -> list[Offered]:
    """Return every column of the noun: its fields, the firm's own, memberships."""
    found = [Offered(f.name, f.label, KINDS.get(f.type, "text"), f.group, f) for f in noun.every_field]
    found += [
        Offered(kind.name, kind.label, "tags", "Memberships", membership=kind)
        for kind in memberships.of_noun(noun.name)
        if kind.of_records is not None
    ]
    for own in custom:
        field = own.as_field()
        found.append(Offered(own.name, own.label, KINDS.get(own.type, "text"), own.group, field, own))
    return found


def chosen(columns: Sequence[Offered], keys: Iterable[str], noun: Noun) -> list[Offered]:
    """Return the columns to show: the noun's first one always leads; unknown and repeated keys are passed over."""
    by_key = {column.key: column for column in columns}
    wanted = [key for key in keys if key in by_key] or list(noun.default_columns)
    return [by_key[key] for key in dict.fromkeys([noun.default_columns[0], *wanted]) if key in by_key]


class Values:
    """Turns records as `lists.page` reads them into the values of cells; loads the names of all ids at once.

    `for_file` writes amounts as programs read them.
    """

    def __init__(
        self,
        noun: Noun,
        columns: Sequence[Offered],
        actor: Actor,
        link: Callable[[Noun, UUID], str],
        *,
        for_file: bool = False,
    ) -> None:
        self._shown = _SHOWN | {FieldType.MONEY: _written} if for_file else _SHOWN
        self.noun = noun
        self.columns = columns
        self.actor = actor
        self.link = link

    @property
    def names(self) -> list[str]:
        """Return the names to read."""
        standard = [c.field.name for c in self.columns if c.field and not c.custom]
        standard += [c.field.currency for c in self.columns if c.field and c.field.currency]
        return ["id", *dict.fromkeys(standard), *(["custom"] if any(c.custom for c in self.columns) else [])]

    def rows(self, records: Sequence[dict[str, Any]]) -> list[list[Any]]:
        """Return the values of each record, in the order of the columns."""
        columns = [self._column(column, records) for column in self.columns]
        return [list(row) for row in zip(*columns, strict=True)]

    def _column(self, column: Offered, records: Sequence[dict[str, Any]]) -> list[Any]:
        if column.membership is not None:
            return self._members(column.membership, [r["id"] for r in records])
        assert column.field is not None
        if column.custom is not None:
            values = [self._custom(r).get(column.custom.key) for r in records]
        else:
            values = [_stored(column.field, r) for r in records]
        if column.field.type is FieldType.MEMBER:
            return self._people(values)
        if column.field.type in RELATIONS:
            return self._related(nouns.get(RELATIONS[column.field.type]), values)
        shown = self._shown.get(column.field.type)
        if column.field.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE, FieldType.REFERENCE):
            many = [[str(v) for v in value] if isinstance(value, list) else [str(value or "")] for value in values]
            known = _told_apart(_options(column), {v for held in many for v in held})
            return [[known.get(v) or Option(v) for v in held if v] for held in many]
        return [shown(v) if shown and v not in (None, "") else v for v in values]

    def _custom(self, record: dict[str, Any]) -> Mapping[str, Any]:
        if isinstance(record["custom"], str):
            record["custom"] = json.loads(record["custom"])
        found: Mapping[str, Any] = record["custom"]
        return found

    def _members(self, kind: memberships.Kind, ids: Sequence[UUID]) -> list[Any]:
        assert kind.of_records is not None
        found = kind.of_records(self.noun.name, ids)
        return [[Option(o.label, o.color or "slate") for o in found.get(pk, ())] for pk in ids]

    def _people(self, ids: Sequence[UUID | None]) -> list[Any]:
        rows = Membership.rows().filter(pk__in={pk for pk in ids if pk}).select_related("user")
        known = {m.pk: Person(m.user.name) for m in rows.only("user__first_name", "user__last_name", "user__email")}
        return [known.get(pk) if pk else None for pk in ids]

    def _related(self, noun: Noun, ids: Sequence[UUID | None]) -> list[Any]:
        """Name only the related records that the actor may see."""
        if not self.actor.can(noun.permission("view")):
            return [None] * len(ids)
        rows = noun.visible(self.actor).filter(pk__in={pk for pk in ids if pk}).only("name")
        known = {r.pk: Link(str(r), self.link(noun, r.pk)) for r in rows}
        return [known.get(pk) if pk else None for pk in ids]


def _stored(field: Field, record: Mapping[str, Any]) -> Any:
    value = record[field.name]
    if not field.currency:
        return value
    return None if value is None else {"amount": value, "currency": record[field.currency]}


def _options(column: Offered) -> Iterable[Any]:
    assert column.field is not None
    if column.custom is None:
        return column.field.options
    return column.custom.every_choice


def _told_apart(options: Iterable[Any], held: Set[str]) -> dict[str, Option]:
    """Return how the values that a page holds are shown on it: shortly, but for those that would look alike."""
    shown = [o for o in options if o.value in held]
    often = Counter(o.short for o in shown)
    return {o.value: Option(o.short if often[o.short] == 1 and o.short else o.label, o.color or "slate") for o in shown}


def _date(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _datetime(value: Any) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _written(value: Any) -> str:
    return money.written(value["amount"], value["currency"])


_SHOWN: dict[FieldType, Callable[[Any], Any]] = {
    **{kind: PLAIN_WORDS[kind] for kind in (FieldType.COUNTRY, FieldType.MONEY)},
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
}
