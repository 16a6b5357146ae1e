"""How many percent of the lines ran in the tiers that are measured.

Slipcover notes them: it takes its probes out again once a line ran, and costs a twentieth where tracing doubles the
time of a process that starts and ends. The tier that starts hundreds of processes has probes in the rooms that only
such processes run (`probes/`); which lines there are is what the long tiers say, about every room.
"""

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

PROBED = ("unit", "browser")
STARTING = ("crash",)
PROBES = Path(__file__).resolve().parent / "probes"
PACKAGES = ("fairlead.operations", "fairlead.jobs", "fairlead.events", "fairlead.notifications", "fairlead.activities")


def pytest(python: Path, tier: str, folder: Path) -> list[str]:
    """Return the words that start pytest for a tier, with what notes its lines in `folder`."""
    probed = ["-m", "slipcover", "--out", str(folder / f"{tier}.json")] if tier in PROBED else []
    return [str(python), *probed, "-m", "pytest"]


def environment(tier: str, folder: Path) -> dict[str, str]:
    """Return what lets every process of a tier that starts many note its lines in `folder`."""
    if tier not in STARTING:
        return {}
    path = os.pathsep.join(filter(None, (str(PROBES), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": path, "PROBES_NOTES": str(folder), "PROBES_PACKAGES": " ".join(PACKAGES)}


def percent(folder: Path) -> float | None:
    """Return the percentage over all tiers that left notes in `folder`, None when no long tier did."""
    lines, ran = _read(sorted(folder.glob("*.json")))
    total = sum(map(len, lines.values()))
    return 100 * sum(len(ran[file] & lines[file]) for file in lines) / total if total else None


def _read(notes: Sequence[Path]) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Return the lines of each file, and those that ran."""
    lines: dict[str, set[int]] = defaultdict(set)
    ran: dict[str, set[int]] = defaultdict(set)
    for note in notes:
        for file, found in json.loads(note.read_text())["files"].items():
            ran[file].update(found["executed_lines"])
            if note.stem in PROBED:
                lines[file].update(found["executed_lines"], found["missing_lines"])
    return lines, ran
