"""One row for each thing that happened."""

from typing import ClassVar

from django.db import models
from django.db.models.expressions import RawSQL

from fairlead.kernel import clock
from fairlead.tenancy.public import FirmModel


class Verdict(models.TextChoices):
    """Who was behind it, decided on arrival."""

    HUMAN = "human", "Human"
    MACHINE = "machine", "Machine"
    UNKNOWN = "unknown", "Unknown"


class Event(FirmModel):
    """An immutable row of the log, in a table partitioned by month of `recorded_at`.

    Readers that must not miss a late commit order by (`generation`, `tx`, `id`) and stay below the oldest
    running transaction; `generation` counts the clusters this log has lived in, because transaction ids
    start over in a fresh one.
    """

    append_only: ClassVar[bool] = True
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]

    type = models.TextField(help_text="Registered name, such as contact.created.")
    occurred_at = models.DateTimeField(default=clock.now, help_text="When it happened in the world.")
    recorded_at = models.DateTimeField(default=clock.now, help_text="When Fairlead wrote it down.")
    actor_kind = models.TextField(default="system")
    actor_id = models.UUIDField(null=True, help_text="The membership that acted.")
    key_id = models.UUIDField(null=True, help_text="The API key it acted through.")
    actor_label = models.TextField(default="", help_text="The actor's name at that time.")
    via = models.TextField(default="system", help_text="web, api, cli, job, import or system.")
    ip = models.TextField(null=True)
    subject_noun = models.TextField(help_text="contact, company, note, ...")
    subject_id = models.UUIDField(null=True)
    contact_id = models.UUIDField(null=True)
    company_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    cause = models.UUIDField(null=True, help_text="The event that led to this one.")
    verdict = models.TextField(choices=Verdict, default=Verdict.HUMAN)
    generation = models.SmallIntegerField(db_default=RawSQL("log_generation()", []))
    tx = models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", []))

    class Meta:
        """The partitioned table and its indexes are created in SQL."""

        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
