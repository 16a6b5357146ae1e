"""`fairlead live`: granian serves `fairlead.config.asgi_live`, the streams of live events, in one process."""

import argparse
import os

from fairlead.operations.commands.web import serve
from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("FAIRLEAD_LIVE_PORT") or "8001"))


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Serve until SIGINT or SIGTERM."""
    # A stream costs a few kilobytes: one process carries thousands.
    return serve("fairlead.config.asgi_live:application", "asgi", args, instance, processes=1)
