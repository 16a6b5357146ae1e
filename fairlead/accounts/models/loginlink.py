"""One-time login links, printed by the command line."""

from django.conf import settings
from django.db import models

from fairlead.kernel.ids import uuid7


class LoginLink(models.Model):
    """A link that logs a person in once; only the token's hash is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False, help_text="UUID version 7 (RFC 9562).")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+",
        help_text="Whom pressing the button logs in.",
    )  # fmt: skip
    token_hash = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the token in the address, hexadecimal."
    )
    expires_at = models.DateTimeField(help_text="15 minutes after it was made.")
    used_at = models.DateTimeField(null=True, blank=True, help_text="When the button was pressed; a link works once.")
    created_at = models.DateTimeField(auto_now_add=True, help_text="When the command line printed it.")

    def __str__(self) -> str:
        return f"login link for {self.user_id}"
