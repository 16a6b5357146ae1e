"""Addresses of contacts."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ContactEmail(FirmModel):
    """One address; unique in the firm, whatever its case, among contacts that are not in the bin."""

    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, related_name="emails", db_index=False,
        help_text="Whose address it is.",
    )  # fmt: skip
    address = models.TextField(help_text="As written.")
    address_norm = models.TextField(help_text="Trimmed, lower case.")
    label = models.TextField(
        blank=True, default="", help_text="What the firm calls it: work, home, …; up to 40 characters."
    )
    is_primary = models.BooleanField(
        default=False,
        help_text="Whether mail goes here; exactly one of a contact's addresses, copied into Contact.email.",
    )  # fmt: skip
    is_live = models.BooleanField(default=True, help_text="False while the contact is in the bin.")

    class Meta(FirmModel.Meta):
        """The match key of imports, and the way back from the contact."""

        constraints = [
            models.UniqueConstraint(
                fields=["firm", "address_norm"], name="contact_email_once", condition=Q(is_live=True)
            )
        ]
        indexes = [models.Index(fields=["firm", "contact"], name="contact_email_contact")]

    def __str__(self) -> str:
        return self.address
