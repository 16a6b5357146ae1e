"""One-time login links, printed by the command line."""

from django.conf import settings
from django.db import models

from fairlead.kernel.ids import uuid7


class LoginLink(models.Model):
    """A link that logs a person in once; only the token's hash is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"login link for {self.user_id}"
