"""`fairlead prepare`: what `run` does before it serves. Prints JSON: `login`, a one-time path, or null."""

import argparse
import json

from fairlead.operations import schema
from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--empty", action="store_true", help="make no demo firm in a new installation")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Migrate, make the first firm of a new installation, and make a login link for its owner."""
    with instance.connected():
        stamp = schema.fingerprint()
        schema.migrate(verbosity=0)
        (instance.data.run / "prepared").write_text(stamp)
        print(json.dumps({"login": login_path(empty=args.empty)}))
    return 0


def login_path(*, empty: bool) -> str | None:
    """Return a one-time path for whoever runs this installation; None while nobody has signed up."""
    from fairlead.accounts.public import User, create_login_link
    from fairlead.operations import demo

    if not empty and not User.objects.exists():
        demo.create()
    operator = User.objects.filter(is_active=True).order_by("-is_operator", "created_at").first()
    return create_login_link(operator) if operator else None
