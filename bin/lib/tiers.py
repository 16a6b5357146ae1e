"""Runs the tiers of the test suite, each with what it needs: a database server, Chromium."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
BIN = HOME / ".venv" / "bin"
SERVER = HOME / "build" / "test-server"
MARKED = ("browser", "crash", "api", "wheel")
TIERS = ("lint", "unit", "crash", "api", "browser", "wheel", "bench-smoke")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def main(words: Sequence[str]) -> int:
    """Run the tiers named by `words` (default all); return 0 when all of them pass."""
    os.chdir(HOME)
    unknown = [word for word in words if word not in TIERS]
    if unknown:
        print(f"There is no tier {unknown[0]!r}. Tiers: {', '.join(TIERS)}.", file=sys.stderr)
        return 2
    wanted = [tier for tier in TIERS if not words or tier in words]
    (HOME / ".coverage").unlink(missing_ok=True)
    with test_server(needed=wanted != ["lint"]):
        if "browser" in wanted:
            os.environ.setdefault("FAIRLEAD_CHROMIUM", find_chromium())
        results = [run_tier(tier) for tier in wanted]
    if "unit" in wanted:
        call([str(BIN / "coverage"), "report", "--skip-covered", "--skip-empty", "--sort=cover", "--format=total"])
    print()
    for tier, passed, seconds in results:
        print(f"{tier:12} {'passed' if passed else 'FAILED':7} {seconds:6.1f} s")
    return 0 if all(passed for _, passed, _ in results) else 1


def run_tier(tier: str) -> tuple[str, bool, float]:
    """Run one tier and return its name, whether it passed, and the seconds it took."""
    print(f"\n== {tier}", flush=True)
    started = time.monotonic()
    commands = {"lint": lint_commands, "bench-smoke": bench_commands}.get(tier, lambda: pytest_commands(tier))()
    failures = [command for command in commands if not call(command)]
    return tier, not failures, time.monotonic() - started


def lint_commands() -> list[list[str]]:
    """Return style, types, floors."""
    return [
        [str(BIN / "ruff"), "check", "."],
        [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        [str(BIN / "mypy"), "fairlead"],
        [str(BIN / "lint-imports"), "--no-cache"],
    ]


def bench_commands() -> list[list[str]]:
    """Return the benchmarks at a small size: that they run, not what they reach."""
    return [[str(HOME / "bin" / "bench"), "--smoke"]] if (HOME / "bin" / "bench").exists() else []


def pytest_commands(tier: str) -> list[list[str]]:
    """Return the pytest run of a tier; it passes when the tier has no tests."""
    marker = tier if tier in MARKED else " and ".join(f"not {name}" for name in MARKED)
    coverage = ["--cov=fairlead", "--cov-report="] if tier == "unit" else []
    return [[str(BIN / "python"), "-m", "pytest", "-m", marker, *coverage]]


def call(command: Sequence[str]) -> bool:
    """Run a command with its output on ours and without input; tell whether it succeeded."""
    code = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    no_tests = 5
    return code == 0 or (code == no_tests and "pytest" in command)


@contextlib.contextmanager
def test_server(*, needed: bool) -> Iterator[None]:
    """Provide FAIRLEAD_TEST_SERVER: the one already named, else a throw-away server without crash safety."""
    if not needed or os.environ.get("FAIRLEAD_TEST_SERVER"):
        yield
        return
    sys.path.insert(0, str(HOME))
    from fairlead.operations.datadir import DataDir
    from fairlead.operations.postgres import Postgres

    data = DataDir(SERVER).prepare()
    server = Postgres(data.postgres, data.run, data.secret("postgres_superuser"), durable=False)
    server.destroy()  # a killed run's: without crash safety its files cannot be trusted
    port = server.enter(lambda url: None)
    os.environ["FAIRLEAD_TEST_SERVER"] = server.superuser_url(port)
    try:
        yield
    finally:
        server.leave(patience=1.0)
        server.destroy()


def find_chromium() -> str:
    """Return the path of a Chromium; Debian's is installed when there is none and we may."""
    found = next((path for path in map(shutil.which, CHROMIUM) if path), None)
    if not found and Path(MAC_CHROME).exists():
        return MAC_CHROME
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-q"],
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, check=False)
        found = shutil.which("chromium")
    if not found:
        sys.exit("The browser tests need Chromium. Install it (Debian: apt-get install chromium) and start again.")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
