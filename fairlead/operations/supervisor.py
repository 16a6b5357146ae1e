"""`fairlead run`: the database, the web server and the worker under one roof.

Any child that ends, for whatever reason, is started again. The supervisor itself may be killed: its children
notice and end, the last of them stops the database, and the next start finds nothing in its way.
"""

import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from fairlead.kernel.errors import FairleadError
from fairlead.operations import schema
from fairlead.operations.child import Child
from fairlead.operations.confinement import ServerFailed
from fairlead.operations.instance import Instance
from fairlead.operations.locks import FileLock

TICK = 0.2
STOP_CHILDREN = 4.5  # seconds; together with STOP_DATABASE below the six that a clean stop may take
STOP_DATABASE = 1.2


@dataclass(frozen=True)
class Options:
    """What `fairlead run` was asked for; `port` None takes the first free one from 8000."""

    host: str = "127.0.0.1"
    port: int | None = None
    empty: bool = False
    browser: bool = True
    processes: int = 1
    workers: int = 1


class CannotRun(FairleadError):
    """The supervisor cannot start; the message says why."""

    code = "cannot_run"


class Supervisor:
    """Runs one installation on this machine until it is told to stop."""

    def __init__(self, instance: Instance, options: Options) -> None:
        self.instance = instance
        self.options = options
        self.port = 0
        self.live_port = 0
        self.children: list[Child] = []
        self._stopping = False

    def run(self) -> int:
        """Start everything, keep it running, and stop it in order; return the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        self.instance.data.prepare()
        lock = FileLock(self.instance.data.run / "supervisor.lock")
        if not lock.acquire(wait=False):
            raise CannotRun(f"Fairlead is already running on this data directory ({self.instance.data.path}).")
        try:
            self.port = choose_port(self.options.host, self.options.port)
            os.environ.setdefault("FAIRLEAD_URL", self.address)
            self.live_port = choose_live_port(self.options.host)
            with self.instance.connected(patience=STOP_DATABASE):
                return self._supervise()
        finally:
            lock.release()

    @property
    def address(self) -> str:
        """Return the address for people; `localhost` because passkeys need a name."""
        return f"http://{'localhost' if self.options.host == '127.0.0.1' else self.options.host}:{self.port}"

    def _supervise(self) -> int:
        """Serve at once when the database was prepared by this very code; else prepare it first."""
        preparation = None if self._is_prepared() else self._prepare()
        if preparation and not self._wait_for(preparation):
            return 0 if self._stopping else 1
        web, *workers = self._make_children()
        try:
            web.start()  # first, and alone: the pages are what somebody waits for
            self._tend_until(lambda: answers(self.options.host, self.port))
            for worker in workers:
                worker.start()
            preparation = preparation or self._prepare()
            self._tend_until(lambda: preparation.poll() is not None)
            self._announce(preparation)
            self._tend_until(lambda: False)
        finally:
            self._stop(preparation)
        return 0

    # -- before serving ----------------------------------------------------------------------------------------

    def _prepare(self) -> "subprocess.Popen[bytes]":
        """Start `fairlead prepare`: migrations, the first firm, a login link."""
        command = [
            sys.executable,
            "-m",
            "fairlead.operations.cli",
            "prepare",
            *(["--empty"] if self.options.empty else []),
        ]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True)

    def _is_prepared(self) -> bool:
        """Tell whether the code is what the embedded database was last prepared by: then nobody waits for it."""
        stamp = self.instance.data.run / "prepared"
        return self.instance.embedded and stamp.exists() and stamp.read_text() == schema.fingerprint()

    def _wait_for(self, preparation: "subprocess.Popen[bytes]") -> bool:
        while preparation.poll() is None and not self._stopping:
            time.sleep(TICK / 4)
        if self._stopping:
            preparation.terminate()
        return preparation.returncode == 0

    # -- while serving -----------------------------------------------------------------------------------------

    def _make_children(self) -> list[Child]:
        web = ["web", "--host", self.options.host, "--port", str(self.port)]
        self.children = [Child("web", [*web, "--processes", str(self.options.processes)])]
        live = ["live", "--host", self.options.host, "--port", str(self.live_port)]
        self.children.append(Child("live", live))
        for number in range(1, self.options.workers + 1):
            self.children.append(Child(f"worker-{number}" if self.options.workers > 1 else "worker", ["worker"]))
        return self.children

    def _tend_until(self, condition: Callable[[], bool]) -> None:
        """Keep everything running until `condition` holds or we are told to stop."""
        while not (self._stopping or condition()):
            self._tend_database()
            for child in self.children:
                code = child.tend()
                if code is not None:
                    say(f"{child.name} ended (exit code {code}); it is started again.")
            time.sleep(TICK)

    def _tend_database(self) -> None:
        if not self.instance.embedded or self.instance.postgres.process() is not None:
            return
        say("The database ended; it is started again.")
        before = os.environ["DATABASE_URL"]
        try:
            port = self.instance.postgres.ensure_running(self.instance.provision)
        except ServerFailed as error:
            say(f"{error.message} Trying again.")
            return
        os.environ.update(self.instance.database_environment(port))
        if os.environ["DATABASE_URL"] != before:  # another process took the port: the children must learn the new one
            for child in self.children:
                child.ask_to_stop()

    def _announce(self, preparation: "subprocess.Popen[bytes]") -> None:
        if self._stopping:
            return
        output, _ = preparation.communicate()
        login = json.loads(output or b"{}").get("login")
        (self.instance.data.run / "address").write_text(self.address)
        say(f"Fairlead is ready at {self.address}  (data in {self.instance.data.path})")
        say(f"Log in, once, within 15 minutes: {self.address}{login}" if login else f"Sign up at {self.address}")
        say("Stop with Ctrl+C.")
        if self.options.browser and can_show_browser():
            import webbrowser

            webbrowser.open(self.address + (login or ""))

    # -- stopping ----------------------------------------------------------------------------------------------

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._stopping:  # asked twice: do not wait for anybody
            for child in self.children:
                if child.process is not None:
                    child.process.kill()
        self._stopping = True

    def _stop(self, preparation: "subprocess.Popen[bytes] | None") -> None:
        say("Stopping …")
        (self.instance.data.run / "address").unlink(missing_ok=True)
        if preparation and preparation.poll() is None:
            preparation.kill()  # a migration is a transaction
            preparation.communicate()
        deadline = time.monotonic() + STOP_CHILDREN
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait(deadline)


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    print(text, flush=True)


def choose_port(host: str, wanted: int | None) -> int:
    """Return `wanted`, or the first free port from 8000; raise `CannotRun` saying why it is not to be had."""
    if wanted is not None and not 0 <= wanted <= 65535:
        raise CannotRun(f"There is no port {wanted}: ports end at 65535.")
    for port in [wanted] if wanted is not None else range(8000, 8050):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return int(probe.getsockname()[1])
            except OSError as error:
                if error.errno != errno.EADDRINUSE:  # no such address here, or no right to this port
                    raise CannotRun(f"Cannot listen on {host}, port {port}: {error.strerror}.") from None
    raise CannotRun(f"Port {wanted} is taken. Choose another with --port." if wanted else "No port from 8000 is free.")


def choose_live_port(host: str) -> int:
    """Return the port of the process of live events and tell the others of it: FAIRLEAD_LIVE_PORT, else a free one.

    Pages listen there, unless FAIRLEAD_LIVE_URL names a proxy's address.
    """
    given = os.environ.get("FAIRLEAD_LIVE_PORT", "")
    port = choose_port(host, int(given) if given else 0)
    os.environ["FAIRLEAD_LIVE_PORT"] = str(port)
    return port


def answers(host: str, port: int) -> bool:
    """Tell whether the web server answers at all, well or not."""
    connection = http.client.HTTPConnection(host if host != "0.0.0.0" else "127.0.0.1", port, timeout=1)  # noqa: S104
    try:
        connection.request("GET", "/health")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def can_show_browser() -> bool:
    """Tell whether somebody sits in front of this machine."""
    screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) and sys.stdout.isatty()
