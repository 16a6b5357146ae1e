"""Python's collector of reference cycles, kept out of the way of work that makes millions of small objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def settle() -> None:
    """Leave what the start of a process has made out of every later collection: it lives as long as the process."""
    gc.collect()
    gc.freeze()


@contextmanager
def seldom_collected(allocations: int = 100_000) -> Iterator[None]:
    """Look for cycles only after so many more allocations than deallocations (Python's own limit is 700).

    Rows and cells hold no cycles: reference counts free them, and each look walks all that are alive in vain.
    """
    before = gc.get_threshold()
    gc.set_threshold(allocations, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
