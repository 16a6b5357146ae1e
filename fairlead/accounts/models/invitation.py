"""An invitation by mail to join a firm."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel, Role


class Invitation(FirmModel):
    """Open until accepted, revoked or expired; only the token's hash is stored."""

    email = models.EmailField()
    role = models.TextField(default=Role.MEMBER.key)
    custom_role = FirmForeignKey("accounts.CustomRole", null=True, blank=True, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64)
    invited_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """Found by token."""

        constraints = [models.UniqueConstraint(fields=["firm", "token_hash"], name="accounts_invitation_token")]

    def __str__(self) -> str:
        return self.email
