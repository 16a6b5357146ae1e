"""How many percent of the lines ran in the tiers that are measured.

Two tools note them. Slipcover for the tiers that run long in one process: it takes its probes out again once a line
ran, and costs a twentieth, where tracing costs two thirds. coverage.py for the tier that starts hundreds of short
processes: probes would cost seconds at the start of each, and it follows them by itself. Both write the same shape of
JSON; which lines there are is what Slipcover says.
"""

import json
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

TRACED = ("crash",)
PROBED = ("unit", "browser")


def pytest(python: Path, tier: str, folder: Path) -> list[str]:
    """Return the words that start pytest for a tier, with the tool that notes its lines in `folder`."""
    if tier in PROBED:
        return [str(python), "-m", "slipcover", "--out", str(folder / f"{tier}.json"), "-m", "pytest"]
    traced = ["--cov=fairlead", "--cov-report="] if tier in TRACED else []
    return [str(python), "-m", "pytest", *traced]


def percent(python: Path, folder: Path) -> float | None:
    """Return the percentage over all tiers that left notes in `folder`, None when no tier did."""
    if any(file.suffix != ".json" for file in folder.iterdir()):
        report = ["json", "--quiet", "-o", str(folder / "traced.json"), f"--data-file={folder / 'traced'}"]
        files = [str(file) for file in folder.iterdir() if file.suffix != ".json"]
        for words in (["combine", "--quiet", f"--data-file={folder / 'traced'}", *files], report):
            subprocess.run([python, "-m", "coverage", *words], check=False)
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
