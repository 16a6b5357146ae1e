"""`fairlead backup FILE`: everything in one file, while the installation works."""

import argparse
from pathlib import Path

from fairlead.operations.instance import Instance
from fairlead.operations.progress import Bytes


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file; it will hold the keys, so keep it safe")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Write the backup."""
    from fairlead.operations.backups.create import create

    instance.require_installation()
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        with Bytes("written") as progress:
            facts = create(instance, args.file.absolute(), progress)
    print(f"{args.file}: {facts['bytes']:,} bytes, {facts['files']:,} members, checksums inside.")
    return 0
