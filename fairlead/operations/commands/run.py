"""`fairlead run`: everything on this machine, under one supervisor."""

import argparse
import os

from fairlead.operations.instance import Instance
from fairlead.operations.supervisor import Options, Supervisor


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="default: the first free port from 8000")
    parser.add_argument("--empty", action="store_true", help="make no demo firm on the first start")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--processes", type=int, default=max(1, (os.cpu_count() or 1) // 2), help="web processes")
    parser.add_argument("--workers", type=int, default=1, help="worker processes")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Run until SIGINT or SIGTERM."""
    options = Options(
        host=args.host,
        port=args.port,
        empty=args.empty,
        browser=not args.no_browser,
        processes=args.processes,
        workers=args.workers,
    )
    return Supervisor(instance, options).run()
