"""Texts that are inserted by typing # and a shortcut."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Snippet(FirmModel):
    """A reusable text of one member, of a team, or of the whole firm."""

    shortcut = models.TextField(help_text="What is typed after #, up to 40 characters; stored without the #.")
    shortcut_norm = models.TextField(
        help_text="Folded shortcut (kernel.text): unique for the owner, the team or the firm."
    )
    name = models.TextField(help_text="What it is for, in words, up to 80 characters.")
    category = models.TextField(
        blank=True, default="", help_text="The heading it stands under in lists, up to 60 characters; empty is none."
    )
    body = models.TextField(help_text="Sanitised HTML with merge fields.")
    text = models.TextField(help_text="The body as plain text, merge fields and all.")
    owner = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.CASCADE, db_index=False,
        help_text="Whose own it is: nobody else sees it; empty when it is shared.",
    )  # fmt: skip
    team = FirmForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.CASCADE, db_index=False,
        help_text="Whose members see it; with neither owner nor team it is the whole firm's.",
    )  # fmt: skip
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who saved it first, or took it over from a member who left: may change it while it is shared.",
    )  # fmt: skip
    usage_count = models.IntegerField(default=0, help_text="How often it was inserted, by anybody.")
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="When it was last inserted, by anybody.")

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
