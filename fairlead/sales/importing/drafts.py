"""What the rows of a file say of deals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fairlead.kernel import money
from fairlead.kernel.text import fold
from fairlead.people.public import References, access
from fairlead.records.imports import by_verbs
from fairlead.records.imports.convert import Batch, CustomValue
from fairlead.records.imports.plug import Context
from fairlead.sales import currencies
from fairlead.sales.importing.places import Place, Places
from fairlead.sales.importing.targets import Amount
from fairlead.sales.models import Deal, Outcome

TEXTS = ("title", "priority", "next_step", "description", "source", "external_id", "expected_close")


@dataclass
class Draft(by_verbs.Draft[Deal]):
    """A row, and what goes beside its values. `wrong` is why it cannot be used."""

    raw: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None
    contacts: list[UUID] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    closed_at: datetime | None = None
    created_at: datetime | None = None
    wrong: str = ""

    @property
    def keys(self) -> list[str]:
        """Return what the deal is recognised by: its id elsewhere, else its title with its company."""
        title, company = fold(str(self.values.get("title") or "")), fold(str(self.raw.get("company") or ""))
        external = self.values.get("external_id")
        return ([f"x:{external}"] if external else []) + ([f"n:{title}|{company}"] if title else [])


class Drafts:
    """Reads the rows of one run."""

    def __init__(self, context: Context) -> None:
        self.references = References(context)
        self.places = Places(context.by)
        self._context = context
        self._zone = ZoneInfo(context.home.time_zone)

    def of(self, batch: Batch, *, resolve: bool) -> list[Draft]:
        """Return the rows; with `resolve` names have become records (missing companies are made)."""
        drafts = [Draft(i) for i in range(batch.size)]
        for column, values in batch.columns:
            for draft, value in zip(drafts, values, strict=True):
                if value is not None:
                    _take(draft, column.target or "", value)
        self.places.read()
        for draft in drafts:
            self._read(draft)
        if resolve:
            self._companies(drafts, batch.number)
            self._contacts(drafts)
        return drafts

    def _read(self, draft: Draft) -> None:
        raw = draft.raw
        if not draft.values.get("title"):
            draft.wrong = "The row has no title."
            return
        try:
            draft.place = self.places.of(raw.get("pipeline", ""), raw.get("stage", ""), raw.get("status", ""))
            if isinstance(raw.get("value"), Amount):
                code = raw.get("currency") or raw["value"].currency or currencies.home()
                draft.values |= {"value": money.minor(raw["value"].number, code), "currency": code}
        except ValueError as error:
            draft.wrong = str(error)
            return
        if raw.get("owner"):
            owner = self.references.owner(raw["owner"])
            draft.values |= {"owner": owner} if owner else {}
        draft.tags = [*raw.get("tags", ()), *self._context.options.tags]
        draft.created_at = raw.get("created_at")
        if draft.place.outcome != Outcome.OPEN:
            day = draft.values.get("expected_close")
            draft.closed_at = raw.get("closed_at") or (day and datetime.combine(day, time(12), self._zone))

    def _companies(self, drafts: Iterable[Draft], chunk: int) -> None:
        wanted = [d for d in drafts if d.raw.get("company") and not d.wrong]
        found = self.references.companies([d.raw["company"] for d in wanted], chunk)
        for draft in wanted:
            pk = found.get(fold(draft.raw["company"]))
            draft.values |= {"company": UUID(pk)} if pk else {}

    def _contacts(self, drafts: Iterable[Draft]) -> None:
        wanted = {name for d in drafts for name in d.raw.get("contacts", ())}
        if not wanted:
            return
        people = _people(access.contacts(self._context.by), wanted)
        for draft in drafts:
            for name in draft.raw.get("contacts", ()):
                if name in people:
                    draft.contacts.append(people[name])
                else:
                    self.references.note("unknown contacts", name)
            draft.contacts = list(dict.fromkeys(draft.contacts))


def _take(draft: Draft, name: str, value: Any) -> None:
    if isinstance(value, CustomValue):
        draft.values.setdefault("custom", {})[name.removeprefix("custom.")] = value.value
    elif name in TEXTS:
        draft.values[name] = value
    elif name in ("contacts", "tags"):
        draft.raw[name] = [*draft.raw.get(name, ()), *value]
    else:
        draft.raw.setdefault(name, value)


def _people(rows: Any, wanted: set[str]) -> Mapping[str, UUID]:
    """Return contacts by address, or by a name that only one of them has."""
    addresses = {name for name in wanted if "@" in name}
    found: dict[str, UUID] = {}
    by_address = rows.filter(emails__address_norm__in=addresses).values_list("emails__address_norm", "pk")
    found.update(by_address if addresses else ())
    counts: dict[str, list[UUID]] = {}
    for name, pk in rows.filter(name__in=wanted - addresses).values_list("name", "pk") if wanted - addresses else ():
        counts.setdefault(name, []).append(pk)
    return found | {name: pks[0] for name, pks in counts.items() if len(pks) == 1}
