"""Subscription lists."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ContactList(FirmModel):
    """A list that people subscribe to. The primary list, All contacts, holds everybody and stores no rows.

    Whoever is asked to confirm a subscription gets `confirm_subject` and `confirm_text`, in Fairlead's words where
    they are empty, with a link that works for `confirm_days`.
    """

    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    description = models.TextField(blank=True, default="")
    is_primary = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    confirm_subject = models.TextField(blank=True, default="", db_default="")
    confirm_text = models.TextField(blank=True, default="", db_default="")
    confirm_days = models.PositiveSmallIntegerField(default=14, db_default=14)

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

    list = FirmForeignKey(ContactList, on_delete=models.CASCADE, db_index=False)
    contact = FirmForeignKey("people.Contact", on_delete=models.CASCADE, related_name="subscriptions", db_index=False)
    status = models.TextField(choices=Status, default=Status.SUBSCRIBED)
    source = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the contact was last asked to confirm.")

    class Meta(FirmModel.Meta):
        """Once a contact and list; both directions."""

        constraints = [models.UniqueConstraint(fields=["firm", "contact", "list"], name="subscription_once")]
        indexes = [models.Index(fields=["firm", "list", "status", "contact"], name="subscription_list")]

    def __str__(self) -> str:
        return f"{self.contact_id} on {self.list_id}: {self.status}"
