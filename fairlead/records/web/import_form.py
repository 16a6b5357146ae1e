"""The wizard's form: one line a column, and the options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairlead.records.custom import custom_fields
from fairlead.records.fields import FieldType
from fairlead.records.imports.columns import NEW, Target
from fairlead.records.imports.options import MATCHES, MODES, Options
from fairlead.records.imports.runs import columns_of
from fairlead.records.imports.suggest import infer
from fairlead.records.models import ImportRun

TYPES = {
    FieldType.TEXT: "Text", FieldType.LONG_TEXT: "Long text", FieldType.NUMBER: "Number", FieldType.MONEY: "Money",
    FieldType.DATE: "Date", FieldType.DATETIME: "Date and time", FieldType.BOOLEAN: "Yes or no",
    FieldType.CHOICE: "Choice", FieldType.MULTI_CHOICE: "Several choices", FieldType.URL: "Web address",
}  # fmt: skip
DATES = {"ymd": "2026-03-31", "dmy": "31.03.2026", "mdy": "03/31/2026"}
_ASKS = {
    **dict.fromkeys((FieldType.DATE, FieldType.DATETIME, FieldType.RECURRING_DATE), "dates"),
    **dict.fromkeys((FieldType.NUMBER, FieldType.MONEY), "decimal"),
}


@dataclass(frozen=True)
class Line:
    """A column in the form: its examples and what is chosen."""

    index: int
    header: str
    samples: list[str]
    target: str
    type: str
    dates: str
    decimal: str
    sure: bool


class Setup:
    """What the form offers, and what was typed into it."""

    def __init__(self, run: ImportRun, targets: Sequence[Target], offers: frozenset[str]) -> None:
        self._run, self.offers = run, offers
        self._types = {t.name: t.type for t in targets} | {f.name: f.type for f in custom_fields(run.noun)}
        self.types = [(t.value, label, _ASKS.get(t, "")) for t, label in TYPES.items()]
        self.dates = list(DATES.items())
        self.modes, self.matches = list(MODES.items()), list(MATCHES.items())
        self.chosen = Options.from_json(run.options)
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for target in targets:
            groups.setdefault(target.group, []).append((target.name, target.label, _ASKS.get(target.type, "")))
        own = [(f.name, f.label, _ASKS.get(f.type, "")) for f in custom_fields(run.noun)]
        self.groups = [*groups.items(), *([("Custom fields", own)] if own else [])]

    def rows(self, samples: Sequence[Sequence[str]]) -> list[Line]:
        """Return one line a column."""
        found: list[Line] = []
        for column in columns_of(self._run):
            made = column.new_field
            kind = made.type if made else self._types.get(column.target or "")
            shown = [row[column.index] for row in samples if column.index < len(row) and row[column.index].strip()]
            found.append(Line(
                column.index, column.header, shown[:3], NEW if made else column.target or "",
                (made.type if made else infer(column.header, shown)[0]).value, column.dates, column.decimal,
                column.sure or kind not in _ASKS,
            ))  # fmt: skip
        return found

    def columns(self, typed: Mapping[str, str], *, bare: bool = False) -> list[dict[str, Any]]:
        """Return the columns as typed, in the form that is stored, unjudged; `bare` without new custom fields."""
        found: list[dict[str, Any]] = []
        for column in columns_of(self._run):
            data = column.as_json()
            target = typed.get(f"target-{column.index}", data["target"] or "")
            data["dates"] = typed.get(f"dates-{column.index}", column.dates)
            data["decimal"] = typed.get(f"decimal-{column.index}", column.decimal)
            if bare and target == NEW:
                target = ""
            if target == NEW:
                old = column.new_field
                kind = typed.get(f"type-{column.index}") or (old.type.value if old else FieldType.TEXT.value)
                data["new_field"] = {"label": column.header, "type": kind, "options": old.options if old else ()}
                data["split"] = data["split"] or (";" if kind == FieldType.MULTI_CHOICE else "")
            else:
                data["new_field"] = None
            data["target"] = target or None
            found.append(data)
        return found

    def options(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """Return the options as typed; unjudged."""
        return {
            "mode": typed.get("mode", "both"),
            "match": typed.get("match", "email"),
            **{name: name in typed for name in ("overwrite", "clear", "allow_without_address")},
            "tags": [t.strip() for t in typed.get("tags", "").split(",") if t.strip()],
            "lists": [t.strip() for t in typed.get("lists", "").split(",") if t.strip()],
        }
