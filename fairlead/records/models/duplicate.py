"""Records that may be the same one, what they are found by, and the search through all of them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class DuplicateKey(FirmModel):
    """Something that two records of the same person or company share: derived from the records, compared by equality.

    `key` is a hash of the normalised value, `kind` tells what it is made of and how many records may share it.
    """

    derived: ClassVar[bool] = True
    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]
    pk: Any = models.CompositePrimaryKey("firm_id", "noun", "key", "record_id")

    noun = models.TextField()
    key = models.BigIntegerField()
    record_id = models.UUIDField()
    kind = models.SmallIntegerField(default=0)

    class Meta:
        """Read by key, replaced by record."""

        base_manager_name = "objects"
        indexes = [models.Index(fields=["firm", "record_id"], name="duplicate_key_record")]

    def __str__(self) -> str:
        return f"{self.noun} {self.key}"


class DuplicateCandidate(FirmModel):
    """Two records that may be one: how likely (0-100), why, and what somebody decided.

    `fingerprint` is what both looked like: a pair that was called different comes back only when that changes.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "To decide"
        MERGED = "merged", "Merged"
        DISMISSED = "dismissed", "Not a duplicate"

    noun = models.TextField()
    low_id = models.UUIDField(help_text="The smaller id of the two.")
    high_id = models.UUIDField()
    score = models.SmallIntegerField()
    reasons = models.JSONField(default=list, help_text="Sentences for people.")
    fingerprint = models.TextField(blank=True, default="")
    state = models.TextField(choices=State, default=State.OPEN)
    decided_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """Once a pair; the queue goes by score; found from both records."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "low_id", "high_id"], name="candidate_once"),
            models.CheckConstraint(condition=Q(low_id__lt=F("high_id")), name="candidate_in_order"),
        ]
        indexes = [
            models.Index(fields=["firm", "noun", "state", "-score", "id"], name="candidate_queue"),
            models.Index(fields=["firm", "high_id"], name="candidate_high"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.low_id} {self.high_id}: {self.score}"


class DuplicateScan(FirmModel):
    """A search for duplicates through all records of a noun, in two passes: keys of records, then pairs of keys."""

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "Waiting"
        KEYS = "keys", "Reading"
        PAIRS = "pairs", "Comparing"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"

    noun = models.TextField()
    state = models.TextField(choices=State, default=State.QUEUED)
    started_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    total = models.IntegerField(null=True, help_text="Records; known once it has begun.")
    read = models.IntegerField(default=0, help_text="Records whose keys are up to date.")
    after_id = models.UUIDField(null=True, help_text="The last record that was read.")
    slices = models.IntegerField(default=0, help_text="Into how many ranges the keys are cut.")
    slice = models.IntegerField(default=0, help_text="How many of them are compared.")
    compared = models.BigIntegerField(default=0, help_text="Pairs that were looked at.")
    found = models.IntegerField(default=0, help_text="Pairs that may be one.")
    passed_over = models.IntegerField(default=0, help_text="Keys that too many records share to tell them apart.")
    message = models.TextField(blank=True, default="")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """The latest of a noun; one at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["firm", "noun"], name="scan_at_a_time", condition=Q(state__in=["queued", "keys", "pairs"])
            )
        ]
        indexes = [models.Index(fields=["firm", "noun", "created_at"], name="scan_latest")]

    def __str__(self) -> str:
        return f"{self.noun} {self.state}"

    @property
    def is_active(self) -> bool:
        """Tell whether it still waits or works."""
        return self.state in (self.State.QUEUED, self.State.KEYS, self.State.PAIRS)
