"""How far a firm's part of the log has been seen."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class Head(FirmModel):
    """The firm has no event behind (`generation`, `tx`) that has been seen yet; written by `log_dispatch` alone.

    `seq` grows with every dispatch, so "which firms have news since" is one short index scan.
    """

    generation = models.SmallIntegerField()
    tx = models.BigIntegerField()
    seq = models.BigIntegerField()

    class Meta(FirmModel.Meta):
        """One row a firm."""

        constraints = [models.UniqueConstraint(fields=["firm"], name="events_head_once")]
        # The one index that does not lead with the firm: `log_heads`, a function of the tables' owner, asks across
        # firms which of them have news since a dispatch, and hands out positions in the log and nothing else.
        indexes = [models.Index(fields=["seq"], name="events_head_seq")]

    def __str__(self) -> str:
        return f"{self.generation}/{self.tx}"
