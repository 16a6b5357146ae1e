"""How far a firm's part of the log has been seen."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class Head(FirmModel):
    """How far the firm's part of the log has been seen; written by `log_dispatch` alone."""

    generation = models.SmallIntegerField(
        help_text="First part of the place behind which no event of the firm has been seen."
    )
    tx = models.BigIntegerField(help_text="Second part of that place: PostgreSQL's transaction id.")
    seq = models.BigIntegerField(
        help_text="Number of the dispatch that moved it: grows, so firms with news are one short index scan."
    )

    class Meta(FirmModel.Meta):
        """One row a firm."""

        constraints = [models.UniqueConstraint(fields=["firm"], name="events_head_once")]
        # The one index that does not lead with the firm: `log_heads`, a function of the tables' owner, asks across
        # firms which of them have news since a dispatch, and hands out positions in the log and nothing else.
        indexes = [models.Index(fields=["seq"], name="events_head_seq")]

    def __str__(self) -> str:
        return f"{self.generation}/{self.tx}"
