"""A membership: one login in one firm, with a role."""

from django.conf import settings
from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel, Role


class Membership(FirmModel):
    """A person's place in a firm. Records are owned by memberships, so leaving one firm leaves the others alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.TextField(default=Role.MEMBER.key, help_text="Built-in role; a custom role narrows or widens it.")
    custom_role = FirmForeignKey("accounts.CustomRole", null=True, blank=True, on_delete=models.PROTECT)
    title = models.CharField(max_length=100, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    deactivated_by = FirmForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    last_day = models.DateField(
        null=True, blank=True, help_text="After it, in the firm's time zone, the member is deactivated."
    )
    successor = FirmForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """One membership a firm and login."""

        constraints = [models.UniqueConstraint(fields=["firm", "user"], name="accounts_membership_once")]

    def __str__(self) -> str:
        return self.user.name

    @property
    def is_active(self) -> bool:
        """Tell whether the person may still work in the firm."""
        return self.deactivated_at is None
