"""The form of a new address, and the link that confirms it: django-allauth's, but for what they take away."""

from typing import Any

from allauth.account.forms import AddEmailForm
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmEmailView
from django.http import HttpRequest

from fairlead.accounts.actions.addresses import wish_for_address


class NewAddressForm(AddEmailForm):  # type: ignore[misc]
    """An address that somebody wants to log in with from now on."""

    def save(self, request: HttpRequest) -> EmailAddress:
        """Ask the new address by mail."""
        made = wish_for_address(self.user, self.cleaned_data["email"])
        send_verification_email_to_address(request, made)
        return made


class Confirmation(ConfirmEmailView):  # type: ignore[misc]
    """The page behind the link of a mail: it logs nobody in, so it need not log anybody out either."""

    def logout_other_user(self, confirmation: Any) -> None:
        """Leave whoever looks at it logged in: a link that is only looked at changes nothing."""
