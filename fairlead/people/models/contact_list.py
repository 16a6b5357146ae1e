"""Subscription lists."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ContactList(FirmModel):
    """A list that people subscribe to, and how it asks them to confirm."""

    name = models.TextField(help_text="Up to 100 characters; people see it in the letter that asks them to confirm.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents.")
    description = models.TextField(
        blank=True, default="", help_text="What is sent to the list, in the firm's words; up to 500 characters."
    )
    is_primary = models.BooleanField(
        default=False, help_text="True for All contacts alone, which holds everybody and stores no subscriptions."
    )
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is no longer offered or written to; empty for lists in use."
    )
    confirm_subject = models.TextField(
        blank=True, default="", db_default="",
        help_text="Subject of the letter that asks to confirm; empty is Fairlead's own words.",
    )  # fmt: skip
    confirm_text = models.TextField(
        blank=True, default="", db_default="",
        help_text="Text of the letter that asks to confirm; empty is Fairlead's own words.",
    )  # fmt: skip
    confirm_days = models.PositiveSmallIntegerField(
        default=14, db_default=14, help_text="How many days the link in that letter works, at most 90."
    )

    class Meta(FirmModel.Meta):
        """Names are unique in a firm; there is one primary list."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "name_norm"], name="contact_list_once"),
            models.UniqueConstraint(fields=["firm"], name="contact_list_primary", condition=models.Q(is_primary=True)),
        ]

    def __str__(self) -> str:
        return self.name


class ListSubscription(FirmModel):
    """A contact's standing on a list."""

    class Status(models.TextChoices):
        """Only subscribed people are written to."""

        SUBSCRIBED = "subscribed", "Subscribed"
        PENDING = "pending", "Pending confirmation"
        UNSUBSCRIBED = "unsubscribed", "Unsubscribed"

    list = FirmForeignKey(
        ContactList, on_delete=models.CASCADE, db_index=False, help_text="Any list but the primary one."
    )
    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, related_name="subscriptions", db_index=False,
        help_text="Whose standing it is.",
    )  # fmt: skip
    status = models.TextField(
        choices=Status, default=Status.SUBSCRIBED,
        help_text="Whether the person is written to; who was taken off stays known as unsubscribed.",
    )  # fmt: skip
    source = models.TextField(
        blank=True, default="",
        help_text="Where the last change of the status came from: web, api, confirmation link, or what a caller names.",
    )  # fmt: skip
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the contact was last asked to confirm.")

    class Meta(FirmModel.Meta):
        """Once a contact and list; both directions."""

        constraints = [models.UniqueConstraint(fields=["firm", "contact", "list"], name="subscription_once")]
        indexes = [models.Index(fields=["firm", "list", "status", "contact"], name="subscription_list")]

    def __str__(self) -> str:
        return f"{self.contact_id} on {self.list_id}: {self.status}"
