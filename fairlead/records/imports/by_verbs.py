"""Sessions of nouns whose records an import writes one by one, by the verbs that people use.

A noun says how it reads rows (`drafts`), which records they mean (`matches`) and how one is put (`put`); what is to be
done with each row, the rehearsal's samples, the memory of the run and its reverting are here once. Contacts come by the
hundred thousand and are written in bulk; they share `parsers` only.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.db import transaction

from fairlead.kernel.errors import InvalidInput
from fairlead.records import nouns
from fairlead.records.imports import convert
from fairlead.records.imports.by_rules import NOT_YOURS, steps
from fairlead.records.imports.columns import Column
from fairlead.records.imports.convert import Batch, Parse
from fairlead.records.imports.plug import Context, Moved, Plan, targets_of
from fairlead.records.imports.problems import Fault, Problem
from fairlead.records.imports.samples import Row, Wording
from fairlead.records.models import ImportChange, ImportRun, Record
from fairlead.tenancy.public import Actor

SAMPLES = 20  # a chunk
R = TypeVar("R", bound=Record)


@dataclass
class Draft(ABC, Generic[R]):
    """A row: its index in the batch, `values` as the verbs take them, the record that it is, and what would change."""

    index: int
    values: dict[str, Any] = field(default_factory=dict)
    known: R | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    @abstractmethod
    def keys(self) -> list[str]:
        """Return what the record is recognised by, the surest first."""


D = TypeVar("D", bound=Draft[Any])


def parsers(
    context: Context, noun: str, own: Callable[[Column], Parse | None] = lambda column: None
) -> dict[int, Parse]:
    """Return how each mapped column is read: a custom field, as the noun's `own` does, or as its type is."""
    known = {t.name: t for t in targets_of(noun)}
    found: dict[int, Parse] = {}
    for column in context.columns:
        name = column.target or ""
        if name.startswith("custom."):
            found[column.index] = convert.custom(column, context.custom[name.removeprefix("custom.")], context.home)
        elif name in known:
            plain = convert.standard(column, known[name], context.home.time_zone)
            found[column.index] = own(column) or plain
    return found


class RecordSession(ABC, Generic[D, R]):
    """One run. `title` is the value that names a record, `attributes` where a value is kept under another name."""

    noun: ClassVar[str]
    model: type[R]
    title: ClassVar[str] = "name"
    attributes: ClassVar[Mapping[str, str]] = {}

    def __init__(self, context: Context) -> None:
        self.context = context

    @abstractmethod
    def drafts(self, batch: Batch) -> list[D]:
        """Return the rows with names made records; what they refer to and is missing may be made."""

    @abstractmethod
    def usable(self, drafts: Iterable[D], result: Plan) -> list[D]:
        """Return the rows that can be used, those of one record as one; the rest is noted in `result`."""

    @abstractmethod
    def matches(self, drafts: Sequence[D]) -> Mapping[str, R]:
        """Return the records that the rows may mean, by key."""

    @abstractmethod
    def put(self, draft: D, found: R | None) -> tuple[UUID, int]:
        """Create the record, or change `found`, by the verbs; return its id and its version then."""

    @property
    @abstractmethod
    def made(self) -> dict[str, list[str]]:
        """Return the names of what the run made, or would make, by the way: kind to names."""

    def own_parser(self, column: Column) -> Parse | None:
        """Return how the noun reads a column in a way of its own, None for the usual way."""
        return None

    def differs(self, draft: D) -> bool:
        """Tell whether a row changes the record that it is."""
        return bool(draft.changes)

    def before(self, draft: D, found: R) -> dict[str, Any]:
        """Return what reverting sets again."""
        return {name: _plain(self.value(found, name)) for name in draft.changes}

    @cached_property
    def wording(self) -> Wording:
        """Return what puts the rehearsal's values into words."""
        return Wording(self.noun, self.context)

    def sample(self, draft: D) -> list[Row]:
        """Return a row's fields for the rehearsal: before and after."""
        after = draft.changes if draft.known else draft.values
        names = [*after, *self.wording.currencies]
        before = {name: self.value(draft.known, name) for name in names} if draft.known else {}
        return self.wording.rows(before, after)

    def value(self, record: R, name: str) -> Any:
        """Return what a record holds."""
        return getattr(record, self.attributes.get(name, name))

    def parsers(self) -> Mapping[int, Parse]:
        """Return how each mapped column is read."""
        return parsers(self.context, self.noun, self.own_parser)

    def new_keys(self, plan: Plan) -> list[str]:
        """Return a key of each new record."""
        return [next(iter(d.keys), "") for d in plan.content if d.known is None]

    def plan(self, batch: Batch) -> Plan:
        """Match rows with records, and say what becomes of each."""
        result = Plan(batch, problems=list(batch.problems))
        drafts = self.usable(self.drafts(batch), result)
        known = self.matches(drafts)
        for draft in drafts:
            draft.known = next((known[k] for k in draft.keys if k in known), None)
        drafts = self._apart(drafts, result)
        result.content, result.made = [d for d in drafts if self._wanted(d, result)], self.made
        result.samples = [
            {
                "line": batch.lines[d.index],
                "kind": "updated" if d.known else "created",
                "record_id": str(d.known.pk) if d.known else None,
                "name": d.values[self.title],
                "changes": self.sample(d),
            }
            for d in result.content[: SAMPLES if self.context.rehearsal else 0]
        ]
        return result

    def _apart(self, drafts: Iterable[D], result: Plan) -> list[D]:
        """Return the rows without those that mean a known record that an earlier one means: they fill what it leaves.

        Written one after the other, the second would find the record changed since the plan, however often it is
        planned. With another id elsewhere a row means another record, which is yet to be made.
        """
        first: dict[UUID, D] = {}
        kept: list[D] = []
        for draft in drafts:
            one = first.setdefault(draft.known.pk, draft) if draft.known else draft
            ids = {d.values.get("external_id") for d in (one, draft)} - {None, ""}
            if one is draft or len(ids) > 1:
                draft.known = draft.known if one is draft else None
                kept.append(draft)
            else:
                self.absorb(one, draft)
                result.merged += 1
        return kept

    def absorb(self, draft: D, other: D) -> None:
        """Let a row take over what a later one of the same record says beyond it."""
        own = {**other.values.get("custom", {}), **draft.values.get("custom", {})}
        draft.values = {**other.values, **draft.values, **({"custom": own} if own else {})}

    def _wanted(self, draft: D, result: Plan) -> bool:
        mode = self.context.options.mode
        if draft.known is None and mode != "update":
            if faults := self.context.lacking(draft.values.get("custom", {})):
                refuse(result, draft.index, *faults)
                return False
            result.created += 1
            return True
        if draft.known is None or mode == "create":
            result.skipped += 1
            return False
        draft.changes = self.changes(draft, draft.known)
        differs = self.differs(draft)
        result.updated += differs
        result.unchanged += not differs
        return differs

    def changes(self, draft: D, known: R) -> dict[str, Any]:
        """Return what a row sets: empty fields, filled ones too when the options say so; an empty cell nothing."""
        changes: dict[str, Any] = {}
        overwrite = self.context.options.overwrite
        for name, value in draft.values.items():
            old = self.value(known, name)
            if name == "custom":
                more = {k: v for k, v in value.items() if (overwrite or k not in old) and old.get(k) != v}
                changes |= {"custom": more} if more else {}
            elif value not in (None, "", old) and (overwrite or not old):
                changes[name] = value
        return changes

    def write(self, plan: Plan) -> None:
        """Create and change by the verbs, which check and tell the log; a refused row is reported."""
        for draft in plan.content:
            try:
                self._write(draft, plan.batch.number)
            except InvalidInput as error:
                refuse(plan, draft.index, *_faults(plan.batch, draft.index, error))
                plan.created -= draft.known is None
                plan.updated -= draft.known is not None

    def _write(self, draft: D, chunk: int) -> None:
        found, before = None, {}
        if draft.known is not None:
            found = self.model.rows().filter(pk=draft.known.pk, version=draft.known.version).first()
            if found is None:
                raise Moved
            before = self.before(draft, found)
        pk, version = self.put(draft, found)
        ImportChange.objects.create(
            run_id=self.context.run_id, chunk=chunk, noun=self.noun, record_id=pk,
            is_new=found is None, version=version, before=before,
        )  # fmt: skip


