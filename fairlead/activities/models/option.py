"""What the firm calls its kinds of calls, emails, meetings and notes, and how they end."""

from django.db import models

from fairlead.activities.models.activity import Kind
from fairlead.tenancy.public import FirmModel


class ActivityOption(FirmModel):
    """A type (assessment, coaching …) or an outcome (connected, no answer …) of one kind of activity."""

    class Role(models.TextChoices):
        """Which of the two it is."""

        TYPE = "type", "Type"
        OUTCOME = "outcome", "Outcome"

    kind = models.TextField(choices=Kind, help_text="Which activities offer it.")
    role = models.TextField(choices=Role, help_text="Whether it says what an activity is about or how it ended.")
    name = models.TextField(help_text="As the firm calls it, up to 60 characters; renaming shows on what was logged.")
    name_norm = models.TextField(
        help_text="Folded name (kernel.text): unique in its kind and role whatever its case and accents."
    )
    color = models.TextField(default="slate", help_text="A name of the palette.")
    position = models.IntegerField(default=0, help_text="Rank among those of its kind and role, lowest first.")
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is no longer offered; what was logged with it keeps it."
    )

    class Meta(FirmModel.Meta):
        """Names are unique within what they are chosen for."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "kind", "role", "name_norm"], name="activity_option_once")
        ]

    def __str__(self) -> str:
        return self.name
