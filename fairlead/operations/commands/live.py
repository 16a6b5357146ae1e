"""`fairlead live`: granian serves `fairlead.config.asgi_live`, the streams of live events, in one process."""

import argparse
import os

from fairlead.operations.commands.web import STOP_SECONDS, Loader
from fairlead.operations.instance import Instance
from fairlead.operations.orphans import end_with_parent


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("FAIRLEAD_LIVE_PORT") or "8001"))


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Serve until SIGINT or SIGTERM."""
    end_with_parent()
    with instance.connected(patience=2.0):
        from granian.constants import Interfaces
        from granian.log import LogLevels
        from granian.server import Server

        server = Server(
            "fairlead.config.asgi_live:application",
            address=args.host,
            port=args.port,
            interface=Interfaces.ASGI,
            workers=1,  # a stream costs a few kilobytes: one process carries thousands
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
            workers_kill_timeout=STOP_SECONDS,  # open streams would otherwise hold up the end
        )
        server.serve(target_loader=Loader(os.getpid()))
    return 0
