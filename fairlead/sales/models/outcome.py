"""How deals end, each end a record with who and when, and the firm's words for why."""

from django.db import models
from django.db.models import Q

from fairlead.sales.models.deal import Deal
from fairlead.sales.models.pipeline import Pipeline, Stage
from fairlead.sales.models.worth import Worth
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Reason(FirmModel):
    """A word of the firm for why deals are won or lost, or against whom."""

    class Kind(models.TextChoices):
        """What it is a word for."""

        WIN = "win", "Reason to win"
        LOSS = "loss", "Reason to lose"
        COMPETITOR = "competitor", "Competitor"

    kind = models.TextField(
        choices=Kind, default=Kind.LOSS, help_text="Whether deals are won by it, lost by it, or lost to it."
    )
    name = models.TextField(help_text="The firm's word, up to 100 characters; renaming shows in past ends too.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique in its kind among those in use.")
    position = models.IntegerField(default=0, help_text="Rank within its kind, lowest first.")
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is no longer offered; past ends keep it. Empty in use."
    )

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


class End(Worth):
    """What wins and losses share. A reopening ends the end."""

    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, db_index=False,
        help_text="What was won or lost; its history goes with it when it is purged.",
    )  # fmt: skip
    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False, help_text="Where the deal was.")
    stage = FirmForeignKey(
        Stage, on_delete=models.CASCADE, db_index=False, help_text="The open stage in which it stood before."
    )
    owner = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who looked after the deal then; empty was nobody.",
    )  # fmt: skip
    occurred_at = models.DateTimeField(
        help_text="When it was decided; may lie before the row for deals that were imported."
    )
    decided_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who closed it; empty for the system's own work.",
    )  # fmt: skip
    decided_by_label = models.TextField(blank=True, default="", help_text="Who closed it, by the name of then.")
    reason = FirmForeignKey(
        Reason, null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="A word of the list of wins or of losses; empty is unsaid.",
    )  # fmt: skip
    note = models.TextField(
        blank=True, default="", help_text="More about why, as plain text of up to 2,000 characters."
    )
    currency = models.CharField(max_length=3, help_text="ISO 4217: that of the value.")
    seconds = models.BigIntegerField(default=0, help_text="From the deal's creation to its end.")
    reopened_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When the deal was taken up again, since when this end no longer counts; empty while it stands.",
    )  # fmt: skip

    class Meta(Worth.Meta):
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

    competitor = FirmForeignKey(
        Reason, null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="To whom it was lost, one of the firm's list; empty is unsaid.",
    )  # fmt: skip

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

    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, related_name="reopenings", db_index=False, help_text="What was taken up again."
    )
    occurred_at = models.DateTimeField(help_text="When it was taken up again.")
    reopened_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who did it; empty for the system's own work.",
    )  # fmt: skip
    reopened_by_label = models.TextField(blank=True, default="", help_text="Who did it, by the name of then.")
    was = models.TextField(
        choices=[("won", "Won"), ("lost", "Lost")], default="lost", help_text="How the deal had ended."
    )
    stage = FirmForeignKey(Stage, on_delete=models.CASCADE, db_index=False, help_text="Where it goes on.")
    note = models.TextField(blank=True, default="", help_text="Why, as plain text of up to 2,000 characters.")

    class Meta(FirmModel.Meta):
        """By deal."""

        indexes = [models.Index(fields=["firm", "deal", "occurred_at"], name="reopening_deal")]

    def __str__(self) -> str:
        return f"{self.deal_id} reopened"
