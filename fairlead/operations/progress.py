"""Progress on standard error: one line that counts at a terminal, a line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self

EVERY = 0.5, 10.0  # seconds between lines, at a terminal and elsewhere
MB = 1_000_000


class Bytes:
    """Counts bytes; call it with every chunk's size."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self.total = 0
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + EVERY[not self._terminal]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal and self.total:
            print(file=sys.stderr)

    def __call__(self, size: int) -> None:
        """Add `size` bytes, and show the sum when it is time."""
        self.total += size
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY[not self._terminal]
            start, end = ("\r", "") if self._terminal else ("", "\n")
            print(f"{start}{self.total / MB:,.0f} MB {self.verb}", end=end, file=sys.stderr, flush=True)
