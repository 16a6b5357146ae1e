"""A segment: contacts that share something, or that somebody picked."""

from typing import Any

from django.db import models

from fairlead.kernel import clock
from fairlead.tenancy.public import FirmForeignKey, FirmModel


def everybody() -> dict[str, Any]:
    """Return the tree that every contact matches."""
    return {"all": []}


class Segment(FirmModel):
    """A named set of contacts. `criteria` decides who is in a dynamic one; picks do in a static one.

    `size` counts the rows of `SegmentMember` and moves with them. What is true of a record changes with the log and
    with time: `timed_at` is the moment up to which time has been accounted for. A `stale_since` waits for a full
    recount; a `problem` says why the criteria can no longer be asked.
    """

    class Kind(models.TextChoices):
        """Who decides."""

        DYNAMIC = "dynamic", "Dynamic"
        STATIC = "static", "Static"

    class Status(models.TextChoices):
        """A paused segment keeps its people as they are; an archived one is no longer offered."""

        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        ARCHIVED = "archived", "Archived"

    class Purpose(models.TextChoices):
        """Rules and personas with criteria of their own keep them as a segment that is not listed."""

        SEGMENT = "segment", "Segment"
        RULE = "rule", "Tag rule"
        PERSONA = "persona", "Persona"

    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    description = models.TextField(blank=True, default="")
    kind = models.TextField(choices=Kind, default=Kind.DYNAMIC)
    status = models.TextField(choices=Status, default=Status.ACTIVE)
    purpose = models.TextField(choices=Purpose, default=Purpose.SEGMENT)
    criteria = models.JSONField(default=dict, help_text="A criteria tree over contacts.")
    version = models.IntegerField(default=1, help_text="Grows with every change; each criteria is kept.")
    size = models.IntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now, help_text="When somebody last entered or left.")
    timed_at = models.DateTimeField(default=clock.now)
    counted_at = models.DateTimeField(null=True, help_text="When all contacts were last compared.")
    stale_since = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, default="")
    created_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Names of what is listed are unique in a firm whatever their case and accents."""

        constraints = [
            models.UniqueConstraint(
                fields=["firm", "name_norm"], name="segment_once", condition=models.Q(purpose="segment")
            )
        ]

    def __str__(self) -> str:
        return self.name


class SegmentVersion(FirmModel):
    """Criteria that a segment has or had, who set them and when (`created_at`)."""

    segment = FirmForeignKey(Segment, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.IntegerField()
    criteria = models.JSONField()
    note = models.TextField(blank=True, default="", help_text="Why: restored from version 2, created from a starter.")
    set_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """One a number."""

        constraints = [models.UniqueConstraint(fields=["firm", "segment", "number"], name="segment_version_once")]

    def __str__(self) -> str:
        return f"{self.segment_id} v{self.number}"
