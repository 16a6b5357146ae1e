"""A segment: contacts that share something, or that somebody picked."""

from typing import Any

from django.db import models

from fairlead.kernel import clock
from fairlead.tenancy.public import FirmForeignKey, FirmModel


def everybody() -> dict[str, Any]:
    """Return the tree that every contact matches."""
    return {"all": []}


class Segment(FirmModel):
    """A named set of contacts. `criteria` decides who is in a dynamic one; picks do in a static one."""

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

    name = models.TextField(help_text="Up to 100 characters; one that serves a rule or persona is called after it.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique among the segments that are listed.")
    description = models.TextField(blank=True, default="", help_text="What it is for, up to 500 characters.")
    kind = models.TextField(
        choices=Kind, default=Kind.DYNAMIC,
        help_text="Whether criteria decide who is in it or hands pick; stays for good.",
    )  # fmt: skip
    status = models.TextField(choices=Status, default=Status.ACTIVE, help_text="Only an active one is kept up to date.")
    purpose = models.TextField(
        choices=Purpose, default=Purpose.SEGMENT,
        help_text="What it serves; only those that serve people as such are listed.",
    )  # fmt: skip
    criteria = models.JSONField(default=dict, help_text="A criteria tree over contacts.")
    version = models.IntegerField(default=1, help_text="Grows with every change; each criteria is kept.")
    size = models.IntegerField(
        default=0, help_text="How many members it has; moves with the rows and is counted anew by every recount."
    )
    changed_at = models.DateTimeField(default=clock.now, help_text="When somebody last entered or left.")
    timed_at = models.DateTimeField(
        default=clock.now, help_text="The moment up to which it is accounted for what time alone changes."
    )
    counted_at = models.DateTimeField(null=True, help_text="When all contacts were last compared.")
    stale_since = models.DateTimeField(
        null=True, help_text="Since when a recount of all contacts is due; empty while none is."
    )
    problem = models.TextField(
        blank=True, default="", help_text="Why its criteria can no longer be asked, for people; empty while they can."
    )
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who made it, also through an API key.",
    )  # fmt: skip

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

    segment = FirmForeignKey(
        Segment, on_delete=models.CASCADE, related_name="versions", db_index=False,
        help_text="Whose criteria they are or were.",
    )  # fmt: skip
    number = models.IntegerField(
        help_text="Segment.version at that time; numbers are left out where something else changed."
    )
    criteria = models.JSONField(help_text="A criteria tree over contacts.")
    note = models.TextField(blank=True, default="", help_text="Why: restored from version 2, created from a starter.")
    set_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who set these criteria, also through an API key.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """One a number."""

        constraints = [models.UniqueConstraint(fields=["firm", "segment", "number"], name="segment_version_once")]

    def __str__(self) -> str:
        return f"{self.segment_id} v{self.number}"
