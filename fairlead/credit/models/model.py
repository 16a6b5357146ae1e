"""The model: data that the firm edits. It is nobody's official formula."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class CreditScale(FirmModel):
    """The ends of the score, 300 and 850 unless the firm says otherwise."""

    lowest = models.IntegerField(default=300)
    highest = models.IntegerField(default=850)

    class Meta(FirmModel.Meta):
        """One a firm."""

        constraints = [models.UniqueConstraint(fields=["firm"], name="credit_scale_once")]

    def __str__(self) -> str:
        return f"{self.lowest} to {self.highest}"


class CreditFactor(FirmModel):
    """Something that a score depends on, measured by one number.

    The number counts fully at `best` or beyond, not at all at `worst` or beyond, and in proportion between the two;
    `weight` is the factor's share beside the weights of the others.
    """

    name = models.TextField()
    explanation = models.TextField(blank=True, default="", help_text="For people: what it is and why it counts.")
    unit = models.TextField(blank=True, default="", help_text="What the number counts: %, years, payments ...")
    weight = models.IntegerField(default=10)
    worst = models.FloatField(default=0)
    best = models.FloatField(default=1)
    usual = models.FloatField(default=0, help_text="What is assumed of a client of whom nothing is known.")
    position = models.IntegerField(default=0)

    class Meta(FirmModel.Meta):
        """In the firm's order."""

        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="credit_factor_once")]

    def __str__(self) -> str:
        return self.name


class CreditStep(FirmModel):
    """Something that a client may do, and what it makes of one factor."""

    class Kind(models.TextChoices):
        """How the number changes."""

        SET = "set", "becomes"
        ADD = "add", "changes by"

    name = models.TextField()
    explanation = models.TextField(blank=True, default="")
    factor = FirmForeignKey(CreditFactor, on_delete=models.CASCADE, db_index=False)
    kind = models.TextField(choices=Kind, default=Kind.ADD)
    amount = models.FloatField(default=0)
    position = models.IntegerField(default=0)

    class Meta(FirmModel.Meta):
        """In the firm's order."""

        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="credit_step_once")]
        indexes = [models.Index(fields=["firm", "factor"], name="credit_step_factor")]

    def __str__(self) -> str:
        return self.name
