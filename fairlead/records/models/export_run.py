"""An export: which records, which columns, and the file that came of it."""

from django.db import models

from fairlead.kernel import clock
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ExportRun(FirmModel):
    """A file with records of one noun; it can be fetched by its maker until it expires."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Writing"
        DONE = "done", "Ready"
        CANCELLED = "cancelled", "Stopped"
        FAILED = "failed", "Failed"

    class Format(models.TextChoices):
        """What kind of file."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel (XLSX)"

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    format = models.TextField(choices=Format, default=Format.CSV, help_text="Also the ending of the file's name.")
    columns = models.JSONField(help_text="Keys of the columns, in their order.")
    selection = models.JSONField(help_text='{"ids": [...]} or {"criteria": ..., "query": "...", "sort": "..."}.')
    state = models.TextField(
        choices=State, default=State.QUEUED, help_text="How far the file is; a stopped or failed one leaves none."
    )
    done = models.IntegerField(default=0, help_text="Records written so far.")
    total = models.IntegerField(default=0, help_text="Records that matched at the start.")
    message = models.TextField(blank=True, default="", help_text="Why it failed, for people; empty for all others.")
    file = models.TextField(blank=True, default="", help_text="Its path below the media folder.")
    size = models.BigIntegerField(default=0, help_text="Bytes.")
    expires_at = models.DateTimeField(
        null=True, help_text="24 hours after it was ready: the file is deleted then, the row stays. Empty until ready."
    )
    membership = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, help_text="Who asked for it: nobody else may fetch the file."
    )
    program = models.JSONField(
        null=True,
        help_text="What asked in the member's name: kind, id, label, scopes; empty where they asked.",
    )

    class Meta(FirmModel.Meta):
        """A member's latest exports; those whose file is to go."""

        indexes = [
            models.Index(fields=["firm", "membership", "created_at"], name="export_run_member"),
            models.Index(fields=["firm", "expires_at"], name="export_run_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} as {self.format}"

    @property
    def is_gone(self) -> bool:
        """Tell whether the time of its file is over, whether or not a job has deleted it yet."""
        return self.expires_at is not None and self.expires_at <= clock.now()
