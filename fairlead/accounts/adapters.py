"""Our hooks in django-allauth: who may sign up, where mail goes wrong, what is audited, how secrets are kept."""

import logging
from smtplib import SMTPException
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fairlead.accounts import known_devices, security
from fairlead.accounts.models import LoginLink, User
from fairlead.kernel import clock, crypto
from fairlead.kernel.text import counted
from fairlead.shell.caller import client_ip

logger = logging.getLogger(__name__)
FEW_CODES = 3  # recovery codes: so few left are told as what is wrong
_METHODS = {"password": "a password", "link": "a one-time link"}
_FACTORS = {"totp": "an authenticator app", "recovery_codes": "a recovery code", "webauthn": "a passkey"}
_PROOFS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code of your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}
_ON_ITS_WAY = "account/messages/email_confirmation_sent.txt"
# What is asked for by somebody who then looks into their mail, whether or not there is such a log-in.
_ANSWERED_BY_MAIL = {"account/email/password_reset_key", "account/email/unknown_account"}
# The notices that allauth mails, and the events they are.
_NOTICES: dict[str, tuple[str, dict[str, str]]] = {
    "account/email/password_changed": ("password.changed", {}),
    "account/email/password_set": ("password.changed", {}),
    "account/email/password_reset": ("password.reset", {}),
    "account/email/email_changed": ("email.changed", {}),
    "mfa/email/totp_activated": ("second_factor.added", {"factor": "an authenticator app"}),
    "mfa/email/totp_deactivated": ("second_factor.removed", {"factor": "the authenticator app"}),
    "mfa/email/recovery_codes_generated": ("recovery_codes.generated", {}),
    "mfa/email/webauthn_added": ("second_factor.added", {"factor": "a passkey"}),
    "mfa/email/webauthn_removed": ("second_factor.removed", {"factor": "a passkey"}),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Logins, audited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This log-in is closed. Ask whoever runs this installation.",
        "email_password_mismatch": "This address and password do not belong together.",
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many failed attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let strangers found firms only where the operator allows it; the first login is always welcome."""
        return settings.SIGNUP_OPEN or not User.objects.exists()

    def get_client_ip(self, request: HttpRequest) -> str:
        """Trust a forwarded address only from a proxy that the operator named."""
        return client_ip(request) or "0.0.0.0"  # noqa: S104 - no address, not a bind

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Audit the log-in with the means it used."""
        used = [_method(r) for r in get_authentication_records(request, user)] or ["a new login"]
        security.record_login_event("login.succeeded", cast(User, user), request, {"method": " and ".join(used)})
        if _FACTORS["recovery_codes"] in used:
            _say_what_is_left(request, cast(User, user))
        response = cast(HttpResponse, super().post_login(request, user, **kwargs))
        known_devices.remember(response, request, cast(User, user).email)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count the failures of a browser that is known by itself: whoever guesses elsewhere shuts nobody out there."""
        counted_as: str = super()._get_login_attempts_cache_key(request, **credentials)
        device = known_devices.known(request, str(credentials.get("email", "")))
        return f"{counted_as}:{device}" if device else counted_as

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Audit the failure in the firms of the login it aimed at."""
        security.record_failed_login(str(credentials.get("email", "")), request, "wrong password")

    def logout(self, request: HttpRequest) -> None:
        """Audit leaving."""
        if request.user.is_authenticated:
            security.record_login_event("login.ended", request.user, request)
        super().logout(request)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set it, and let go of an address that was asked for and never confirmed, and of one-time links.

        Whoever sets a new password shuts out who knew the old one: the link that they had sent to an address of theirs
        must not give them the log-in after all. What else of the login changed since the request began stays, which
        allauth, saving the whole row, would write over.
        """
        person = cast(User, user)
        person.set_password(password)
        person.save(update_fields=["password", "updated_at"])
        pending = EmailAddress.objects.filter(user=person, verified=False)
        pending.exclude(email__iexact=person.email).delete()
        LoginLink.objects.filter(user=person, used_at=None).update(used_at=clock.now())

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Keep the address that the login has: without one nobody logs in."""
        own = email_address.email.lower() == cast(User, email_address.user).email.lower()
        return not own and bool(super().can_delete_email(email_address))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:  # fmt: skip
        """Audit what the person is told about their login."""
        if template_prefix in _NOTICES:
            event_type, data = _NOTICES[template_prefix]
            security.record_login_event(event_type, cast(User, user), self.request, data)
        super().send_notification_mail(template_prefix, user, context, email)

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """Return the ways to prove again who one is, called as our pages call them."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        proofs = _PROOFS if has_app(user) else _PROOFS | {"mfa_reauthenticate": "Use a recovery code"}
        return [{**m, "description": proofs.get(m["id"], m["description"])} for m in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Say so on the page when the mail server does not take a mail, instead of failing."""
        try:
            super().send_mail(template_prefix, email, {**context, "host": urlsplit(settings.BASE_URL).netloc})
        except (OSError, SMTPException):
            logger.exception("A mail could not be handed over: %s", template_prefix)
            messages.error(self.request, "The mail could not be sent. Try again later or tell your administrator.")
            self.request.mail_is_unsent = True
            if template_prefix in _ANSWERED_BY_MAIL:
                raise ImmediateHttpResponse(redirect("account_reset_password")) from None

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Tell of a mail that is on its way only when it is."""
        if message_template != _ON_ITS_WAY or not hasattr(request, "mail_is_unsent"):
            super().add_message(request, level, message_template, *args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or was used before. Type the one that the app shows now.",
        "unverified_email": "Confirm your email address first: the link is in the mail that you got.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a TOTP secret or a recovery seed under the field key."""
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read it back; raises `UnreadableSecret` under a foreign key."""
        return crypto.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Suggest a name that claims nothing: no passkey opens more than another."""
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {there + 1}" if there else "Passkey"

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host that people see (WebAuthn, relying party id)."""
        return {"id": context.request.get_host().partition(":")[0], "name": settings.MFA_TOTP_ISSUER}


def has_app(user: AbstractBaseUser) -> bool:
    """Tell whether an authenticator app of theirs shows codes; else recovery codes are all that they can type."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def _method(record: dict[str, Any]) -> str:
    if record.get("method") == "mfa":
        return _FACTORS.get(str(record.get("type")), "a second factor")
    return _METHODS.get(str(record.get("method")), str(record.get("method")))


def _say_what_is_left(request: HttpRequest, user: User) -> None:
    """Warn who used up a recovery code, before the last one is gone and a lost phone locks them out."""
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    left = len(codes.wrap().get_unused_codes()) if codes else 0
    tell = messages.info if left > FEW_CODES else messages.error
    tell(request, f"{counted(left, 'recovery code')} left. Make new ones in time: Profile, Two-step log-in.")
