"""Records that may be the same one, what they are found by, and the search through all of them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class DuplicateKey(FirmModel):
    """What two records of the same person or company share: derived from the records, compared by equality."""

    derived: ClassVar[bool] = True
    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]
    pk: Any = models.CompositePrimaryKey(
        "firm_id", "noun", "key", "record_id", help_text="The order that a search reads them in."
    )

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    key = models.BigIntegerField(
        help_text="First 64 bits of a BLAKE2b hash (RFC 7693) of the normalised value, signed."
    )
    record_id = models.UUIDField(help_text="The record that has the value; never one in the bin.")

    class Meta:
        """Read by key, replaced by record."""

        base_manager_name = "objects"
        indexes = [models.Index(fields=["firm", "record_id"], name="duplicate_key_record")]

    def __str__(self) -> str:
        return f"{self.noun} {self.key}"


class DuplicateCandidate(FirmModel):
    """Two records that may be one: how likely, why, and what somebody decided."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "To decide"
        MERGED = "merged", "Merged"
        DISMISSED = "dismissed", "Not a duplicate"

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    low_id = models.UUIDField(help_text="The smaller id of the two.")
    high_id = models.UUIDField(help_text="The larger id of the two.")
    score = models.SmallIntegerField(help_text="How likely they are one, 50 to 100; below 50 a pair is not kept.")
    reasons = models.JSONField(default=list, help_text="Sentences for people.")
    fingerprint = models.TextField(
        blank=True, default="",
        help_text="Hash of what both looked like: a pair called different comes back only when it changes.",
    )  # fmt: skip
    state = models.TextField(
        choices=State, default=State.OPEN, help_text="What somebody decided; undoing a merge opens the pair again."
    )
    decided_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who merged or dismissed it.",
    )  # fmt: skip
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When that was; empty while the pair is open.")

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

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    state = models.TextField(
        choices=State, default=State.QUEUED, help_text="Which of the two passes it is in, or how it ended."
    )
    started_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who asked for it.",
    )  # fmt: skip
    total = models.IntegerField(null=True, help_text="Records; known once it has begun.")
    read = models.IntegerField(default=0, help_text="Records whose keys are up to date.")
    after_id = models.UUIDField(null=True, help_text="The last record that was read.")
    slices = models.IntegerField(default=0, help_text="Into how many ranges the keys are cut.")
    slice = models.IntegerField(default=0, help_text="How many of them are compared.")
    compared = models.BigIntegerField(default=0, help_text="Pairs that were looked at.")
    found = models.IntegerField(default=0, help_text="Pairs that may be one.")
    passed_over = models.IntegerField(default=0, help_text="Keys that too many records share to tell them apart.")
    message = models.TextField(
        blank=True, default="", help_text="Why it was given up, for people; empty for all others."
    )
    finished_at = models.DateTimeField(
        null=True, blank=True, help_text="When it ended, whichever way; empty while it runs."
    )

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
