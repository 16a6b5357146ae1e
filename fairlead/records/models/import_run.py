"""Imports: the run, its chunks, the rows that could not be taken, and what it changed."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ImportRun(FirmModel):
    """One file brought into the firm: how it is read, what its columns mean, how far it is, what came of it."""

    class Status(models.TextChoices):
        """Where it stands."""

        UPLOADED = "uploaded", "Being set up"
        CHECKING = "checking", "Dry run"
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Importing"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"
        REVERTING = "reverting", "Being reverted"
        REVERTED = "reverted", "Reverted"

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    status = models.TextField(
        choices=Status, default=Status.UPLOADED,
        help_text="How far it is; a dry run ends where it began, at being set up.",
    )  # fmt: skip
    file = models.TextField(help_text="Path below the media folder.")
    file_name = models.TextField(help_text="As the person called it, without a path; for people only.")
    file_size = models.BigIntegerField(help_text="Bytes.")
    layout = models.JSONField(default=dict, help_text="Encoding, delimiter, header row, worksheet.")
    columns = models.JSONField(default=list, help_text="What each column means.")
    options = models.JSONField(
        default=dict,
        help_text="How rows meet records: mode, match, overwrite, clear, allow_without_address, tags, lists.",
    )  # fmt: skip
    started_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who uploaded it, or who last rehearsed or started it.",
    )  # fmt: skip
    rows_total = models.IntegerField(
        null=True, help_text="Rows of the file: an estimate from the start on, exact after a dry run and at the end."
    )
    rows_done = models.IntegerField(default=0, help_text="Rows dealt with so far, those that were left out included.")
    created = models.IntegerField(default=0, help_text="Records made.")
    updated = models.IntegerField(default=0, help_text="Rows that changed a record that was there.")
    unchanged = models.IntegerField(default=0, help_text="Rows whose record was like that already.")
    merged = models.IntegerField(default=0, help_text="Rows folded into an earlier row for the same record.")
    skipped = models.IntegerField(default=0, help_text="Rows that the chosen mode leaves alone.")
    errors = models.IntegerField(default=0, help_text="Rows left out because something in them is wrong.")
    dry_run = models.JSONField(null=True, help_text="What the last dry run found.")
    report = models.JSONField(default=dict, help_text="Made along the way: companies, tags, fields; left by a revert.")
    failure = models.TextField(
        blank=True, default="", help_text="Why the whole run was given up, for people; up to 1,000 characters."
    )
    started_at = models.DateTimeField(null=True, help_text="When it was told to write; empty after dry runs only.")
    finished_at = models.DateTimeField(null=True, help_text="When it ended, whichever way.")
    cancelled_at = models.DateTimeField(
        null=True, help_text="When it was told to stop; the chunk under way is still written."
    )
    program = models.JSONField(
        null=True,
        help_text="What started, or reverts, it in the member's name: kind, id, label, scopes; else empty.",
    )
    cancelled_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who stopped it.",
    )  # fmt: skip
    reverted_at = models.DateTimeField(null=True, help_text="When it was told to be reverted, which takes a while.")
    reverted_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who had it reverted.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Listed newest first."""

        indexes = [models.Index(fields=["firm", "noun", "created_at"], name="import_run_recent")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_active(self) -> bool:
        """Tell whether a worker has it or will have it."""
        return self.status in {self.Status.CHECKING, self.Status.QUEUED, self.Status.RUNNING, self.Status.REVERTING}

    @property
    def is_resumable(self) -> bool:
        """Tell whether it was stopped with a part of the file written, of which nothing was taken back since."""
        stopped = self.status in {self.Status.CANCELLED, self.Status.FAILED} and self.reverted_at is None
        return stopped and self.has_written

    @property
    def has_written(self) -> bool:
        """Tell whether it made or changed a record."""
        return bool(self.created or self.updated)

    @property
    def is_revertible(self) -> bool:
        """Tell whether it has ended, and was not reverted to its end."""
        return self.status in {self.Status.DONE, self.Status.CANCELLED, self.Status.FAILED}


class ImportChunk(FirmModel):
    """A chunk of rows that is written: its row commits with them, so a killed worker knows where to go on."""

    run = FirmForeignKey(ImportRun, on_delete=models.CASCADE, db_index=False, help_text="The import that wrote it.")
    number = models.IntegerField(help_text="From 0, in the order of the file.")
    row_count = models.IntegerField(help_text="Rows of the file in it, at most 4,000.")

    class Meta(FirmModel.Meta):
        """Once a run and number: a chunk is written at most once."""

        constraints = [models.UniqueConstraint(fields=["firm", "run", "number"], name="import_chunk_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"


class ImportRowError(FirmModel):
    """A row that was left out, and why; kept with its cells so that it can be corrected and imported again."""

    run = FirmForeignKey(ImportRun, on_delete=models.CASCADE, db_index=False, help_text="The import that left it out.")
    line = models.IntegerField(help_text="Line of the file, from 1; for workbooks the row.")
    column = models.TextField(blank=True, default="", help_text="Header of the column, empty for the whole row.")
    message = models.TextField(help_text="What is wrong, for the person who mends the file.")
    faults = models.JSONField(
        default=list, db_default=[],
        help_text="All that is wrong: column, value and message each; `column` and `message` are the first of them.",
    )  # fmt: skip
    cells = models.JSONField(
        default=list, help_text="The row's texts in the order of the columns, each up to 2,000 characters."
    )

    class Meta(FirmModel.Meta):
        """Read in the order of the file."""

        indexes = [models.Index(fields=["firm", "run", "line"], name="import_error_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"

    @property
    def every_fault(self) -> list[dict[str, str]]:
        """Return all that is wrong, also of a row that was left out before all of it was kept."""
        first = {"column": self.column, "value": "", "message": self.message}
        return list(self.faults) or [first]


class ImportChange(FirmModel):
    """A record that a chunk made or changed: what it was before, and its version right after."""

    run = FirmForeignKey(ImportRun, on_delete=models.CASCADE, db_index=False, help_text="The import that did it.")
    chunk = models.IntegerField(help_text="Number of the chunk; a revert goes through them backwards.")
    noun = models.TextField(
        help_text="The run's noun, company for those that contacts bring along, or extra:<name> for another room's row."
    )
    record_id = models.UUIDField(help_text="The record that was made or changed.")
    is_new = models.BooleanField(help_text="True when the import made it: a revert then deletes it.")
    version = models.IntegerField(help_text="The record's version when the chunk was written.")
    before = models.JSONField(default=dict, help_text="Old values by attribute, and what was added.")

    class Meta(FirmModel.Meta):
        """Read backwards by a revert."""

        indexes = [models.Index(fields=["firm", "run", "chunk", "record_id"], name="import_change_run")]

    def __str__(self) -> str:
        return f"{self.noun} {self.record_id}"
