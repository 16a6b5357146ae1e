"""`fairlead migrate`: bring the database to this version."""

import argparse

from fairlead.operations.instance import Instance
from fairlead.operations.schema import migrate


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--quiet", action="store_true", help="say nothing when there is nothing to do")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Apply what is missing."""
    with instance.connected():
        done = migrate(verbosity=0 if args.quiet else 1)
    if not args.quiet:
        print(f"{done} migrations applied." if done else "The database is up to date.")
    return 0
