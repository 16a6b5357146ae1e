"""Browsers that a person has logged in with: a stranger who guesses at the login shuts nobody out of them.

Such a browser keeps a signed cookie, and its failures are counted apart from everybody else's (OWASP, "Slow Down Online
Guessing Attacks with Device Cookies"). It opens nothing: whoever takes it may guess five times more.
"""

import hashlib
import secrets

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

COOKIE = "known_device"
LASTS = 180 * 86_400  # seconds
_SALT = "fairlead.known_device"


def remember(response: HttpResponse, request: HttpRequest, email: str) -> None:
    """Let the answer to a log-in make the browser a known one; one that is known already stays the same."""
    device = known(request, email) or secrets.token_hex(16)
    text = TimestampSigner(salt=_SALT).sign(f"{_of(email)}.{device}")
    response.set_cookie(
        COOKIE, text, max_age=LASTS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def known(request: HttpRequest, email: str) -> str:
    """Return the random name of a browser that has logged in with this address before, "" for any other."""
    try:
        text = TimestampSigner(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=LASTS)
    except BadSignature:
        return ""
    whose, _, device = text.partition(".")
    return device if whose == _of(email) else ""


def _of(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]
