"""Slipcover's probes in a process that knows nothing of them."""

import atexit
import json
import os
import sys
import time
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from slipcover.importer import SlipcoverLoader
from slipcover.slipcover import Slipcover

HOME = Path(__file__).resolve().parents[3]
# Runs of a noted line until probes are taken out again: that costs a short process more than the probes do.
NEVER = 10**9


class Finder:
    """Finds the modules of some packages as ever and has probes put into them; asks nothing about any other."""

    def __init__(self, probes: Slipcover, packages: Sequence[str]) -> None:
        self.probes = probes
        self.packages = tuple(f"{package}." for package in packages)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return where a module is, with a loader that puts probes into it."""
        if not name.startswith(self.packages):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and spec.loader and spec.origin:
            spec.loader = SlipcoverLoader(self.probes, spec.loader, spec.origin)
        return spec


def put(notes: str, packages: Sequence[str]) -> None:
    """Note in the folder `notes`, when the process ends, which lines of `packages` ran in it."""
    probes = Slipcover(exclude_lines=[], d_miss_threshold=NEVER)
    sys.meta_path.insert(0, Finder(probes, packages))
    atexit.register(_write, probes, Path(notes) / f"process-{os.getpid()}-{time.time_ns()}.json")


def _write(probes: Slipcover, file: Path) -> None:
    """Write the lines that ran, by files as they are called from the project's own folder."""
    os.chdir(HOME)
    file.write_text(json.dumps({"files": probes.get_coverage()["files"]}))
