"""Runs the tiers of the test suite, each with what it needs: a database server of its own, Chromium.

Several tiers run side by side, in as many lanes as the machine has cores: most of them wait a lot (for servers to
start, for pages to settle). No two share a server, so none holds back another's log; each server begins as a copy of
one that is migrated already (tests/prepared.py). What a tier prints is shown in one piece when it ends; a tier that
runs alone speaks at once. FAIRLEAD_TEST_LANES=1 runs one after the other.

It notes which lines ran, and fails below 95 percent when all that is measured ran.

Browsers and processes that are killed keep no time: up to three of their tests that fail are tried once more when the
others are done, and what passes only then is named at the end. More than three, or twice, is a failure.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import covered

HOME = Path(__file__).resolve().parents[2]
BIN = HOME / ".venv" / "bin"
SERVERS = HOME / "build" / "test-servers"
LOGS = HOME / "build" / "test-logs"
MARKED = ("browser", "crash", "api", "wheel")
COVERAGE = HOME / "build" / "coverage"
LEAST_COVERAGE = 95  # percent
WITH_SERVER = ("unit", "crash", "api", "browser", "bench-smoke")
TIERS = ("browser", "unit", "crash", "bench-smoke", "api", "wheel", "lint")  # the longest first
TRIED_AGAIN = ("browser", "crash")
MOST_TRIED_AGAIN = 3  # tests of a tier
MOST_LANES = 4
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_one_by_one = threading.Lock()  # what must not happen in two lanes at once: printing, making a server


@dataclass(frozen=True)
class Result:
    """How a tier went; `seconds` it took beside whatever ran at the same time."""

    tier: str
    passed: bool
    seconds: float
    unsteady: tuple[str, ...] = ()  # tests that passed at their second try


def main(words: Sequence[str]) -> int:
    """Run the tiers named by `words` (default all); return 0 when all of them pass."""
    os.chdir(HOME)
    unknown = [word for word in words if word not in TIERS]
    if unknown:
        print(f"There is no tier {unknown[0]!r}. Tiers: {', '.join(TIERS)}.", file=sys.stderr)
        return 2
    wanted = [tier for tier in TIERS if not words or tier in words]
    shutil.rmtree(COVERAGE, ignore_errors=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of hundreds of processes compiles Fairlead anew
    sys.path.insert(0, str(HOME))
    if "browser" in wanted:
        os.environ.setdefault("FAIRLEAD_CHROMIUM", find_chromium())
    if "crash" in wanted:
        installed("pgbouncer")  # where it cannot be, its tests say that they are left out
    started = time.monotonic()
    with ThreadPoolExecutor(min(lanes(), len(wanted))) as pool:
        results = list(pool.map(lambda tier: run_tier(tier, alone=len(wanted) == 1), wanted))
    enough = covers_enough(wanted)
    print()
    for result in results:
        print(f"{result.tier:12} {'passed' if result.passed else 'FAILED':7} {result.seconds:6.1f} s")
        for test in result.unsteady:
            print(f"{'':12} at its second try: {test}")
    print(f"{'all':12} {'':7} {time.monotonic() - started:6.1f} s")
    return 0 if enough and all(result.passed for result in results) else 1


def covers_enough(wanted: Sequence[str]) -> bool:
    """Print how many percent of the lines ran in the tiers that are measured; a part of them is not judged."""
    percent = covered.percent(COVERAGE) if COVERAGE.exists() else None
    if percent is None:
        return True
    print(f"coverage: {percent:.1f} %", flush=True)
    return percent >= LEAST_COVERAGE or not {*covered.PROBED, *covered.STARTING} <= set(wanted)


def lanes() -> int:
    """Return how many tiers run side by side."""
    return int(os.environ.get("FAIRLEAD_TEST_LANES") or min(MOST_LANES, os.cpu_count() or 1))


def run_tier(tier: str, *, alone: bool) -> Result:
    """Run one tier; its output goes to a file and is printed at the end, unless it runs alone."""
    print(f"== {tier}: started", flush=True)
    started = time.monotonic()
    LOGS.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(failures(tier), ignore_errors=True)
    log = LOGS / f"{tier}.log"
    with test_server(tier) as environment, contextlib.ExitStack() as stack:
        output = None if alone else stack.enter_context(log.open("wb"))
        codes = [call(command, environment, output) for command in commands(tier)]
        passed = all(codes)
        unsteady = () if passed else passed_again(tier, environment, output)
    result = Result(tier, passed or bool(unsteady), time.monotonic() - started, unsteady)
    if not alone:
        with _one_by_one:
            print(f"\n== {tier}: {'passed' if result.passed else 'FAILED'}, {result.seconds:.0f} s", flush=True)
            sys.stdout.write(log.read_text(errors="replace"))
            sys.stdout.flush()
    return result


def commands(tier: str) -> list[list[str]]:
    """Return the commands that make up a tier."""
    if tier == "lint":
        return lint_commands()
    if tier == "bench-smoke":  # that the benchmarks run, not what they reach
        return [[str(HOME / "bin" / "bench"), "--smoke"]]
    return pytest_commands(tier)


def lint_commands() -> list[list[str]]:
    """Return style, types, floors; and the same and the tests of the front end."""
    return [
        [str(BIN / "ruff"), "check", "."],
        [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        [str(BIN / "mypy"), "fairlead"],
        [str(BIN / "lint-imports"), "--no-cache"],
        [str(BIN / "python"), str(HOME / "bin" / "lib" / "environment.py"), "--check-frontend"],
    ]


def pytest_commands(tier: str) -> list[list[str]]:
    """Return the pytest run of a tier; it passes when the tier has no tests."""
    marker = tier if tier in MARKED else " and ".join(f"not {name}" for name in MARKED)
    again = ["-o", f"cache_dir={failures(tier)}"] if tier in TRIED_AGAIN else []
    return [[*covered.pytest(BIN / "python", tier, COVERAGE), *again, "--durations=15", "-m", marker]]


def failures(tier: str) -> Path:
    """Return where pytest notes which tests of a tier failed."""
    return LOGS / f"{tier}-failures"


def passed_again(tier: str, environment: Mapping[str, str], output: IO[bytes] | None) -> tuple[str, ...]:
    """Try the few tests that failed once more; return them when all pass now, else none."""
    note = failures(tier) / "v" / "cache" / "lastfailed"
    tests = sorted(json.loads(note.read_text())) if tier in TRIED_AGAIN and note.exists() else []
    if not 0 < len(tests) <= MOST_TRIED_AGAIN:
        return ()
    return tuple(tests) if call([str(BIN / "python"), "-m", "pytest", *tests], environment, output) else ()


def call(command: Sequence[str], environment: Mapping[str, str], output: IO[bytes] | None) -> bool:
    """Run a command without input, its output on `output` or on ours; tell whether it succeeded."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, check=False)
    no_tests = 5
    return done.returncode == 0 or (done.returncode == no_tests and "pytest" in command)


