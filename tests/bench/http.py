"""A server of our own and clients that cost next to nothing, for benchmarks over HTTP."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

THREADS = "5"
STOP = "3s"  # as `fairlead web`: a worker that has not ended by then is killed


@contextmanager
def granian(application: str) -> Iterator[int]:
    """Serve a WSGI application as `fairlead web` does by default on two processors and yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    limits = {f"FAIRLEAD_API_LIMIT_{who}": "0" for who in ("KEY", "USER", "FIRM", "ADDRESS")}
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2",
         "--blocking-threads", THREADS, "--workers-kill-timeout", STOP, "--log-level", "error", application],
        env=os.environ | limits | {"PYTHONPATH": "."}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not start.")


@dataclass
class Load:
    """What a run of clients saw: seconds of each answer, and how long all took together."""

    seconds: float = 0.0
    answers: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.seconds


class Client:
    """One kept-open HTTP/1.1 connection."""

    def __init__(self, port: int, headers: str = "") -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), 30)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.headers = headers

    def get(self, path: str) -> bytes:
        """Return the body; raise when the answer is not 200."""
        self.connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{self.headers}\r\n".encode())
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {head[:200]!r} {body[:500]!r}")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._more()
        return body

    def _more(self) -> bytes:
        chunk = self.connection.recv(262_144)
        if not chunk:
            raise ConnectionError("The server hung up.")
        return chunk


def load(port: int, headers: str, paths: Callable[[int], Sequence[str]], *, clients: int = 8) -> Load:
    """Let `clients` ask for their paths (`paths(number of the client)`), all at once, one after the other each."""
    found, errors = Load(), []

    def work(number: int) -> None:
        try:
            client = Client(port, headers)
            for path in paths(number):
                started = time.perf_counter()
                client.get(path)
                found.answers.append(time.perf_counter() - started)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=[n]) for n in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - started
    if errors:
        raise errors[0]
    return found
