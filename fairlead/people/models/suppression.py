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

    channel = models.TextField(default="email")
    address_norm = models.TextField()
    reason = models.TextField(choices=Reason)
    detail = models.TextField(blank=True, default="")

    class Meta(FirmModel.Meta):
        """Once a channel and address."""

        constraints = [models.UniqueConstraint(fields=["firm", "channel", "address_norm"], name="suppression_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.address_norm}"
