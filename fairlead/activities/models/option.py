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

    kind = models.TextField(choices=Kind)
    role = models.TextField(choices=Role)
    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    color = models.TextField(default="slate")
    position = models.IntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """Names are unique within what they are chosen for."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "kind", "role", "name_norm"], name="activity_option_once")
        ]

    def __str__(self) -> str:
        return self.name
