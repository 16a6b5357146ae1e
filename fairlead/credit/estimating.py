"""The arithmetic: pure functions, without a database.

A factor's share is how far its number lies on the way from worst to best, 0 to 1. A score is the lowest end of the
scale plus the weighted mean of the shares times the scale. A known score moves the whole by the difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fairlead.kernel.text import fold


def beside(name: str, unit: str) -> str:
    """Return the unit that is to stand beside a name: none where the name says it already (Late payments)."""
    return "" if fold(unit) in fold(name).split() else unit


@dataclass(frozen=True)
class Factor:
    """What is needed of a factor; `key` is its id as text."""

    key: str
    name: str
    weight: int
    worst: float
    best: float
    unit: str = ""

    @property
    def counted_in(self) -> str:
        """Return the unit as it stands beside the name."""
        return beside(self.name, self.unit)


@dataclass(frozen=True)
class Change:
    """What a step does: the number of the factor `key` becomes `amount`, or changes by it."""

    key: str
    sets: bool
    amount: float


@dataclass(frozen=True)
class Line:
    """A factor in an estimate: its number and its points above the lowest score, before and after."""

    factor: Factor
    before: float
    after: float
    points_before: float
    points_after: float

    @property
    def gain(self) -> int:
        """Return the points that the change of this factor brings."""
        return round(self.points_after - self.points_before)


@dataclass(frozen=True)
class Result:
    """An estimate: two scores within the scale, and the lines that explain the difference."""

    before: int
    after: int
    lines: Sequence[Line]

    @property
    def gain(self) -> int:
        """Return how many points the score rises; negative when it falls."""
        return self.after - self.before


def share(factor: Factor, value: float) -> float:
    """Return how good a number is, from 0 (worst) to 1 (best); `best` may lie below `worst`."""
    return max(0.0, min(1.0, (value - factor.worst) / (factor.best - factor.worst)))


def changed(factors: Sequence[Factor], values: Mapping[str, float], changes: Sequence[Change]) -> dict[str, float]:
    """Return the numbers after all changes, in their order; none leaves the range between worst and best by adding."""
    found = dict(values)
    by_key = {factor.key: factor for factor in factors}
    for change in changes:
        factor = by_key.get(change.key)
        if factor is None:
            continue
        if change.sets:
            found[change.key] = change.amount
            continue
        low, high = sorted((factor.worst, factor.best))
        current = found[change.key]
        # A number beyond the ends may stay there, but adding does not take it further out.
        found[change.key] = max(min(low, current), min(max(high, current), current + change.amount))
    return found


def estimate(
    factors: Sequence[Factor],
    values: Mapping[str, float],
    changes: Sequence[Change],
    scale: tuple[int, int],
    known: int | None = None,
) -> Result:
    """Estimate the score now and after the changes. `values` has a number for every factor."""
    lowest, highest = scale
    later = changed(factors, values, changes)
    whole = sum(factor.weight for factor in factors) or 1
    lines = [
        Line(
            factor, values[factor.key], later[factor.key],
            *((highest - lowest) * factor.weight * share(factor, numbers[factor.key]) / whole
              for numbers in (values, later)),
        )
        for factor in factors
    ]  # fmt: skip
    now, then = (lowest + sum(points) for points in ([line.points_before for line in lines],
                                                     [line.points_after for line in lines]))  # fmt: skip
    moved = 0 if known is None else known - now
    before, after = (round(max(lowest, min(highest, score + moved))) for score in (now, then))
    return Result(before, after, lines)
