"""Tags, and which record carries which."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Tag(FirmModel):
    """A word to sort records by."""

    class Category(models.TextChoices):
        """What the tag is about."""

        GENERAL = "general", "General"
        INDUSTRY = "industry", "Industry"
        SERVICE = "service", "Service"
        STATUS = "status", "Status"
        BEHAVIOR = "behavior", "Behavior"
        CAMPAIGN = "campaign", "Campaign"
        INTEREST = "interest", "Interest"
        ENGAGEMENT = "engagement", "Engagement"
        PROMOTION = "promotion", "Promotional activity"
        CUSTOM = "custom", "Custom"

    name = models.TextField(help_text="As first written, up to 80 characters.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents.")
    description = models.TextField(
        blank=True, default="", help_text="When to use it, in the firm's words; up to 500 characters."
    )
    color = models.TextField(default="slate", help_text="A name of the palette.")
    category = models.TextField(
        choices=Category, default=Category.GENERAL,
        help_text="What the tag is about: groups the tags in lists and forms.",
    )  # fmt: skip
    usage_count = models.IntegerField(
        default=0, help_text="How many records carry it that are not in the bin; moved in the transaction that tags."
    )

    class Meta(FirmModel.Meta):
        """Names are unique in a firm whatever their case and accents."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Tagging(FirmModel):
    """A tag on a record of any noun: who put it there and when (`created_at`)."""

    tag = FirmForeignKey(
        Tag, on_delete=models.CASCADE, db_index=False,
        help_text="What the record carries; deleting the tag takes it off.",
    )  # fmt: skip
    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    record_id = models.UUIDField(help_text="The record that carries it; no foreign key, as it may be of any table.")
    tagged_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who put it there; empty for the system's own work.",
    )  # fmt: skip
    is_live = models.BooleanField(
        default=True, db_default=True,
        help_text="False while the record is in the bin: the tag is kept for its return but not counted.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a record and tag; both directions are index-only."""

        constraints = [models.UniqueConstraint(fields=["firm", "record_id", "tag"], name="tagging_once")]
        indexes = [models.Index(fields=["firm", "tag", "noun", "record_id"], name="tagging_tag")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.noun} {self.record_id}"
