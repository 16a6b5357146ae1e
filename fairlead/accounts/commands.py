"""What the command line does: it stands on the server, so the operator's word counts as proof."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from fairlead.accounts.actions import keys, signup
from fairlead.accounts.actions.firms import create_firm as found_firm
from fairlead.accounts.actors import actor_for
from fairlead.accounts.models import Membership, User
from fairlead.kernel.errors import InvalidInput
from fairlead.tenancy.public import Firm, firm_context


@transaction.atomic
def create_firm(
    slug: str, name: str, owner_email: str, password: str | None, *, first_name: str = "", last_name: str = "",
    country: str = "US", is_demo: bool = False,
) -> Membership:  # fmt: skip
    """Create a firm with its owner and return the owner's membership, its `firm` and `user` loaded.

    An existing login becomes the owner and keeps its password; a new one needs `password`. Raises `InvalidInput`.
    """
    firm = {"slug": slug, "name": name, "country": country}
    user = User.objects.filter(email=owner_email.strip().lower()).first()
    if user is not None:
        return found_firm(firm, owner=user, via="cli", is_demo=is_demo)
    person = {"email": owner_email, "first_name": first_name, "last_name": last_name}
    if password is not None:
        person["password"] = password
    return signup.sign_up(person, firm, via="cli", is_verified=True, is_demo=is_demo)


@transaction.atomic
def create_api_key(firm_slug: str, user_email: str, *, scopes: Sequence[str] = (), name: str = "Command line") -> str:
    """Create a key for a member and return its text. Raises `InvalidInput` naming `firm`, `user` or `scopes`."""
    firm = Firm.objects.filter(slug=firm_slug).first()
    if firm is None:
        raise InvalidInput({"firm": [f"There is no firm {firm_slug!r}."]})
    with firm_context(firm.id):
        found = Membership.rows().select_related("user", "custom_role")
        member = found.filter(user__email=user_email.strip().lower(), deactivated_at=None).first()
        if member is None:
            raise InvalidInput({"user": [f"{user_email!r} is no active member of {firm.name}."]})
        by = replace(actor_for(member, firm), via="cli")
        return keys.create_key({"name": name, "scopes": list(scopes)}, by=by)[1]
