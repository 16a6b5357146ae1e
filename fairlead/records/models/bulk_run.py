"""Bulk actions: one run, cut into chunks of records that are frozen when it starts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class BulkRun(FirmModel):
    """One verb applied to many records in the background."""

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    verb = models.TextField(help_text="A registered bulk verb.")
    params = models.JSONField(
        default=dict, blank=True,
        help_text="What the verb was asked with, cleaned by it, such as {\"owner\": id}; the shape is the verb's.",
    )  # fmt: skip
    label = models.TextField(help_text="What it does, in words.")
    selection = models.JSONField(default=dict, help_text="{ids} or {criteria, query}: what was asked for.")
    membership = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who asked for it, and with whose present rights it runs.",
    )  # fmt: skip
    program = models.JSONField(
        null=True,
        help_text="What asked in the member's name: kind, id, label, scopes; empty where they asked.",
    )
    via = models.TextField(default="web", help_text="The door it was asked through, as in Event.via.")
    state = models.TextField(
        choices=State, default=State.QUEUED,
        help_text="How far it is; what a stopped or failed run did stays, and can be undone.",
    )  # fmt: skip
    total = models.IntegerField(null=True, help_text="Known once the selection is frozen.")
    done = models.IntegerField(
        default=0, help_text="Records that have been worked off, failed ones included; counted anew while undoing."
    )
    changed = models.IntegerField(
        default=0, help_text="Records that are now otherwise than before; undoing counts it down."
    )
    failed = models.IntegerField(default=0, help_text="Records that the verb, or its undoing, refused.")
    message = models.TextField(
        blank=True, default="", help_text="Why the whole run was given up, for people; empty for all others."
    )
    result = models.JSONField(default=dict, blank=True, help_text="What the verb hands over, such as a file.")
    cancelled_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who stopped it.",
    )  # fmt: skip
    cancelled_at = models.DateTimeField(
        null=True, help_text="When it was told to stop; the chunk under way is still finished."
    )
    undone_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who took it back.",
    )  # fmt: skip
    undone_at = models.DateTimeField(null=True, help_text="When it was told to be undone, which takes a while.")
    finished_at = models.DateTimeField(
        null=True, help_text="When it ended, whichever way; empty while it waits, works or is being undone."
    )

    class Meta(FirmModel.Meta):
        """A member's latest runs."""

        indexes = [models.Index(fields=["firm", "membership", "created_at"], name="bulk_run_member")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_active(self) -> bool:
        """Tell whether it still waits or works."""
        return self.state in (self.State.QUEUED, self.State.RUNNING, self.State.UNDOING)


class BulkChunk(FirmModel):
    """A thousand records of a run: the unit of work, of a transaction, and of going on after a crash."""

    class State(models.TextChoices):
        """Whether its records are dealt with."""

        TODO = "todo", "To do"
        DONE = "done", "Done"
        UNDONE = "undone", "Undone"

    run = FirmForeignKey(BulkRun, on_delete=models.CASCADE, db_index=False, help_text="What it is a part of.")
    number = models.IntegerField(help_text="From 0; worked off upwards, undone downwards.")
    record_ids = ArrayField(
        models.UUIDField(),
        help_text="Which records are meant, frozen at the start: what the verb changes does not move them.",
    )  # fmt: skip
    state = models.TextField(
        choices=State, default=State.TODO,
        help_text="Written in the transaction of the work, so a killed worker knows where to go on.",
    )  # fmt: skip
    previous = models.JSONField(default=dict, help_text="Record id to what its undo needs.")
    failures = models.JSONField(default=list, help_text="[{id, message}].")

    class Meta(FirmModel.Meta):
        """Worked off in order."""

        constraints = [models.UniqueConstraint(fields=["firm", "run", "number"], name="bulk_chunk_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"
