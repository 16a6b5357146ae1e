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
    running transaction.
    """

    append_only: ClassVar[bool] = True
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]

    type = models.TextField(help_text="Registered name, such as contact.created.")
    occurred_at = models.DateTimeField(default=clock.now, help_text="When it happened in the world.")
    recorded_at = models.DateTimeField(default=clock.now, help_text="When Fairlead wrote it down.")
    actor_kind = models.TextField(
        default="system", help_text="member, key (an API key), application (OAuth 2) or system."
    )
    actor_id = models.UUIDField(
        null=True, help_text="The membership that acted, also through a key; empty for the system."
    )
    key_id = models.UUIDField(
        null=True, help_text="The API key, or the connection of the application, it acted through."
    )
    actor_label = models.TextField(
        default="", help_text="The actor's name at that time, with the key's name in brackets."
    )
    via = models.TextField(default="system", help_text="web, api, cli, job, import or system.")
    ip = models.TextField(
        null=True, help_text="Address of the client (IPv4 or IPv6) as text; empty where no request was behind it."
    )
    subject_noun = models.TextField(help_text="contact, company, note, ...")
    subject_id = models.UUIDField(
        null=True, help_text="What it happened to; empty for what has no id, such as a consumer."
    )
    contact_id = models.UUIDField(null=True, help_text="The contact on whose timeline it stands, if any.")
    company_id = models.UUIDField(null=True, help_text="The company on whose timeline it stands, if any.")
    data = models.JSONField(
        default=dict, help_text="Details by the type of event, as JSON; passwords, tokens and the like are masked."
    )
    cause = models.UUIDField(null=True, help_text="The event that led to this one.")
    verdict = models.TextField(
        choices=Verdict, default=Verdict.HUMAN,
        help_text="Whether a person or a program was behind it; writers that do not say otherwise mean a person.",
    )  # fmt: skip
    generation = models.SmallIntegerField(
        db_default=RawSQL("log_generation()", []),
        help_text="Counts the clusters this log has lived in: transaction ids start over in a fresh one.",
    )  # fmt: skip
    tx = models.BigIntegerField(
        db_default=RawSQL("pg_current_xact_id()::text::bigint", []),
        help_text="PostgreSQL's id of the transaction that wrote it (pg_current_xact_id).",
    )  # fmt: skip

    class Meta:
        """The partitioned table and its indexes are created in SQL."""

        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
