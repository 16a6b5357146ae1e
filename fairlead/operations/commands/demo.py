"""`fairlead demo create` and `fairlead demo remove`: a firm to look around in."""

import argparse

from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    create = verbs.add_parser("create", help="create the demo firm", description="Create the demo firm.")
    create.add_argument("--owner", metavar="EMAIL", help="an existing login that shall own it (default: a new one)")
    verbs.add_parser("remove", help="remove the demo firms", description="Remove every demo firm with all it holds.")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Create or remove."""
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.operations import demo

        if args.verb == "create":
            firm = demo.create(owner=args.owner)
            print(f"/f/{firm.slug}/")
        else:
            print(f"{demo.remove_all()} demo firms removed.")
    return 0
