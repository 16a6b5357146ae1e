"""`fairlead web`: granian serves `fairlead.config.wsgi`, threads in one process per `--processes`."""

import argparse
import os
import signal
from collections.abc import Callable
from typing import Any

from fairlead.operations.instance import Instance
from fairlead.operations.orphans import end_with_parent

STOP_SECONDS = 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--processes", type=int, default=_processes())
    parser.add_argument("--threads", type=int, default=_threads(), help="requests served at once, per process")


def _processes() -> int:
    """Return WEB_CONCURRENCY, by default two where there are two processors: drawing a page keeps one busy."""
    return int(os.environ.get("WEB_CONCURRENCY", 0)) or min(2, os.cpu_count() or 1)


def _threads() -> int:
    """Return how many threads keep the processor busy while some of them wait for the database."""
    return min(8, 2 * (os.cpu_count() or 1) + 1)


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Serve until SIGINT or SIGTERM."""
    target = "fairlead.config.wsgi:application"
    return serve(target, "wsgi", args, instance, args.processes, threads=args.threads)


def serve(
    target: str,
    interface: str,
    args: argparse.Namespace,
    instance: Instance,
    processes: int,
    threads: int | None = None,
) -> int:
    """Let granian serve an application until SIGINT or SIGTERM."""
    end_with_parent()
    with instance.connected(patience=2.0):
        from granian.constants import Interfaces
        from granian.log import LogLevels
        from granian.server import Server

        server = Server(
            target,
            address=args.host,
            port=args.port,
            interface=Interfaces(interface),
            workers=processes,
            blocking_threads=threads,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
            workers_kill_timeout=STOP_SECONDS,  # open streams would otherwise hold up the end
        )
        server.serve(target_loader=Loader(os.getpid()))
    return 0


class Loader:
    """Loads the application in granian's worker process, which must not outlive granian. Picklable."""

    def __init__(self, parent: int) -> None:
        self.parent = parent

    def __call__(self, target: str) -> Callable[..., Any]:
        """Return the application."""
        from granian._internal import load_target

        end_with_parent(self.parent, grace=STOP_SECONDS)
        # Until granian takes over, SIGTERM means the end: the handler inherited from its main process is deaf.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        return load_target(target)
