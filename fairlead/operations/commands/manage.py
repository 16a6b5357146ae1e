"""`fairlead manage …`: Django's management commands, against this installation."""

import argparse

from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="what manage.py would get")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Hand over to Django."""
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["fairlead manage", *args.rest])
    return 0
