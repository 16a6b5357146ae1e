"""How far a consumer has come in a firm."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class Cursor(FirmModel):
    """Everything up to and with (`generation`, `tx`, `event_id`) is done; moves in the transaction of the work.

    `width` bounds the next batch: it shrinks when a batch fails, until the one bad event stands alone, which is
    then tried again at `retry_at`.
    """

    consumer = models.TextField()
    generation = models.SmallIntegerField()
    tx = models.BigIntegerField()
    event_id = models.UUIDField()
    width = models.IntegerField(null=True, help_text="Empty is the consumer's own batch size.")
    attempts = models.IntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    served_at = models.DateTimeField(null=True, help_text="When it last had its turn: the firms rotate.")

    class Meta(FirmModel.Meta):
        """One row a firm and consumer."""

        constraints = [models.UniqueConstraint(fields=["firm", "consumer"], name="events_cursor_once")]

    def __str__(self) -> str:
        return f"{self.consumer} {self.generation}/{self.tx}"
