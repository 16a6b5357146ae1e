"""Tags, and which record carries which."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Tag(FirmModel):
    """A word to sort records by. `usage_count` counts its live taggings, moved in the transaction that changes them."""

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

    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    description = models.TextField(blank=True, default="")
    color = models.TextField(default="slate", help_text="A name of the palette.")
    category = models.TextField(choices=Category, default=Category.GENERAL)
    usage_count = models.IntegerField(default=0)

    class Meta(FirmModel.Meta):
        """Names are unique in a firm whatever their case and accents."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Tagging(FirmModel):
    """A tag on a record of any noun: who put it there and when (`created_at`).

    `is_live` is false while the record is in the bin: the tag is kept for its return but not counted.
    """

    tag = FirmForeignKey(Tag, on_delete=models.CASCADE, db_index=False)
    noun = models.TextField()
    record_id = models.UUIDField()
    tagged_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    is_live = models.BooleanField(default=True, db_default=True)

    class Meta(FirmModel.Meta):
        """Once a record and tag; both directions are index-only."""

        constraints = [models.UniqueConstraint(fields=["firm", "record_id", "tag"], name="tagging_once")]
        indexes = [models.Index(fields=["firm", "tag", "noun", "record_id"], name="tagging_tag")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.noun} {self.record_id}"
