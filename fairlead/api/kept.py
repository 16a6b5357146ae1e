"""What takes seconds to make and depends on the program alone, kept beside the data for the next start."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

import fairlead
from fairlead.shell.api.rendering import dump

PROGRAM = Path(fairlead.__file__).parent
LIBRARIES = ("django", "djangorestframework", "drf-spectacular")  # whose versions it depends on, too
HASHED = 16  # letters of a fingerprint


def read_or_make(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what `make` made for this program before; where nothing can be kept it is made anew."""
    place = Path(settings.DATA) / "run" / f"{name}-{fingerprint()}.json"
    with suppress(OSError, ValueError):
        return dict(orjson.loads(place.read_bytes()))
    text = dump(make())
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in place.parent.glob(f"{name}-*.json"):
            old.unlink(missing_ok=True)
        unfinished = place.with_suffix(f".{os.getpid()}")  # another process must not read half of it
        unfinished.write_bytes(text)
        unfinished.replace(place)
    return dict(orjson.loads(text))


def fingerprint() -> str:
    """Return what tells this program from any other: versions, its files and when each was written."""
    versions = [fairlead.__version__, *map(version, LIBRARIES)]
    found = hashlib.sha256(" ".join(versions).encode())
    for path in sorted(PROGRAM.rglob("*.py")):
        found.update(f"{path.relative_to(PROGRAM)} {path.stat().st_mtime_ns}".encode())
    return found.hexdigest()[:HASHED]
