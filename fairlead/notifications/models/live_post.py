"""What open pages were told, kept for a while for those whose connection broke."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class LivePost(FirmModel):
    """A topic that changed for one member, or without one for the whole firm. Its id is the stream's event id."""

    member = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.CASCADE, db_index=False,
        help_text="Whose open pages are told; empty for everybody in the firm.",
    )  # fmt: skip
    topic = models.TextField(
        help_text="What is to be read again, such as notices; no content, so nobody learns what they may not see."
    )

    class Meta(FirmModel.Meta):
        """Read from an id on."""

        indexes = [models.Index(fields=["firm", "created_at"], name="live_post_newest")]

    def __str__(self) -> str:
        return self.topic
