"""How contacts and companies spread: over places, time zones, and how complete the profiles of contacts are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from fairlead.kernel.places import countries
from fairlead.kernel.text import fold
from fairlead.people.profile import COMPLETENESS
from fairlead.records.public import Computation, Criteria, Noun
from fairlead.tenancy.public import Actor

LINES = 100
BAND = 20  # percent of completeness that make a line
Found = tuple[str, list[dict[str, Any]]]  # what a line is called, and the conditions of those whom it counts


@dataclass(frozen=True)
class Line:
    """Those who share a value; `label` is "" for those of whom none is known. `share` is their part in percent."""

    label: str
    conditions: Sequence[Mapping[str, Any]]
    count: int
    share: float
    country: str = ""


@dataclass(frozen=True)
class Spread:
    """The lines, the most first, how many rarer ones were left out, and how many records there are in all; `mean` is
    how complete the profiles are on average, in percent, where they spread over that."""

    lines: Sequence[Line]
    left_out: int
    total: int
    mean: int | None = None


@dataclass(frozen=True)
class Dimension:
    """What records spread over: the `fields` that tell lines apart, and how these are worded."""

    label: str
    fields: tuple[str, ...]
    read: Callable[[Mapping[str, Any]], Found]

    def offered(self, noun: Noun) -> bool:
        """Tell whether the noun has its fields."""
        known = {field.name for field in noun.every_field}
        return known.issuperset(self.fields)


def _place(*names: str) -> Callable[[Mapping[str, Any]], Found]:
    def read(row: Mapping[str, Any]) -> Found:
        shown = [countries().get(row[n], row[n]) if n == "country" else row[n] for n in names]
        conditions = [
            {"field": n, "op": "is", "value": row[n]} if row[n] else {"field": n, "op": "is_unknown"} for n in names
        ]
        return (", ".join(filter(None, shown)), conditions) if row[names[0]] else ("", conditions[:1])

    return read


def _band(row: Mapping[str, Any]) -> Found:
    low = min(row[COMPLETENESS.name] // BAND * BAND, 100 - BAND)
    high = low + BAND - 1 if low + BAND < 100 else 100
    return f"{low} to {high}%", [{"field": COMPLETENESS.name, "op": "between", "value": [low, high]}]


DIMENSIONS = {
    "country": Dimension("Country", ("country",), _place("country")),
    "region": Dimension("State or region", ("region", "country"), _place("region", "country")),
    "city": Dimension("City", ("city", "country"), _place("city", "country")),
    "time_zone": Dimension("Time zone", ("time_zone",), _place("time_zone")),
    "completeness": Dimension("Profile complete", (COMPLETENESS.name,), _band),
}


def over(noun: Noun, by: str, *, actor: Actor, criteria: Any = None) -> Spread:
    """Return how the records that the actor may see, and that match the criteria, spread over a dimension.

    Spellings that differ in case or accents only are one line, as they are one value in criteria; so a line counts
    exactly those whom its conditions find. Raises `InvalidInput` for criteria that are wrong.
    """
    dimension = DIMENSIONS[by]
    counted: dict[tuple[str, ...], tuple[Found, int, str]] = {}
    rows = list(_counted(noun, dimension, actor, criteria))
    for row in rows:
        found = dimension.read(row)
        key = tuple(fold(str(c.get("value", ""))) for c in found[1])
        first, so_far, country = counted.get(key, (found, 0, row.get("country", "")))
        counted[key] = first, so_far + row["n"], country
    total = sum(n for _, n, _ in counted.values())
    lines = [
        Line(label, conditions, n, round(100 * n / total, 1), country)
        for (label, conditions), n, country in sorted(counted.values(), key=lambda one: (-one[1], one[0][0]))
    ]
    return Spread(lines[:LINES], max(0, len(lines) - LINES), total, _mean(rows, total))


def _mean(rows: Sequence[Mapping[str, Any]], total: int) -> int | None:
    """Return the average of what was counted: to ask for it too would read every record a second time."""
    if not total or COMPLETENESS.name not in rows[0]:
        return None
    percents: int = sum(row[COMPLETENESS.name] * row["n"] for row in rows)
    return round(percents / total)


def _counted(noun: Noun, dimension: Dimension, actor: Actor, criteria: Any) -> Any:
    computed = {f.name: Computation(f) for f in noun.computed if f.name in dimension.fields}
    rows = _rows(noun, actor, criteria).annotate(**computed).values(*dimension.fields)
    # The commonest spelling first: it names the line; of two, the one that is not in capitals.
    return rows.annotate(n=Count("*")).order_by("-n", *(f"-{name}" for name in dimension.fields))


def _rows(noun: Noun, actor: Actor, criteria: Any) -> Any:
    rows = noun.visible(actor)
    return rows if criteria is None else Criteria(noun, criteria, by=actor).filter(rows)
