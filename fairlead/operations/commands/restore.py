"""`fairlead restore FILE`: a backup into an empty installation, which starts muted."""

import argparse
import sys
from pathlib import Path

from fairlead.operations.instance import Instance
from fairlead.operations.progress import Bytes


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="made by `fairlead backup`")
    parser.add_argument("--force", action="store_true", help="replace what is there (it is moved aside)")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Restore the backup."""
    from fairlead.operations.backups.restore import restore

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    with Bytes("read") as progress:
        facts = restore(instance.data, args.file.absolute(), force=args.force, say=say, progress=progress)
    print(f"Restored the backup of {facts['made_at']}. The copy is muted: it sends nothing until `fairlead unmute`.")
    return 0
