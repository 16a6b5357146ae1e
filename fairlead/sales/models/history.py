"""What became of deals, kept for ever: the analytics read only this, never how things stand now."""

from django.db import models
from django.db.models import Q

from fairlead.sales.models.deal import Deal
from fairlead.sales.models.pipeline import Pipeline, Stage
from fairlead.sales.models.worth import Worth
from fairlead.tenancy.public import FirmForeignKey


class StageStay(Worth):
    """A stay of a deal in a stage."""

    class Exit(models.TextChoices):
        """How it ended."""

        NONE = "", "Still there"
        FORWARD = "forward", "Went on"
        BACKWARD = "backward", "Went back"
        WON = "won", "Won"
        LOST = "lost", "Lost"
        ELSEWHERE = "elsewhere", "Went to another pipeline"
        REOPENED = "reopened", "Reopened"

    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, related_name="stays", db_index=False,
        help_text="What stayed; its history goes with it when it is purged.",
    )  # fmt: skip
    pipeline = FirmForeignKey(
        Pipeline, on_delete=models.CASCADE, db_index=False, help_text="The stage's, kept beside it for indexes."
    )
    stage = FirmForeignKey(
        Stage, on_delete=models.CASCADE, db_index=False,
        help_text="Where it stayed; a stage that is deleted is only archived, so this names it for ever.",
    )  # fmt: skip
    from_stage = FirmForeignKey(
        Stage, null=True, blank=True, on_delete=models.CASCADE, db_index=False,
        help_text="Where it came from; empty for the stay that a deal begins with.",
    )  # fmt: skip
    owner = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who looked after the deal when it came; empty was nobody.",
    )  # fmt: skip
    entered_at = models.DateTimeField(help_text="When it came; may lie before the row for deals that were imported.")
    left_at = models.DateTimeField(
        null=True, blank=True, help_text="When it left; empty for the one stay that goes on."
    )
    seconds = models.BigIntegerField(null=True, blank=True, help_text="How long it lasted, once it is over.")
    exit = models.TextField(choices=Exit, blank=True, default="", help_text="How it ended; empty while it goes on.")
    moved_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who brought it here; empty for the system's own work.",
    )  # fmt: skip
    moved_by_label = models.TextField(blank=True, default="", help_text="Who brought it here, by the name of then.")
    visit = models.IntegerField(default=1, help_text="Which stay of this deal in this stage it is, counted from 1.")
    is_regression = models.BooleanField(default=False, help_text="It came from a later stage.")
    advanced_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When the deal first got beyond this stage, or was won; only first visits tell it.",
    )  # fmt: skip
    is_foreign = models.BooleanField(default=False, db_default=False, help_text="Not in the firm's currency.")
    stalled_at = models.DateTimeField(null=True, blank=True, help_text="When it was said that it stays too long.")

    class Meta(Worth.Meta):
        """One open stay a deal; the analytics of a pipeline and period read one index only."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "deal"], name="stage_stay_open_once", condition=Q(left_at=None))
        ]
        indexes = [
            models.Index(fields=["firm", "deal", "entered_at"], name="stage_stay_deal"),
            models.Index(
                fields=["firm", "pipeline", "entered_at"],
                include=[
                    "stage",
                    "owner",
                    "visit",
                    "is_regression",
                    "advanced_at",
                    "exit",
                    "seconds",
                    "deal",
                    "base_value",
                    "from_stage",
                ],
                name="stage_stay_funnel",
                condition=Q(is_live=True),
            ),
            models.Index(
                fields=["firm", "pipeline", "entered_at"],
                include=["owner", "deal", "currency", "rate", "value", "base_value"],
                name="stage_stay_foreign",
                condition=Q(is_live=True, is_foreign=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} in {self.stage_id}"


class CloseDateChange(Worth):
    """A change of a deal's expected close date."""

    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, related_name="close_dates", db_index=False,
        help_text="Whose date it was; its history goes with it when it is purged.",
    )  # fmt: skip
    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False, help_text="Where the deal was then.")
    owner = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who looked after the deal then; empty was nobody.",
    )  # fmt: skip
    changed_at = models.DateTimeField(help_text="When somebody moved the date.")
    changed_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who moved it; empty for the system's own work.",
    )  # fmt: skip
    changed_by_label = models.TextField(blank=True, default="", help_text="Who moved it, by the name of then.")
    before = models.DateField(null=True, blank=True, help_text="The date there was; empty when it is the deal's first.")
    after = models.DateField(null=True, blank=True, help_text="The date there is now; empty when it was taken away.")
    days = models.IntegerField(
        null=True, blank=True,
        help_text="How much later it became, negative for earlier; empty unless there are both dates.",
    )  # fmt: skip

    class Meta(Worth.Meta):
        """By deal, and by pipeline and time."""

        indexes = [
            models.Index(fields=["firm", "deal", "changed_at"], name="close_date_deal"),
            models.Index(
                fields=["firm", "pipeline", "changed_at"],
                include=["owner", "days", "deal", "base_value"],
                name="close_date_slippage",
                condition=Q(is_live=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.before} to {self.after}"
