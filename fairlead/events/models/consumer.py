"""What is known of a consumer across all firms."""

from django.db import models


class ConsumerState(models.Model):
    """One row a consumer, of the installation and not of a firm: it holds no event's content.

    Heads (see `Head`) numbered up to `seq` are consumed in every firm, so looking for work starts behind it.
    Firms without a cursor start at (`start_generation`, `start_tx`).
    """

    name = models.TextField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    start_generation = models.SmallIntegerField(default=0)
    start_tx = models.BigIntegerField(default=0)

    class Meta:
        """Named after what it is."""

        db_table = "events_consumer"

    def __str__(self) -> str:
        return self.name
