"""`fairlead login-link EMAIL`: for somebody who cannot log in, or the operator at the terminal."""

import argparse

from fairlead.kernel.errors import NotFound
from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument(
        "--reset-second-factors", action="store_true", help="take away app, passkeys and recovery codes: they are lost"
    )


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Print the address of a page that logs the person in once."""
    instance.require_installation()
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from django.conf import settings

        from fairlead.accounts.public import User, create_login_link, reset_by_operator

        user = User.objects.filter(email=args.email.strip().lower(), is_active=True).first()
        if user is None:
            raise NotFound(f"Nobody logs in as {args.email}.")
        if args.reset_second_factors:
            reset_by_operator(user)
        print(f"{serving_address(instance) or settings.BASE_URL}{create_login_link(user)}")
    return 0


def serving_address(instance: Instance) -> str | None:
    """Return the address at which this machine serves now, if `fairlead run` does."""
    file = instance.data.run / "address"
    return file.read_text().strip() if file.exists() else None
