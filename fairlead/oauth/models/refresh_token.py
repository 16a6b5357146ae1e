"""Refresh tokens, by their hash."""

from typing import ClassVar

from django.db import models
from oauth2_provider.models import AbstractRefreshToken, TokenChecksumField

from fairlead.accounts.models import User
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class RefreshToken(FirmModel, AbstractRefreshToken):  # type: ignore[misc]
    """What an application exchanges, once, for a new pair of tokens.

    All that descend from one code are a family, named by it: when one that was spent comes again, somebody has a copy,
    and the whole family ends (RFC 9700, 4.14). So spent ones are kept for as long as a living one could be.
    """

    application = FirmForeignKey("oauth.Application", on_delete=models.CASCADE)
    connection = FirmForeignKey(
        "oauth.Connection", on_delete=models.CASCADE, help_text="The consent it hangs on, and ends with."
    )
    access_token = FirmForeignKey("oauth.AccessToken", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    token_checksum = TokenChecksumField(max_length=64, help_text="SHA-256 of the token, hexadecimal.")

    token = ""
    resource: ClassVar[list[str]] = []
    created = None

    class Meta(FirmModel.Meta):
        """Found by hash and by family within the firm."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "token_checksum"], name="oauth_refresh_token"),
            models.UniqueConstraint(fields=["firm", "access_token"], name="oauth_refresh_access"),
        ]
        indexes: ClassVar = [models.Index(fields=["firm", "token_family"], name="oauth_refresh_family")]

    @property
    def user(self) -> User:
        """Return the login of the member for whom it acts."""
        return self.connection.membership.user  # type: ignore[no-any-return]
