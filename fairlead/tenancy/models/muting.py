"""A muting: the time in which the whole installation sends nothing to anybody outside."""

from django.db import models
from django.db.models.functions import Now

from fairlead.kernel.ids import uuid7


class Muting(models.Model):
    """From `started_at` until `ended_at` nothing leaves this installation. At most one is open.

    A restored copy starts muted, so that it does not send what the original sends as well. The row is in the
    database, and so is true for every process on every machine.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reason = models.CharField(max_length=200)
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """One open muting suffices."""

        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(ended_at__isnull=True), name="tenancy_muting_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.reason