@contextlib.contextmanager
def test_server(tier: str) -> Iterator[dict[str, str]]:
    """Yield the tier's environment: FAIRLEAD_TEST_SERVER as it is, else a throw-away server without crash safety."""
    COVERAGE.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **covered.environment(tier, COVERAGE)}
    if tier not in WITH_SERVER or environment.get("FAIRLEAD_TEST_SERVER"):
        yield environment
        return
    from fairlead.operations.datadir import DataDir
    from fairlead.operations.roles import DATABASE
    from tests import prepared

    with _one_by_one:
        data = DataDir(SERVERS / tier).prepare()
        prepared.server(data, durable=False).destroy()  # a killed run's: not crash safe, so not to be trusted
        server = prepared.server(prepared.place(data), durable=False)
        port = server.enter(lambda url: None)
    url = server.superuser_url(port)
    try:
        servers = {"FAIRLEAD_TEST_SERVER": url, "FAIRLEAD_BENCH_URL": url}
        yield environment | servers | {"FAIRLEAD_TEST_TEMPLATE": DATABASE}
    finally:
        server.leave(patience=1.0)
        server.destroy()


def find_chromium() -> str:
    """Return the path of a Chromium; Debian's is installed when there is none and we may."""
    found = next((path for path in map(shutil.which, CHROMIUM) if path), None)
    if not found and Path(MAC_CHROME).exists():
        return MAC_CHROME
    found = found or installed("chromium")
    if not found:
        sys.exit("The browser tests need Chromium. Install it (Debian: apt-get install chromium) and start again.")
    return found


def installed(program: str) -> str | None:
    """Return the path of a program of Debian's package of the same name, installed when it is not there and we may."""
    where = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"
    if not shutil.which(program, path=where) and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", program]):
            command = ["apt-get", *words]
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, check=False)
    return shutil.which(program, path=where)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
