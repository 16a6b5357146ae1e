"""A child process under supervision: started, watched, restarted with growing patience, stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from fairlead.operations.orphans import PARENT_VARIABLE

FIRST_DELAY = 0.2
LONGEST_DELAY = 10.0
HEALTHY_AFTER = 10.0


class Child:
    """One `fairlead` command that must always run. Whatever its exit code, it is started again."""

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self.name = name
        self.arguments = list(arguments)
        self.process: subprocess.Popen[bytes] | None = None
        self._delay = FIRST_DELAY
        self._started = 0.0
        self._due = 0.0

    def start(self) -> None:
        """Start the process in a session of its own: Ctrl+C reaches the supervisor only, which stops it in order."""
        command = [sys.executable, "-m", "fairlead.operations.cli", *self.arguments]
        environment = {**os.environ, PARENT_VARIABLE: str(os.getpid())}
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
        self._started = time.monotonic()

    def tend(self) -> int | None:
        """Restart the process if it has ended, after a delay; return its exit code at the moment it is noticed."""
        now = time.monotonic()
        if self.process is None:
            if self._started and now >= self._due:
                self.start()
            return None
        code = self.process.poll()
        if code is not None:
            if now - self._started > HEALTHY_AFTER:
                self._delay = FIRST_DELAY
            self._due = now + self._delay
            self._delay = min(self._delay * 2, LONGEST_DELAY)
            self.process = None
        return code

    def ask_to_stop(self) -> None:
        """Send SIGTERM: finish what is begun, then end."""
        if self.process is not None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then kill the whole session."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None
