"""Rows as people: what the columns of a batch say about each person, and one person's rows folded into one."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat, zip_longest
from typing import Any, NamedTuple, TypeVar

from fairlead.people.importing.headers import pair_number
from fairlead.people.importing.targets import BOUNCED, MULTIPLE, Blocked
from fairlead.people.models import Consent, Suppression
from fairlead.people.nouns.contact import FIELDS
from fairlead.records.imports.columns import Column
from fairlead.records.imports.convert import Batch, CustomValue
from fairlead.records.imports.plug import Context


class Address(NamedTuple):
    """An email address: as written, in the form it is compared by, and its label."""

    written: str
    norm: str
    label: str


class Number(NamedTuple):
    """A phone number as typed and its label."""

    typed: str
    label: str


T = TypeVar("T")
CHANNELS = ("channel_email", "welcome_channels", "refused_channels")
KEPT = ("company", "owner", "converted_by", "consent", "opt_out_date", *CHANNELS)
_STRICTNESS = (None, "", str(Consent.OPTED_IN), str(Consent.PENDING), BOUNCED, str(Consent.OPTED_OUT))
# One value a person that goes into the field of that name, as it was read.
PLAIN = {f.name for f in FIELDS if f.importable and f.editable} - {*MULTIPLE, *KEPT} | {
    "created_at",
    "last_activity_at",
    "converted_at",
}


@dataclass(slots=True)
class Drafts:
    """The people of a batch, column by column; `plain` and `kept` hold only the columns that are mapped."""

    batch: Batch
    plain: dict[str, list[Any]] = field(default_factory=dict)
    kept: dict[str, list[Any]] = field(default_factory=dict)
    custom: dict[str, list[CustomValue | None]] = field(default_factory=dict)
    emails: list[tuple[Address, ...]] = field(default_factory=list)
    phones: list[tuple[Number, ...]] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    lists: list[tuple[str, ...]] = field(default_factory=list)
    left: list[tuple[str, ...]] = field(default_factory=list)
    blocked: list[tuple[Blocked, ...]] = field(default_factory=list)
    extras: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    merged: int = 0

    @property
    def size(self) -> int:
        """Return the number of people."""
        return self.batch.size

    def says_who(self, index: int) -> bool:
        """Tell whether a person has anything that a new contact needs one of (`contacts.KNOWN_BY`)."""
        columns = (self.plain.get("first_name"), self.plain.get("last_name"), self.kept.get("company"))
        return bool(self.emails[index] or self.phones[index] or any(c and c[index] for c in columns))

    def channels(self, index: int) -> dict[str, bool]:
        """Return by which channels a person is glad to be reached, and by which not; refusal is the last word."""
        email, welcome, refused = (self.kept[name][index] if name in self.kept else None for name in CHANNELS)
        said = {} if email is None else {"email": bool(email)}
        return {**dict.fromkeys(welcome or (), True), **said, **dict.fromkeys(refused or (), False)}

    def scalars(self) -> list[list[Any]]:
        """Return every column with one value a person."""
        return [*self.plain.values(), *self.kept.values(), *self.custom.values()]

    def groups(self) -> list[list[tuple[Any, ...]]]:
        """Return every column with several values a person."""
        return [self.emails, self.phones, self.tags, self.lists, self.left, self.blocked, *self.extras.values()]


def draft(batch: Batch, context: Context, extras: Sequence[str]) -> Drafts:
    """Return the people of the batch."""
    size = batch.size
    drafts = Drafts(batch)
    for column, values in batch.columns:
        name = column.target or ""
        if name in PLAIN:
            drafts.plain[name] = values
        elif name in KEPT:
            drafts.kept[name] = _strictest(drafts.kept[name], values) if name in drafts.kept else values
        elif name.startswith("custom."):
            drafts.custom[name.removeprefix("custom.")] = values
    if dates := drafts.kept.get("opt_out_date"):
        words = drafts.kept.get("consent", [None] * size)
        drafts.kept["consent"] = _strictest(words, [str(Consent.OPTED_OUT) if day else None for day in dates])
    _names(drafts)
    _addresses(drafts)
    addresses = _with_labels(batch, "email", lambda typed, label: Address(typed, typed.lower(), label))
    drafts.emails = _joined(addresses, size, lambda a: a.norm)
    numbers = _with_labels(batch, "phone", lambda typed, label: Number(typed[:60], label))
    drafts.phones = _joined(numbers, size, lambda n: n.typed)
    drafts.tags = _words(batch, ("tags", "labels"), context.options.tags)
    drafts.lists = _words(batch, ("lists",), context.options.lists)
    drafts.left = _words(batch, ("lists_left",), ())
    drafts.blocked = _joined([[v or () for v in values] for _, values in batch.of("blocked")], size, lambda a: a)
    for name in extras:
        if found := batch.of(name):
            drafts.extras[name] = [tuple(v for v in row if v) for row in zip(*(v for _, v in found), strict=True)]
    assert size == len(drafts.emails)
    return drafts


def _strictest(words: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Return the stricter word of two columns of consent: "Consent" and "Do not contact", say."""
    return [max(both, key=_STRICTNESS.index) for both in zip(words, others, strict=True)]


def _names(drafts: Drafts) -> None:
    """Split full names where no part is given, and keep middle names with the first."""
    for _, values in drafts.batch.of("full_name"):
        parts = [_split_name(v) if v else (None, None) for v in values]
        for position, name in enumerate(("first_name", "last_name")):
            given = drafts.plain.get(name, [None] * len(parts))
            drafts.plain[name] = [g or part[position] for g, part in zip(given, parts, strict=True)]
    for _, values in drafts.batch.of("middle_name"):
        first = drafts.plain.get("first_name", [None] * len(values))
        drafts.plain["first_name"] = [" ".join(filter(None, both)) or None for both in zip(first, values, strict=True)]


