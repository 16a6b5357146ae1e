"""A muting: the time in which the whole installation sends nothing to anybody outside."""

from django.db import models
from django.db.models.functions import Now

from fairlead.kernel.ids import uuid7


class Muting(models.Model):
    """From `started_at` until `ended_at` nothing leaves this installation. At most one is open.

    A restored copy starts muted, so that it does not send what the original sends as well. The row is in the
    database, and so is true for every process on every machine.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False, help_text="UUID version 7 (RFC 9562).")
    reason = models.CharField(
        max_length=200, help_text="A sentence for the operator, such as that this is a restored copy."
    )
    started_at = models.DateTimeField(db_default=Now(), help_text="Set by PostgreSQL's clock, not by Python's.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Empty while nothing may leave.")
    ended_by = models.CharField(
        max_length=200, blank=True, help_text="Name of the person who ran `fairlead unmute`; empty until then."
    )

    class Meta:
        """One open muting suffices."""

        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(ended_at__isnull=True), name="tenancy_muting_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.reason
