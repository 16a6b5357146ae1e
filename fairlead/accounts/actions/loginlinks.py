"""One-time login links: printed by the command line, used by one press of a button."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from fairlead.accounts.admission import hash_secret
from fairlead.accounts.models import LoginLink, User
from fairlead.kernel import clock
from fairlead.kernel.errors import NotFound

VALID_FOR = timedelta(minutes=15)
_DEAD = (
    "It was used already, is older than 15 minutes, or is not whole. Log in with your password, "
    "or ask whoever runs this installation for another link."
)


@transaction.atomic
def create_login_link(user: User) -> str:
    """Return the path of a page that logs `user` in once, within 15 minutes."""
    token = secrets.token_urlsafe(32)
    LoginLink.objects.create(user=user, token_hash=hash_secret(token), expires_at=clock.now() + VALID_FOR)
    return reverse("login_link", kwargs={"token": token})


def find_login_link(token: str) -> LoginLink:
    """Return the link that is still good; raise `NotFound`."""
    now = clock.now()
    link = LoginLink.objects.select_related("user").filter(
        token_hash=hash_secret(token), used_at=None, expires_at__gt=now, user__is_active=True
    )
    found = link.first()
    if found is None:
        raise NotFound(_DEAD)
    return found


@transaction.atomic
def use_login_link(token: str) -> User:
    """Use the link up and return its login; raise `NotFound`. Of two presses at once only one succeeds."""
    link = find_login_link(token)
    if LoginLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()) != 1:
        raise NotFound(_DEAD)
    return link.user
