"""API keys: shown once, stored hashed."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ApiKey(FirmModel):
    """A key that acts for a member within scopes.

    The key reads `flk_<firm>_<secret>`: the firm part lets the request enter its firm before the lookup, so no
    query ever searches the keys of all firms.
    """

    name = models.CharField(max_length=100, help_text="What its maker calls it, to know later which program uses it.")
    membership = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE,
        help_text="For whom it acts: never with more rights than this member has at that moment.",
    )  # fmt: skip
    hint = models.CharField(max_length=8, help_text="The last six characters of the key, to recognise it by.")
    secret_hash = models.CharField(max_length=64, help_text="SHA-256 of 256 random bits, hexadecimal.")
    previous_hash = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="The secret before the last rotation."
    )
    previous_until = models.DateTimeField(null=True, blank=True, help_text="Until when the one before works too.")
    scopes = models.JSONField(default=list, help_text="Permission names; empty means all of the member's.")
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="Refused from this moment on; empty never expires."
    )
    last_used_at = models.DateTimeField(
        null=True, blank=True, help_text="Kept to within five minutes; empty while it was never used."
    )
    revoked_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When it was made useless, by hand or because its member left; empty while it works.",
    )  # fmt: skip
    revoked_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, help_text="The member who did that."
    )
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL,
        help_text="Who made it; the same member as it acts for.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Looked up by hash within the firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "secret_hash"], name="accounts_apikey_secret")]
        indexes = [models.Index(fields=["firm", "previous_hash"], name="accounts_apikey_previous")]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"