def _split_name(name: str) -> tuple[str, str]:
    if "," in name:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return (first.strip(), last) if first else (last, "")


def _addresses(drafts: Drafts) -> None:
    """Fill the parts of the postal address from a written one where they are not given themselves."""
    for _, values in drafts.batch.of("address"):
        for part in ("street", "postal_code", "city", "country"):
            given = drafts.plain.get(part, [None] * len(values))
            drafts.plain[part] = [g or (v or {}).get(part) for g, v in zip(given, values, strict=True)]


def _with_labels(batch: Batch, target: str, make: Callable[[str, str], T]) -> list[list[tuple[T, ...]]]:
    """Return what each column of a target (`email`) and of its plural hold a row, made of a value and its label."""
    found: list[list[tuple[T, ...]]] = []
    for column, values, marks in _labelled(batch, target):
        beside = zip(values, marks or repeat(column.label), strict=False)
        if column.pair:
            found.append([tuple(make(one, label or "") for one in row or ()) for row, label in beside])
        else:
            found.append([(make(value, label or ""),) if value else () for value, label in beside])
    for column, values, marks in _labelled(batch, f"{target}s"):
        found.append([
            tuple(make(one, label) for one, label in _beside(row, marks, index, column.label)) if row else ()
            for index, row in enumerate(values)
        ])  # fmt: skip
    return found


def _labelled(batch: Batch, target: str) -> Iterator[tuple[Column, list[Any], list[Any] | None]]:
    """Yield the columns of a target in their order, each with the labels of its pair, or with the next that have none.

    The labels of `email` are in `email_label`, those of `emails` in `email_labels`.
    """
    name = f"{target[:-1]}_labels" if target.endswith("s") else f"{target}_label"
    paired = {c.pair: v for c, v in batch.of(name) if c.pair}
    others = iter([v for c, v in batch.of(name) if not c.pair])
    for column, values in sorted(batch.of(target), key=lambda cv: pair_number(cv[0].pair)):
        given = next(others, None) if not column.pair and not column.label else None
        yield column, values, paired.get(column.pair) if column.pair else given


def _beside(
    values: tuple[str, ...], marks: Sequence[tuple[str, ...] | None] | None, index: int, usual: str
) -> Iterator[tuple[str, str]]:
    """Yield the values of a row's cell, each with its label."""
    labels = (marks[index] if marks else None) or ()
    return zip_longest(values, labels[: len(values)], fillvalue=usual)


def _words(batch: Batch, targets: Sequence[str], always: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = [[v or () for v in values] for target in targets for _, values in batch.of(target)]
    if always:
        found.append([always] * batch.size)
    return _joined(found, batch.size, lambda word: word)


def bounce(addresses: Sequence[Address]) -> Blocked:
    """Return the first of somebody's addresses as one that bounced."""
    return Blocked("email", addresses[0].norm, str(Suppression.Reason.BOUNCE))


def _joined(columns: list[list[tuple[Any, ...]]], size: int, key: Callable[[Any], Hashable]) -> list[tuple[Any, ...]]:
    """Return the columns' values side by side, each once a person."""
    if not columns:
        return [()] * size
    if len(columns) == 1:
        return columns[0]
    return [_once(sum(row, ()), key) for row in zip(*columns, strict=True)]


def _once(values: tuple[Any, ...], key: Callable[[Any], Hashable]) -> tuple[Any, ...]:
    if len(values) < 2:
        return values
    first: dict[Hashable, Any] = {}
    for value in values:
        first.setdefault(key(value), value)
    return tuple(first.values())


def fold_rows(drafts: Drafts, keys: Sequence[Hashable | None], *, overwrite: bool) -> None:
    """Fold rows with the same key into the first of them: the first filled value stays, the last if `overwrite`."""
    first: dict[Hashable, int] = {}
    gone: dict[int, Any] = {}
    for index, key in enumerate(keys):
        if key is None:
            continue
        target = first.setdefault(key, index)
        if target != index:
            _absorb(drafts, target, index, overwrite)
            gone[index] = None
    if gone:
        drafts.merged += len(gone)
        keep_only(drafts, [i for i in range(drafts.size) if i not in gone])


def _absorb(drafts: Drafts, target: int, index: int, overwrite: bool) -> None:
    for column in drafts.scalars():
        if column[index] is not None and (overwrite or column[target] is None):
            column[target] = column[index]
    drafts.emails[target] = _once(drafts.emails[target] + drafts.emails[index], lambda a: a.norm)
    drafts.phones[target] = _once(drafts.phones[target] + drafts.phones[index], lambda n: n.typed)
    for group in drafts.groups()[2:]:
        group[target] = _once(group[target] + group[index], lambda v: v)


def keep_only(drafts: Drafts, good: Sequence[int]) -> None:
    """Leave out every person but those at the indexes `good`."""
    batch = drafts.batch
    batch.lines = [batch.lines[i] for i in good]
    batch.cells = [batch.cells[i] for i in good]
    tables: tuple[dict[str, list[Any]], ...] = (drafts.plain, drafts.kept, drafts.custom, drafts.extras)
    for columns in tables:
        for name, values in columns.items():
            columns[name] = [values[i] for i in good]
    for name in ("emails", "phones", "tags", "lists", "left", "blocked"):
        values = getattr(drafts, name)
        setattr(drafts, name, [values[i] for i in good])
