"""What is known of a consumer across all firms."""

from django.db import models


class ConsumerState(models.Model):
    """One row a consumer, of the installation and not of a firm: it holds no event's content."""

    name = models.TextField(primary_key=True, help_text="As the code registers it, such as search.")
    seq = models.BigIntegerField(
        default=0, help_text="Heads numbered up to this are consumed in every firm: looking for work starts behind it."
    )
    start_generation = models.SmallIntegerField(
        default=0, help_text="Generation of the place where firms without a cursor start."
    )
    start_tx = models.BigIntegerField(
        default=0, help_text="Transaction of the place where firms without a cursor start; 0 is the whole log."
    )

    class Meta:
        """Named after what it is."""

        db_table = "events_consumer"

    def __str__(self) -> str:
        return self.name
