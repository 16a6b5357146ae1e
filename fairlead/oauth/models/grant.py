"""Authorization codes."""

from typing import ClassVar

from django.db import models
from oauth2_provider.models import AbstractGrant

from fairlead.accounts.models import User
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Grant(FirmModel, AbstractGrant):  # type: ignore[misc]
    """A code that becomes tokens once, within a minute, by who holds the verifier of its challenge (RFC 7636)."""

    application = FirmForeignKey("oauth.Application", on_delete=models.CASCADE)
    connection = FirmForeignKey(
        "oauth.Connection", on_delete=models.CASCADE, help_text="The consent it hangs on, and ends with."
    )
    code = models.CharField(max_length=64, help_text="SHA-256 of the code, hexadecimal.")

    redeemed = models.DateTimeField(
        null=True, blank=True, help_text="When it became tokens; one that comes again ends them."
    )

    nonce = claims = ""
    resource: ClassVar[list[str]] = []
    created = updated = None

    class Meta(FirmModel.Meta):
        """Found by code within the firm."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["firm", "code"], name="oauth_grant_code")]

    @property
    def user(self) -> User:
        """Return the login of who agreed."""
        return self.connection.membership.user  # type: ignore[no-any-return]
