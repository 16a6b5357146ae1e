"""Rules that tag by themselves."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class TagRule(FirmModel):
    """What happens to the tags of contacts that enter a segment, and of those that leave it.

    `add` and `remove` are tags put on and taken off on entering; with `undo_on_leaving` a contact that leaves loses
    the tags that this rule put on, and no others.
    """

    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    description = models.TextField(blank=True, default="")
    segment = FirmForeignKey("segments.Segment", on_delete=models.PROTECT, db_index=False)
    add = models.JSONField(default=list, help_text="Ids of tags.")
    remove = models.JSONField(default=list, help_text="Ids of tags.")
    undo_on_leaving = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True)
    created_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    problem = models.TextField(blank=True, default="")

    class Meta(FirmModel.Meta):
        """Names are unique; found by the segment somebody entered."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="tag_rule_once")]
        indexes = [models.Index(fields=["firm", "segment"], name="tag_rule_segment")]

    def __str__(self) -> str:
        return self.name


class TagRuleApplication(FirmModel):
    """A rule and a tag of a contact: since `created_at`, until the contact left.

    `is_put` tells whether the rule put the tag there; one that was there already is not the rule's to take off.
    """

    rule = FirmForeignKey(TagRule, on_delete=models.CASCADE, db_index=False)
    contact = FirmForeignKey("people.Contact", on_delete=models.CASCADE, db_index=False)
    tag = FirmForeignKey("people.Tag", on_delete=models.CASCADE, db_index=False)
    cause = models.UUIDField(null=True, help_text="The event of entering.")
    is_put = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)

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
