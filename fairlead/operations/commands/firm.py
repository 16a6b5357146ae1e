"""`fairlead firm create`: a firm and its owner."""

import argparse
import getpass
import sys

from fairlead.kernel.errors import InvalidInput
from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    create = verbs.add_parser("create", help="create a firm", description="Create a firm and its owner.")
    create.add_argument("--slug", required=True, help="its name in every address: lower-case letters, digits, hyphens")
    create.add_argument("--name", required=True)
    create.add_argument("--owner", required=True, metavar="EMAIL", help="an existing login, or a new one")
    create.add_argument("--country", default="US", help="ISO 3166-1; how its phone numbers are read (default: US)")
    create.add_argument("--password-stdin", action="store_true", help="read a new owner's password from standard input")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Create the firm and print its address."""
    password = read_password(from_stdin=args.password_stdin)
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.accounts.public import create_firm

        member = create_firm(args.slug, args.name, args.owner, password, country=args.country)
        print(f"/f/{member.firm.slug}/")
    return 0


def read_password(*, from_stdin: bool) -> str | None:
    """Return the password: one line of standard input, or asked for at a terminal, else none."""
    if from_stdin:
        try:
            password = sys.stdin.readline().rstrip("\r\n")
            password.encode()  # under some locales what cannot be read arrives as lone surrogates
        except UnicodeError:
            raise InvalidInput({"password": ["Standard input is not UTF-8 text."]}) from None
        if not password:
            raise InvalidInput({"password": ["Standard input holds no password."]})
        if "\x00" in password:  # no page would take it
            raise InvalidInput({"password": ["The NUL character is not accepted."]})
        return password
    return (
        getpass.getpass("Password of a new owner (empty for an existing login): ") or None
        if sys.stdin.isatty()
        else None
    )
