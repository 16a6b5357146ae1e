"""Phone numbers of contacts."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ContactPhone(FirmModel):
    """One number, in E.164 when it could be parsed, always as typed."""

    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, related_name="phones", db_index=False,
        help_text="Whose number it is; the same number may be of several people.",
    )  # fmt: skip
    number = models.TextField(help_text="As typed.")
    e164 = models.TextField(blank=True, default="", help_text="ITU-T E.164 (+442079460011), or empty.")
    label = models.TextField(
        blank=True, default="", help_text="What the firm calls it: mobile, work, …; up to 40 characters."
    )
    is_primary = models.BooleanField(
        default=False, help_text="Whether calls go here; exactly one of a contact's numbers, copied into Contact.phone."
    )

    class Meta(FirmModel.Meta):
        """Matched by E.164, and found from the contact."""

        indexes = [
            models.Index(fields=["firm", "e164"], name="contact_phone_e164"),
            models.Index(fields=["firm", "contact"], name="contact_phone_contact"),
        ]

    def __str__(self) -> str:
        return self.e164 or self.number
