"""Exchange rates carried over to another currency of the firm's: pure functions.

What a currency was worth on each day stays true: if one pound was 1.17 euros and one dollar 0.90, one pound was 1.30
dollars. Each day on which either rate began begins a rate, so all days are right, not only today.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from uuid import UUID

from fairlead.sales.currencies import PRECISION

PLACES, TYPED = Decimal("1e-40"), Decimal("1e-10")  # what is kept, what people give
SAME = Decimal("1e-22")  # less than this share of a rate is what was lost on the way


@dataclass(frozen=True)
class Held:
    """A rate from its day on. `origin` is the row that it is made of; carried: the day comes from another rate."""

    rate: Decimal
    origin: UUID | None = None
    is_carried: bool = False


Timeline = Mapping[date, Held]


def rebase(table: Mapping[str, Timeline], *, before: str, after: str) -> dict[str, Timeline]:
    """Return the rates of a firm whose currency was `before` as they are in `after`, which needs a rate (KeyError)."""
    bridge = table[after]
    found: dict[str, Timeline] = {
        before: {day: Held(_ratio(Decimal(1), held.rate), held.origin, held.is_carried) for day, held in bridge.items()}
    }
    for currency, own in table.items():
        if currency not in (before, after):
            found[currency] = _needed(_crossed(own, bridge))
    return found


def _crossed(own: Timeline, bridge: Timeline) -> Timeline:
    made, days = {}, sorted(own.keys() | bridge.keys())
    for day, rate, here in zip(days, on(own, days), on(bridge, days), strict=True):
        same = own.get(day)
        made[day] = Held(_ratio(rate, here), same.origin if same else None, same is None or same.is_carried)
    return made


def on(timeline: Timeline, days: Sequence[date]) -> list[Decimal]:
    """Return what holds on each day: the newest rate of the day or before it; before the first one, the first."""
    begins = sorted(timeline)
    return [timeline[begins[max(0, bisect_right(begins, day) - 1)]].rate for day in days]


def _needed(timeline: Timeline) -> Timeline:
    """Return the rates without the carried ones that say nothing: their days are worth the same without them."""
    kept: dict[date, Held] = {}
    last: Held | None = None
    rows = sorted(timeline.items())
    for (day, held), following in zip(rows, [*rows[1:], None], strict=True):
        beside = last or (following and following[1])
        if not (held.is_carried and beside and _is_same(held.rate, beside.rate)):
            kept[day] = last = held
    return kept


def _ratio(above: Decimal, below: Decimal) -> Decimal:
    """Return the quotient; as people once gave it, when it is that but for what was lost on the way."""
    with localcontext(prec=PRECISION):
        found = (above / below).quantize(PLACES, ROUND_HALF_UP)
        typed = found.quantize(TYPED, ROUND_HALF_UP)
        return typed if _is_same(typed, found) else found


def _is_same(one: Decimal, other: Decimal) -> bool:
    with localcontext(prec=PRECISION):
        return abs(one - other) <= min(one, other) * SAME
