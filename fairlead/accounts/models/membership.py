"""A membership: one login in one firm, with a role."""

from django.conf import settings
from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel, Role


class Membership(FirmModel):
    """A person's place in a firm. Records are owned by memberships, so leaving one firm leaves the others alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        help_text="The login; it cannot be deleted while it belongs to a firm.",
    )  # fmt: skip
    role = models.TextField(default=Role.MEMBER.key, help_text="Built-in role; a custom role narrows or widens it.")
    custom_role = FirmForeignKey(
        "accounts.CustomRole", null=True, blank=True, on_delete=models.PROTECT,
        help_text="A role of the firm's own, whose permissions then count; empty for the built-in role's.",
    )  # fmt: skip
    title = models.CharField(
        max_length=100, blank=True,
        help_text="What the person does in this firm, such as Head of Sales; for people, it gives no rights.",
    )  # fmt: skip
    deactivated_at = models.DateTimeField(
        null=True, blank=True,
        help_text="Since when the person may not work here; empty for active members, who take a seat.",
    )  # fmt: skip
    deactivated_by = FirmForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL,
        help_text="The member who ended it; empty while active, and where the last day did.",
    )  # fmt: skip
    last_day = models.DateField(
        null=True, blank=True, help_text="After it, in the firm's time zone, the member is deactivated."
    )
    successor = FirmForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who gets what the member owns after the last day; set and emptied together with it.",
    )  # fmt: skip
    last_seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When the member last opened a page of the firm, to within five minutes."
    )

    class Meta(FirmModel.Meta):
        """One membership a firm and login."""

        constraints = [models.UniqueConstraint(fields=["firm", "user"], name="accounts_membership_once")]

    def __str__(self) -> str:
        return self.user.name

    @property
    def is_active(self) -> bool:
        """Tell whether the person may still work in the firm."""
        return self.deactivated_at is None
