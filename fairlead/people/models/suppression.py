"""Addresses that nothing is sent to."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class Suppression(FirmModel):
    """An address that bounced, complained or was blocked by hand; outlives the contact it belonged to."""

    class Reason(models.TextChoices):
        """Why."""

        BOUNCE = "bounce", "Bounced"
        COMPLAINT = "complaint", "Complaint"
        UNSUBSCRIBE = "unsubscribe", "Unsubscribed"
        MANUAL = "manual", "Added by hand"

    channel = models.TextField(default="email", help_text="email, sms, whatsapp, voice, social or web.")
    address_norm = models.TextField(
        help_text="Email address in lower case, E.164 for sms, whatsapp and voice, else text in lower case."
    )
    reason = models.TextField(choices=Reason, help_text="What made the address unusable, or who blocked it.")
    detail = models.TextField(
        blank=True, default="",
        help_text="In the words of whoever blocked it, up to 500 characters; Import for those that came in a file.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a channel and address."""

        constraints = [models.UniqueConstraint(fields=["firm", "channel", "address_norm"], name="suppression_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.address_norm}"
