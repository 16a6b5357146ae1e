"""The forms of the second step and of passkeys: django-allauth's, with failures audited and said in our words."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as CodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from fairlead.accounts import security
from fairlead.accounts.adapters import has_app


class SecondCodeForm(CodeForm):  # type: ignore[misc]
    """A code after the password. Whoever gets here knows the password: a wrong code is worth knowing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_app = has_app(self.user)
        if not self.has_app:
            self.fields["code"].label = "Recovery code"
            self.fields["code"].widget.attrs["placeholder"] = "Recovery code"

    def clean_code(self) -> str:
        """Return the code, or audit that it was wrong."""
        try:
            return str(super().clean_code())
        except ValidationError as error:
            if error.code == "incorrect_code":  # else it was not even tried, for there were too many
                security.record_failed_login(self.user.email, context.request, "wrong code after the password")
            raise


class _WordedPasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey that says in `refusal` that it is wrong."""

    refusal: str

    def clean_credential(self) -> Any:
        """Return the passkey."""
        try:
            return super().clean_credential()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            self.refused()
            raise ValidationError(self.refusal) from error

    def refused(self) -> None:
        """Do what is to be done about a wrong one."""


class SecondPasskeyForm(_WordedPasskeyForm):
    """A passkey after the password."""

    refusal = "This passkey does not open your log-in. Use another one, or a code."

    def refused(self) -> None:
        """Audit it: whoever gets here knows the password."""
        security.record_failed_login(self.user.email, context.request, "wrong passkey after the password")


class PasskeyLoginForm(_WordedPasskeyForm, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of the password; what it says about whom it belongs to is not proven when it is wrong."""

    refusal = "This passkey is not known here: it was removed, or is of another login. Log in with your password."


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey to add."""

    passwordless = forms.BooleanField(
        label="Log in with it alone, without a password", required=False,
        help_text="Your device then asks for your fingerprint, face or PIN. Otherwise it is a second step only.",
    )  # fmt: skip
