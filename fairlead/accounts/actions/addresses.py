"""A new address for a login: wished for, and not yet proven."""

from allauth.account.models import EmailAddress
from django.db import transaction

from fairlead.accounts.models import User


@transaction.atomic
def wish_for_address(user: User, email: str) -> EmailAddress:
    """Note the address that somebody wants to log in with, instead of an earlier wish; they still have to prove it.

    The one at hand stays until then, be it proven or not. allauth takes whatever is unproven for an earlier wish: the
    login's own address too, and then it has none. Its pages and mails audit what comes of it.
    """
    EmailAddress.objects.filter(user=user, verified=False).exclude(email__iexact=user.email).delete()
    made: EmailAddress = EmailAddress.objects.create(user=user, email=email.lower())
    return made
