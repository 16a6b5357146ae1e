"""The second start of `bin/run`: from the command to the first 200 of /health, on data that is there, fsync on.

Its baseline is Django alone: a process that loads the settings and the rooms and answers nobody.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, benchmark, percentile, watch
from tests.bench.stage import HOME, PLACE, Stage
from tests.prepared import prepared_installation
from tests.running import Running, fairlead

ROUNDS = 3
DJANGO_ALONE = "import django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns"


@benchmark("start", needs_data=False)
def second_start(stage: Stage) -> Iterator[Figure]:
    """Start, wait for the page that says all is well, stop; the median of some rounds."""
    place = PLACE.parent / "bench-start"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    with prepared_installation(place / "data") as data:
        made = fairlead(data, "prepare")  # the first start's work, the demo firm included
        assert made.returncode == 0, made.stderr
        starts, alone = [], []
        for _ in range(1 if stage.smoke else ROUNDS):
            starts.append(_start(data))
            alone.append(_django_alone())
    yield Figure("start: bin/run, second start, until healthy", percentile(starts, 0.5), "s",
                 baseline=percentile(alone, 0.5), at_most=5.0)  # fmt: skip


def _start(data: Path) -> float:
    started = time.perf_counter()
    server = Running(data, "--empty", program=[str(HOME / "bin" / "run")])
    try:
        server.wait_until_healthy()
        return time.perf_counter() - started
    finally:
        server.stop()


def _django_alone() -> float:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "fairlead.config.settings", "PYTHONPATH": str(HOME)}
    with watch() as measured:
        subprocess.run([sys.executable, "-c", DJANGO_ALONE], env=environment, check=True, stdin=subprocess.DEVNULL)
    return measured.seconds
