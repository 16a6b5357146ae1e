"""A running server on the test database, for tests that must speak HTTP."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

HOME = Path(__file__).resolve().parents[2]


@contextmanager
def server(log: Path) -> Iterator[str]:
    """Serve the test database by granian, without limits, and yield the address; what it says goes to `log`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4",
             "--log-level", "error", "fairlead.config.wsgi:application"],
            cwd=HOME, env=_environment(port), stdout=output, stderr=output,
        )  # fmt: skip
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _environment(port: int) -> dict[str, str]:
    urls = {alias: settings.DATABASES[alias] for alias in ("default", "owner")}
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "fairlead.config.settings_test",
        "DATABASE_URL": _url(urls["default"]),
        "DATABASE_OWNER_URL": _url(urls["owner"]),
        "FAIRLEAD_URL": f"http://127.0.0.1:{port}",
        **{f"FAIRLEAD_API_LIMIT_{who}": "0" for who in ("KEY", "USER", "FIRM", "ADDRESS")},
    }


def _url(database: dict[str, str]) -> str:
    person = f"{database['USER']}:{quote(database['PASSWORD'], safe='')}"
    return f"postgresql://{person}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("The server ended before it could answer.")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not start.")
