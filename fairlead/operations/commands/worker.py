"""`fairlead worker`: background jobs, the recurring schedule and the log's consumers."""

import argparse

from fairlead.operations.instance import Instance
from fairlead.operations.orphans import end_with_parent


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at once in this process")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Work until SIGINT or SIGTERM."""
    end_with_parent()
    with instance.connected(patience=2.0):
        from fairlead.operations.django_setup import setup

        setup()
        from django.core.management import call_command

        call_command("procrastinate", "worker", concurrency=args.concurrency, shutdown_graceful_timeout=3)
    return 0
