"""`fairlead key create`: an API key, printed alone so that a script can catch it."""

import argparse

from fairlead.kernel.errors import InvalidInput
from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    create = verbs.add_parser("create", help="create a key", description="Create an API key; it is shown only now.")
    create.add_argument("--firm", required=True, metavar="SLUG")
    create.add_argument("--user", required=True, metavar="EMAIL", help="the member on whose behalf the key acts")
    create.add_argument("--scopes", help="permissions, comma-separated (default: all that the member has)")
    create.add_argument("--name", default="Command line", help="what the list of keys calls it")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Create the key and print it."""
    scopes = [scope.strip() for scope in (args.scopes or "").split(",") if scope.strip()]
    if args.scopes is not None and not scopes:  # a script's empty variable must not make a key that may do all
        raise InvalidInput({"scopes": ["Name a permission, or leave --scopes out for all that the member has."]})
    instance.require_installation()
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.accounts.public import create_api_key

        print(create_api_key(args.firm, args.user, scopes=scopes, name=args.name))
    return 0
