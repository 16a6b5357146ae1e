"""That a member lets an application act for them."""

from typing import ClassVar

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Connection(FirmModel):
    """A member's consent. All codes and tokens hang on it: without it there are none."""

    application = FirmForeignKey(
        "oauth.Application", on_delete=models.CASCADE, related_name="connections", help_text="Who may act."
    )
    membership = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False, help_text="For whom: the member who agreed."
    )
    scopes = models.JSONField(default=list, help_text="Permissions that the member agreed to, the last time.")
    last_used_at = models.DateTimeField(
        null=True, blank=True, help_text="When a token of it was shown last, to five minutes."
    )

    class Meta(FirmModel.Meta):
        """One for each member and application."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "membership", "application"], name="oauth_connection_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} for {self.membership_id}"