def refuse(plan: Plan, index: int, *faults: Fault) -> None:
    """Report a row of a plan's batch."""
    plan.problems.append(Problem(plan.batch.lines[index], faults, plan.batch.cells[index]))


def _faults(batch: Batch, index: int, error: InvalidInput) -> list[Fault]:
    """Return what the verbs refused, each at the column that it came from."""
    columns = {column.target: column for column, _ in batch.columns}
    found = [(columns.get(name), " ".join(messages)) for name, messages in error.fields.items()]
    return [Fault(c.header, batch.cells[index][c.index].strip(), m) if c else Fault("", "", m) for c, m in found]


def revert_chunk(
    run: ImportRun, chunk: int, noun: str, model: type[R],
    *, bin_them: Callable[..., object], put_back: Callable[[R, dict[str, Any]], int], by: Actor,
) -> tuple[int, list[dict[str, str]]]:  # fmt: skip
    """Bin a chunk's new records and set old values again, where nobody but rules has changed the record since.

    `bin_them` takes ids, `put_back` a record and its values before and returns its version then. Returns how many
    records are as they were, and those left alone (id, name, why).
    """
    kept, reverted = list[dict[str, str]](), 0
    changes = list(ImportChange.rows().filter(run=run, chunk=chunk, noun=noun))
    written = min((c.created_at for c in changes), default=run.created_at)
    by_rules = steps(noun, ids := [c.record_id for c in changes], written)
    seen = set(nouns.get(noun).visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    for change in changes:
        record = model.rows().filter(pk=change.record_id).first()
        why = _why_kept(record, change.version + by_rules[change.record_id], seen)
        if record is None or why:
            shown = record is not None and (by.visible_owners is None or record.pk in seen)
            kept.append({"id": str(change.record_id), "name": str(record) if shown else "", "why": why})
            continue
        if change.is_new:
            bin_them([record.pk], by=by)
        else:
            try:
                with transaction.atomic():
                    version = put_back(record, _whole(record, change.before))
            except InvalidInput as error:  # who owned it has left, say
                why = " ".join(message for messages in error.fields.values() for message in messages)
                kept.append({"id": str(change.record_id), "name": str(record), "why": why})
                continue
            earlier = ImportChange.rows().filter(run=run, record_id=record.pk, chunk__lt=chunk)
            earlier.update(version=version)
        reverted += 1
    return reverted, kept


def _why_kept(record: Record | None, version: int, seen: Container[UUID]) -> str:
    """Return why a record stays as it is, "" for one that goes back."""
    if record is None or record.deleted_at is not None or record.version > version:
        return "changed since"
    return "" if record.pk in seen else NOT_YOURS


def _whole(record: Record, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values before, with None for the custom fields that were empty then."""
    own = before.get("custom")
    return {**before} if own is None else {**before, "custom": {k: own.get(k) for k in {*record.custom, *own}}}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) or hasattr(value, "isoformat") else value
