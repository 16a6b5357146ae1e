"""Stored files that nothing names.

A file is written before the transaction that names it commits: what is rolled back leaves it behind, and so does a
process that ends between a commit and the deletion that follows. Rooms tell which files of a kind their rows name; the
others in that kind's folder are deleted once they are too old to belong to anything under way. A folder of which no
room tells is let be.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from django.core.files.storage import default_storage

from fairlead.kernel import clock, uploads

WAIT = timedelta(days=2)
Named = Callable[[], Iterable[str]]  # returns the paths that the rows of the firm in context name

_kinds: dict[str, Named] = {}


def register(kind: str, named: Named) -> None:
    """Register who knows the files of a kind (`uploads.folder_of`); another function for the same raises ValueError."""
    if _kinds.setdefault(kind, named) is not named:
        raise ValueError(f"Files of the kind {kind} are registered twice.")


def kinds() -> Mapping[str, Named]:
    """Return every kind with who knows its files."""
    return dict(_kinds)


def remove(folder: str, named: Named) -> int:
    """Delete the files of a folder that are older than `WAIT` and not among the `named`; return how many.

    The folder is read first: what is stored after that is not looked at. It may be done again at any time.
    """
    found = set(_old_ones(folder))
    if found:
        found.difference_update(name for at, _, name in (path.rpartition("/") for path in named()) if at == folder)
    for name in found:
        uploads.remove(f"{folder}/{name}")
    return len(found)


def _old_ones(folder: str) -> Iterator[str]:
    before = (clock.now() - WAIT).timestamp()
    try:
        with os.scandir(default_storage.path(folder)) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < before:
                    yield entry.name
    except FileNotFoundError:
        return
