"""Rules that tag by themselves."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class TagRule(FirmModel):
    """What happens to the tags of contacts that enter a segment, and of those that leave it."""

    name = models.TextField(help_text="What the firm calls it, up to 80 characters.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents.")
    description = models.TextField(blank=True, default="", help_text="What it is for, up to 500 characters.")
    segment = FirmForeignKey(
        "segments.Segment", on_delete=models.PROTECT, db_index=False,
        help_text="Whose entering and leaving it follows; made for it when it has criteria of its own.",
    )  # fmt: skip
    add = models.JSONField(default=list, help_text="Ids of tags that are put on contacts who enter.")
    remove = models.JSONField(default=list, help_text="Ids of tags that are taken off contacts who enter.")
    undo_on_leaving = models.BooleanField(
        default=True, help_text="Whether a contact who leaves loses the tags that this rule put on, and no others."
    )
    paused_at = models.DateTimeField(
        null=True,
        help_text="Since when it does nothing, by hand or because it went round in circles; empty while it works.",
    )  # fmt: skip
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who made it, also through an API key.",
    )  # fmt: skip
    problem = models.TextField(
        blank=True, default="", help_text="Why it stopped itself, for people; emptied when it is resumed."
    )

    class Meta(FirmModel.Meta):
        """Names are unique; found by the segment somebody entered."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="tag_rule_once")]
        indexes = [models.Index(fields=["firm", "segment"], name="tag_rule_segment")]

    def __str__(self) -> str:
        return self.name


class TagRuleApplication(FirmModel):
    """A rule and a tag of a contact: since `created_at`, until the contact left."""

    rule = FirmForeignKey(
        TagRule, on_delete=models.CASCADE, db_index=False, help_text="By whose word; the row goes with the rule."
    )
    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, db_index=False, help_text="Who got the tag by it."
    )
    tag = FirmForeignKey(
        "people.Tag", on_delete=models.CASCADE, db_index=False, help_text="One of those that the rule adds."
    )
    cause = models.UUIDField(null=True, help_text="The event of entering.")
    is_put = models.BooleanField(
        default=True,
        help_text="Whether the rule put it there: one that was there already is not the rule's to take off.",
    )  # fmt: skip
    ended_at = models.DateTimeField(null=True, help_text="When the contact left the segment; empty while it is in.")

    class Meta(FirmModel.Meta):
        """One that stands a rule, contact and tag; the history of a contact."""

        constraints = [
            models.UniqueConstraint(
                fields=["firm", "rule", "contact", "tag"], name="tag_rule_stands", condition=models.Q(ended_at=None)
            )
        ]
        indexes = [
            models.Index(fields=["firm", "contact", "created_at"], name="tag_rule_contact"),
            models.Index(fields=["firm", "tag"], name="tag_rule_tag"),
            models.Index(fields=["firm", "rule", "created_at"], name="tag_rule_history"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.contact_id} by {self.rule_id}"
