"""Programs of others that may ask members to act for them."""

from typing import ClassVar

from django.db import models
from oauth2_provider.models import AbstractApplication

from fairlead.kernel import clock
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Application(FirmModel, AbstractApplication):  # type: ignore[misc]
    """An OAuth client of one firm; it acts nowhere else.

    Of the toolkit's model it keeps what the authorization code needs. The `client_id` reads `fla_<firm>_<id>`, so that
    every request of the protocol enters its firm before anything is looked up. A public application (in a browser, on
    a desktop) has no secret.
    """

    class Kind(models.TextChoices):
        """Whether it can keep a secret (RFC 6749, 2.1)."""

        CONFIDENTIAL = "confidential", "It runs on a server and keeps a secret"
        PUBLIC = "public", "It runs on people's devices and has no secret"

    name = models.CharField(max_length=100)
    website = models.URLField(
        max_length=300, blank=True, default="", help_text="Where people read about it; shown when they are asked."
    )
    client_id = models.CharField(max_length=80)
    client_type = models.CharField(max_length=32, choices=Kind, default=Kind.CONFIDENTIAL)
    client_secret = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of 256 random bits, hexadecimal; empty for a public application."
    )
    hint = models.CharField(max_length=8, blank=True, help_text="The last characters of the secret.")
    previous_secret = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="The secret before the last rotation."
    )
    previous_until = models.DateTimeField(null=True, blank=True, help_text="Until when the one before works too.")
    redirect_uris = models.TextField(help_text="Exact addresses, separated by spaces.")
    scopes = models.JSONField(default=list, help_text="Permissions it may ask for; empty means any.")
    created_by = FirmForeignKey(
        "accounts.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        help_text="The member who registered it.",
    )

    # What the toolkit knows and we do not offer: other grants, OpenID, browsers calling the token endpoint.
    authorization_grant_type = AbstractApplication.GRANT_AUTHORIZATION_CODE
    registration_source = AbstractApplication.RegistrationSource.MANUAL
    allowed_origins = post_logout_redirect_uris = algorithm = ""
    hash_client_secret = skip_authorization = False
    cimd_expires_at = user = created = updated = None

    class Meta(FirmModel.Meta):
        """Found by client id within the firm."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["firm", "client_id"], name="oauth_application_client")]

    def __str__(self) -> str:
        return self.name

    def redirect_uri_allowed(self, uri: str) -> bool:
        """Tell whether it may be answered at `uri`: exactly one of its own; on loopback at any port (RFC 8252, 7.3)."""
        try:
            return uri in self.redirects or (uri.startswith("http:") and bool(super().redirect_uri_allowed(uri)))
        except ValueError:  # a port that is no number
            return False

    @property
    def secrets(self) -> list[str]:
        """Return the hashes of the secrets that it may show at this moment."""
        living = self.previous_until is not None and self.previous_until > clock.now()
        return [self.client_secret, self.previous_secret] if living else [self.client_secret]

    @property
    def redirects(self) -> list[str]:
        """Return the addresses that it may be answered at."""
        return self.redirect_uris.split()
