"""An invitation by mail to join a firm."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel, Role


class Invitation(FirmModel):
    """Open until accepted, revoked or expired; only the token's hash is stored."""

    email = models.EmailField(
        help_text="Whom the mail goes to, in lower case; only a login that has proven this address may accept."
    )
    role = models.TextField(default=Role.MEMBER.key, help_text="Key of the built-in role that accepting gives.")
    custom_role = FirmForeignKey(
        "accounts.CustomRole", null=True, blank=True, on_delete=models.CASCADE,
        help_text="The firm's own role that accepting gives in place of the built-in one's rights; mostly empty.",
    )  # fmt: skip
    token_hash = models.CharField(
        max_length=64,
        help_text="SHA-256 of the token in the mail, hexadecimal; of an unknown token until the mail is sent.",
    )  # fmt: skip
    invited_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL,
        help_text="In whose name the mail asks; the successor takes over when this member leaves.",
    )  # fmt: skip
    expires_at = models.DateTimeField(help_text="Seven days after it was last sent.")
    accepted_at = models.DateTimeField(
        null=True, blank=True, help_text="When the person joined; empty while it is open."
    )
    accepted_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL,
        help_text="The membership that came of it.",
    )  # fmt: skip
    revoked_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody took it back; its seat is free from then on."
    )

    mail_failed_at = models.DateTimeField(
        null=True, blank=True, help_text="When its mail was given up; empty once it is sent again, or went out."
    )

    class Meta(FirmModel.Meta):
        """Found by token."""

        constraints = [models.UniqueConstraint(fields=["firm", "token_hash"], name="accounts_invitation_token")]

    def __str__(self) -> str:
        return self.email
