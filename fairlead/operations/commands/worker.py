"""`fairlead worker`: background jobs, the recurring schedule and the log's consumers."""

import argparse

from fairlead.operations.instance import Instance
from fairlead.operations.orphans import end_with_parent


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--concurrency", type=int, help="short jobs at once in this process (FAIRLEAD_CONCURRENCY, 4)")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Work until SIGINT or SIGTERM."""
    end_with_parent()
    with instance.connected(patience=2.0):
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.jobs.worker import run_worker

        return run_worker(args.concurrency)
