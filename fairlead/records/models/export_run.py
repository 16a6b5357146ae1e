"""An export: which records, which columns, and the file that came of it."""

from django.db import models

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

    noun = models.TextField()
    format = models.TextField(choices=Format, default=Format.CSV)
    columns = models.JSONField(help_text="Keys of the columns, in their order.")
    selection = models.JSONField(help_text='{"ids": [...]} or {"criteria": ..., "query": "...", "sort": "..."}.')
    state = models.TextField(choices=State, default=State.QUEUED)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    message = models.TextField(blank=True, default="")
    file = models.TextField(blank=True, default="", help_text="Its path below the media folder.")
    size = models.BigIntegerField(default=0, help_text="Bytes.")
    expires_at = models.DateTimeField(null=True)
    membership = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE)

    class Meta(FirmModel.Meta):
        """A member's latest exports; those whose file is to go."""

        indexes = [
            models.Index(fields=["firm", "membership", "created_at"], name="export_run_member"),
            models.Index(fields=["firm", "expires_at"], name="export_run_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} as {self.format}"
