"""Texts that are inserted by typing # and a shortcut."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Snippet(FirmModel):
    """A reusable text: of one member (`owner`), of a team, or of the whole firm when it has neither."""

    shortcut = models.TextField(help_text="Without the #.")
    shortcut_norm = models.TextField(help_text="Folded shortcut.")
    name = models.TextField()
    category = models.TextField(blank=True, default="")
    body = models.TextField(help_text="Sanitised HTML with merge fields.")
    text = models.TextField(help_text="The body as plain text, merge fields and all.")
    owner = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.CASCADE, db_index=False)
    team = FirmForeignKey("accounts.Team", null=True, blank=True, on_delete=models.CASCADE, db_index=False)
    created_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    usage_count = models.IntegerField(default=0)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """A shortcut means one text in each place."""

        constraints = [
            models.UniqueConstraint(
                fields=["firm", "owner", "shortcut_norm"], name="snippet_own_once", condition=Q(owner__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["firm", "team", "shortcut_norm"], name="snippet_team_once", condition=Q(team__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["firm", "shortcut_norm"],
                name="snippet_firm_once",
                condition=Q(owner__isnull=True, team__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.shortcut}"
