"""How far a consumer has come in a firm."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class Cursor(FirmModel):
    """Everything up to and with (`generation`, `tx`, `event_id`) is done; moves in the transaction of the work.

    When a batch fails the next is narrower, until the one bad event stands alone and is tried again later.
    """

    consumer = models.TextField(help_text="Registered name, as in the table of consumers.")
    generation = models.SmallIntegerField(
        help_text="First part of the place up to which everything is done; see Event.generation."
    )
    tx = models.BigIntegerField(help_text="Second part of that place: PostgreSQL's transaction id.")
    event_id = models.UUIDField(help_text="Third part of that place; all bits set when the whole transaction is done.")
    width = models.IntegerField(
        null=True,
        help_text="How many events the next batch may have after a failure; empty is the consumer's own size.",
    )  # fmt: skip
    attempts = models.IntegerField(
        default=0, help_text="How often the one bad event in front has failed; 0 while all goes well."
    )
    retry_at = models.DateTimeField(
        null=True, help_text="Before this moment the firm is passed over; set after a failure of a single event."
    )
    error = models.TextField(
        blank=True, default="", help_text="What the last failed batch raised, and where; emptied by the next good one."
    )
    served_at = models.DateTimeField(null=True, help_text="When it last had its turn: the firms rotate.")

    class Meta(FirmModel.Meta):
        """One row a firm and consumer."""

        constraints = [models.UniqueConstraint(fields=["firm", "consumer"], name="events_cursor_once")]

    def __str__(self) -> str:
        return f"{self.consumer} {self.generation}/{self.tx}"
