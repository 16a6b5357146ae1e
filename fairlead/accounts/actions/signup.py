"""Become a login: by founding a firm, or by an invitation."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from fairlead.accounts.actions.firms import create_firm, lock_installation
from fairlead.accounts.login_address import read_login_address
from fairlead.accounts.models import Membership, User
from fairlead.kernel.fields import Fields
from fairlead.tenancy.public import Firm, Via


@transaction.atomic
def sign_up(
    person: Mapping[str, Any], firm: Mapping[str, Any], *, via: Via = "web", ip: str | None = None,
    is_verified: bool = False, is_demo: bool = False
) -> Membership:  # fmt: skip
    """Create a login, its firm and the membership that owns it, all or nothing.

    `person`: `email`, `password`, `first_name`, `last_name`; `firm` as in `create_firm`. Raises `InvalidInput`.
    """
    user = create_login(person, is_verified=is_verified)
    member = create_firm(firm, owner=user, via=via, ip=ip, is_demo=is_demo)
    settle(user, member.firm)
    return member


def settle(user: User, firm: Firm) -> None:
    """Let a new login read times as their firm does, until they choose a zone themselves."""
    user.time_zone = firm.time_zone
    user.save(update_fields=["time_zone", "updated_at"])


@transaction.atomic
def create_login(person: Mapping[str, Any], *, is_verified: bool) -> User:
    """Create a login. The first one of an installation runs it. Raises `InvalidInput`.

    `is_verified` says that the address has been proven, by an invitation's link or by the operator's word.
    """
    fields = Fields(person)
    email = read_login_address(fields)
    fields.text("first_name", longest=100)
    fields.text("last_name", longest=100)
    password = _password(fields)
    _check_email(email, fields)
    values = fields.done()
    values.pop("password")
    lock_installation()
    user = User.objects.create_user(password=password, is_operator=not User.objects.exists(), **values)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_verified)
    return user


def _password(fields: Fields) -> str:
    given = fields.given.get("password")
    fields.text("password", longest=200, required=True)  # for the messages; a password keeps its spaces
    if not isinstance(given, str) or "password" in fields.problems:
        return ""
    names = {n: fields.clean.get(n, "") for n in ("email", "first_name", "last_name")}
    try:
        validate_password(given, User(**names))
    except ValidationError as error:
        for message in error.messages:
            fields.problem("password", message)
    return given


def _check_email(email: str | None, fields: Fields) -> None:
    if email is None:
        return
    if User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email, verified=True).exists():
        fields.problem("email", "There is a login with this address already. Log in instead.")
