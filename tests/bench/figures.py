"""Figures: what a benchmark reports, and how it is judged."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.stage import Stage


@dataclass(frozen=True)
class Figure:
    """One measured value in `unit`, beside the baseline of the same run.

    `ratio_from` and `ratio_to` bound ours / baseline, `at_least` and `at_most` bound ours itself.
    """

    name: str
    ours: float
    unit: str
    baseline: float | None = None
    ratio_from: float | None = None
    ratio_to: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.baseline if self.baseline else None

    @property
    def target(self) -> str:
        words = [
            f"ratio >= {self.ratio_from:g}" if self.ratio_from is not None else "",
            f"ratio <= {self.ratio_to:g}" if self.ratio_to is not None else "",
            f">= {self.at_least:,.0f} {self.unit}" if self.at_least is not None else "",
            f"<= {self.at_most:,.0f} {self.unit}" if self.at_most is not None else "",
        ]
        return " and ".join(w for w in words if w) or "none"

    @property
    def ok(self) -> bool:
        ratio = self.ratio or 0.0
        return (
            (self.ratio_from is None or ratio >= self.ratio_from)
            and (self.ratio_to is None or ratio <= self.ratio_to)
            and (self.at_least is None or self.ours >= self.at_least)
            and (self.at_most is None or self.ours <= self.at_most)
        )

    def line(self, *, judged: bool = True) -> str:
        """Return: name, ours, baseline, ratio, target, ok."""
        baseline = f"{_number(self.baseline)} {self.unit}" if self.baseline is not None else "-"
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else "-"
        verdict = ("ok" if self.ok else "MISSED") if judged else "not judged"
        return (
            f"{self.name:<48} {_number(self.ours) + ' ' + self.unit:>18} {baseline:>18} {ratio:>7}"
            f"   {self.target:<34} {verdict}"
        )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


Benchmark = Callable[["Stage"], Iterator[Figure]]


@dataclass(frozen=True)
class Entry:
    name: str
    run: Benchmark
    needs_data: bool = field(default=True)


entries: dict[str, Entry] = {}


def benchmark(name: str, *, needs_data: bool = True) -> Callable[[Benchmark], Benchmark]:
    """Register a benchmark; without `needs_data` it gets a migrated database that nobody has filled."""

    def register(function: Benchmark) -> Benchmark:
        entries[name] = Entry(name, function, needs_data)
        return function

    return register


@dataclass
class Watch:
    seconds: float = 0.0

    def per_second(self, count: int) -> float:
        return count / self.seconds


@contextmanager
def watch() -> Iterator[Watch]:
    """Measure the seconds of the block."""
    measured, started = Watch(), time.perf_counter()
    try:
        yield measured
    finally:
        measured.seconds = time.perf_counter() - started


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0 … 1) of `values` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median_ms(work: Callable[[], object], rounds: int = 7) -> float:
    """Return the median time of `work` in milliseconds, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        with watch() as measured:
            work()
        times.append(measured.seconds * 1000)
    return percentile(times, 0.5)
