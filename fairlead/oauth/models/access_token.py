"""Access tokens, by their hash."""

from typing import ClassVar

from django.db import models
from oauth2_provider.models import AbstractAccessToken, TokenChecksumField

from fairlead.accounts.models import User
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class AccessToken(FirmModel, AbstractAccessToken):  # type: ignore[misc]
    """What an application shows with each request. Its text is stored nowhere."""

    application = FirmForeignKey("oauth.Application", on_delete=models.CASCADE)
    connection = FirmForeignKey(
        "oauth.Connection", on_delete=models.CASCADE, help_text="The consent it hangs on, and ends with."
    )
    source_refresh_token = FirmForeignKey(
        "oauth.RefreshToken", null=True, blank=True, on_delete=models.SET_NULL, db_index=False
    )
    token_checksum = TokenChecksumField(max_length=64, help_text="SHA-256 of the token, hexadecimal.")

    token = ""
    resource: ClassVar[list[str]] = []
    id_token = created = updated = None

    class Meta(FirmModel.Meta):
        """Found by hash within the firm; a refresh token is spent on one access token."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "token_checksum"], name="oauth_access_token"),
            models.UniqueConstraint(fields=["firm", "source_refresh_token"], name="oauth_access_source"),
        ]

    @property
    def user(self) -> User:
        """Return the login of the member for whom it acts."""
        return self.connection.membership.user  # type: ignore[no-any-return]
