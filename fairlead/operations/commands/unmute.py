"""`fairlead unmute`: let a restored installation send again."""

import argparse
import getpass

from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """There is nothing to declare."""


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """End the muting."""
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.tenancy.public import unmute

        ended = unmute(by=f"{getpass.getuser()} (command line)")
    print("This installation sends again." if ended else "This installation was not muted.")
    return 0
