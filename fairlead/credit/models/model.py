"""The model: data that the firm edits. It is nobody's official formula."""

from django.db import models

from fairlead.credit.estimating import beside
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class CreditScale(FirmModel):
    """The ends of the score, 300 and 850 unless the firm says otherwise."""

    lowest = models.IntegerField(default=300, help_text="Points of the worst score there is.")
    highest = models.IntegerField(default=850, help_text="Points of the best score there is.")

    class Meta(FirmModel.Meta):
        """One a firm."""

        constraints = [models.UniqueConstraint(fields=["firm"], name="credit_scale_once")]

    def __str__(self) -> str:
        return f"{self.lowest} to {self.highest}"


class CreditFactor(FirmModel):
    """Something that a score depends on, measured by one number."""

    name = models.TextField(help_text="What it measures, such as Average age of the accounts.")
    explanation = models.TextField(blank=True, default="", help_text="For people: what it is and why it counts.")
    unit = models.TextField(blank=True, default="", help_text="What the number counts: %, years, payments ...")
    weight = models.IntegerField(
        default=10, help_text="Its share of the score beside the weights of the others, 0 to 1,000; no percentage."
    )
    worst = models.FloatField(
        default=0, help_text="The number at which, and beyond which, it counts not at all; may be above the best."
    )
    best = models.FloatField(
        default=1, help_text="The number at which, and beyond which, it counts fully; in proportion between the two."
    )
    usual = models.FloatField(default=0, help_text="What is assumed of a client of whom nothing is known.")
    position = models.IntegerField(default=0, help_text="Rank in the firm's order, lowest first.")

    class Meta(FirmModel.Meta):
        """In the firm's order."""

        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="credit_factor_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def counted_in(self) -> str:
        """Return the unit as it stands beside the name."""
        return beside(self.name, self.unit)


class CreditStep(FirmModel):
    """Something that a client may do, and what it makes of one factor."""

    class Kind(models.TextChoices):
        """How the number changes."""

        SET = "set", "becomes"
        ADD = "add", "changes by"

    name = models.TextField(help_text="What a client would do, such as Pay cards down to 10 %.")
    explanation = models.TextField(blank=True, default="", help_text="For people: how to do it and what to mind.")
    factor = FirmForeignKey(
        CreditFactor, on_delete=models.CASCADE, db_index=False,
        help_text="Whose number the step changes; deleted with it.",
    )  # fmt: skip
    kind = models.TextField(
        choices=Kind, default=Kind.ADD, help_text="Whether the amount replaces the number or is added to it."
    )
    amount = models.FloatField(default=0, help_text="In the unit of the factor; negative ones take away.")
    position = models.IntegerField(default=0, help_text="Rank in the firm's order, lowest first.")

    class Meta(FirmModel.Meta):
        """In the firm's order."""

        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="credit_step_once")]
        indexes = [models.Index(fields=["firm", "factor"], name="credit_step_factor")]

    def __str__(self) -> str:
        return self.name
