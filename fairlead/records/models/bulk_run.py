"""Bulk actions: one run, cut into chunks of records that are frozen when it starts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class BulkRun(FirmModel):
    """One verb applied to many records in the background. `changed` and `failed` count records."""

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    noun = models.TextField()
    verb = models.TextField(help_text="A registered bulk verb.")
    params = models.JSONField(default=dict, blank=True)
    label = models.TextField(help_text="What it does, in words.")
    selection = models.JSONField(default=dict, help_text="{ids} or {criteria, query}: what was asked for.")
    membership = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    via = models.TextField(default="web")
    state = models.TextField(choices=State, default=State.QUEUED)
    total = models.IntegerField(null=True, help_text="Known once the selection is frozen.")
    done = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    message = models.TextField(blank=True, default="")
    result = models.JSONField(default=dict, blank=True, help_text="What the verb hands over, such as a file.")
    cancelled_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    cancelled_at = models.DateTimeField(null=True)
    undone_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    undone_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

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

    run = FirmForeignKey(BulkRun, on_delete=models.CASCADE, db_index=False)
    number = models.IntegerField()
    record_ids = ArrayField(models.UUIDField())
    state = models.TextField(choices=State, default=State.TODO)
    previous = models.JSONField(default=dict, help_text="Record id to what its undo needs.")
    failures = models.JSONField(default=list, help_text="[{id, message}].")

    class Meta(FirmModel.Meta):
        """Worked off in order."""

        constraints = [models.UniqueConstraint(fields=["firm", "run", "number"], name="bulk_chunk_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"
