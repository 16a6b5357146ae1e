"""`fairlead reencrypt`: bring every stored secret under the newest field key."""

import argparse
import sys

from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """There is nothing to declare."""


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Encrypt anew and say what; exit with 1 when a secret was written with a key that is not there any more."""
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.kernel import crypto

        try:
            counts = crypto.reencrypt_all()
        except crypto.UnreadableSecret as error:
            print(f"fairlead reencrypt: {error} Bring the key back that wrote it.", file=sys.stderr)
            return 1
    for name, count in counts.items():
        print(f"{name}: {count} encrypted under the newest key")
    return 0
