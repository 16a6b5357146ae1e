"""What went wrong with the installation, and when: for the operator, outside every firm."""

from django.db import models
from django.db.models.functions import Now

from fairlead.kernel.ids import uuid7


class Incident(models.Model):
    """From `began_at` until `ended_at` a health check found something wrong. At most one is open per check."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False, help_text="UUID version 7 (RFC 9562).")
    check_name = models.CharField(max_length=100, help_text="The name of the check, as /health shows it.")
    status = models.CharField(max_length=20, help_text="The worst that was found: degraded or failing.")
    problem = models.TextField(help_text="What was found last, in a sentence.")
    remedy = models.TextField(blank=True, help_text="What the operator can do about it.")
    began_at = models.DateTimeField(db_default=Now(), help_text="When a check first found it, by PostgreSQL's clock.")
    told_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When the operators were told by mail; empty while it is not bad for long enough.",
    )  # fmt: skip
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When the check was well again; empty while it lasts."
    )
    end_told_at = models.DateTimeField(null=True, blank=True, help_text="When they were told that it is over.")

    class Meta:
        """One open incident suffices."""

        constraints = [
            models.UniqueConstraint(
                fields=["check_name"],
                condition=models.Q(ended_at__isnull=True),
                name="operations_incident_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.problem}"
