"""What open pages were told, kept for a while for those whose connection broke."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class LivePost(FirmModel):
    """A topic that changed for one member, or without one for the whole firm. Its id is the stream's event id."""

    member = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.CASCADE, db_index=False)
    topic = models.TextField()

    class Meta(FirmModel.Meta):
        """Read from an id on."""

        indexes = [models.Index(fields=["firm", "created_at"], name="live_post_newest")]

    def __str__(self) -> str:
        return self.topic
