"""How deals end, each end a record with who and when, and the firm's words for why."""

from django.db import models
from django.db.models import Q

from fairlead.sales.models.deal import Deal
from fairlead.sales.models.pipeline import Pipeline, Stage
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Reason(FirmModel):
    """A word of the firm for why deals are won or lost, or against whom."""

    class Kind(models.TextChoices):
        """What it is a word for."""

        WIN = "win", "Reason to win"
        LOSS = "loss", "Reason to lose"
        COMPETITOR = "competitor", "Competitor"

    kind = models.TextField(choices=Kind, default=Kind.LOSS)
    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    position = models.IntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """Once a kind and name."""

        ordering = ["position", "name_norm"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "kind", "name_norm"], name="reason_once", condition=Q(archived_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.name


class End(FirmModel):
    """What wins and losses share. `stage` is where the deal stood, `value` in minor units of `currency`.

    `base_value` is in minor units of the firm's currency at `rate`, that of the day (see `history`). A reopening ends
    the end.
    """

    deal = FirmForeignKey(Deal, on_delete=models.CASCADE, db_index=False)
    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False)
    stage = FirmForeignKey(Stage, on_delete=models.CASCADE, db_index=False)
    owner = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    occurred_at = models.DateTimeField()
    decided_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    decided_by_label = models.TextField(blank=True, default="")
    reason = FirmForeignKey(Reason, null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    note = models.TextField(blank=True, default="")
    value = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10, null=True, blank=True)
    base_value = models.BigIntegerField(null=True, blank=True)
    seconds = models.BigIntegerField(default=0, help_text="From the deal's creation to its end.")
    reopened_at = models.DateTimeField(null=True, blank=True)
    is_live = models.BooleanField(default=True, db_default=True)

    class Meta(FirmModel.Meta):
        """Abstract."""

        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} of {self.deal_id}"


class Win(End):
    """A deal was won."""

    class Meta(End.Meta):
        """One standing win a deal; by pipeline and time."""

        abstract = False
        constraints = [models.UniqueConstraint(fields=["firm", "deal"], name="win_once", condition=Q(reopened_at=None))]
        indexes = [
            models.Index(
                fields=["firm", "pipeline", "occurred_at"],
                include=["owner", "reason", "base_value", "seconds", "deal"],
                name="win_analytics",
                condition=Q(is_live=True, reopened_at=None),
            ),
            models.Index(fields=["firm", "deal", "occurred_at"], name="win_deal"),
        ]


class Loss(End):
    """A deal was lost, perhaps to somebody."""

    competitor = FirmForeignKey(Reason, null=True, blank=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(End.Meta):
        """One standing loss a deal; by pipeline and time."""

        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["firm", "deal"], name="loss_once", condition=Q(reopened_at=None))
        ]
        indexes = [
            models.Index(
                fields=["firm", "pipeline", "occurred_at"],
                include=["owner", "reason", "competitor", "base_value", "seconds", "deal", "stage"],
                name="loss_analytics",
                condition=Q(is_live=True, reopened_at=None),
            ),
            models.Index(fields=["firm", "deal", "occurred_at"], name="loss_deal"),
        ]


class Reopening(FirmModel):
    """A closed deal was taken up again."""

    deal = FirmForeignKey(Deal, on_delete=models.CASCADE, related_name="reopenings", db_index=False)
    occurred_at = models.DateTimeField()
    reopened_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False
    )
    reopened_by_label = models.TextField(blank=True, default="")
    was = models.TextField(choices=[("won", "Won"), ("lost", "Lost")], default="lost")
    stage = FirmForeignKey(Stage, on_delete=models.CASCADE, db_index=False, help_text="Where it goes on.")
    note = models.TextField(blank=True, default="")

    class Meta(FirmModel.Meta):
        """By deal."""

        indexes = [models.Index(fields=["firm", "deal", "occurred_at"], name="reopening_deal")]

    def __str__(self) -> str:
        return f"{self.deal_id} reopened"
