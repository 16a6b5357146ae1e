"""API keys: shown once, stored hashed."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ApiKey(FirmModel):
    """A key that acts for a member within scopes.

    The key reads `flk_<firm>_<secret>`: the firm part lets the request enter its firm before the lookup, so no
    query ever searches the keys of all firms.
    """

    name = models.CharField(max_length=100)
    membership = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE)
    hint = models.CharField(max_length=8, help_text="The last characters, to recognise it by.")
    secret_hash = models.CharField(max_length=64, help_text="SHA-256 of 256 random bits, hexadecimal.")
    scopes = models.JSONField(default=list, help_text="Permission names; empty means all of the member's.")
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL)
    created_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta(FirmModel.Meta):
        """Looked up by hash within the firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "secret_hash"], name="accounts_apikey_secret")]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"
