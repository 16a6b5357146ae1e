"""Rules that say who gets a record."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel

MOST_SHARE = 10


class Rule(FirmModel):
    """Who gets the records of a noun that meet the criteria. Rules are asked in the order of their positions.

    `takers_from` says where the takers come from, `choice` which of them is next.
    """

    class Target(models.TextChoices):
        """What it assigns."""

        CONTACT = "contact", "Contacts"
        DEAL = "deal", "Deals"

    class From(models.TextChoices):
        """Who may take a record."""

        MEMBERS = "members", "Chosen people"
        TEAM = "team", "A team"
        TERRITORY = "territory", "The territory of the record"
        RELATION = "relation", "Who owns its company or contact"

    class Choice(models.TextChoices):
        """Which of them takes it."""

        TURN = "turn", "In turn"
        LOAD = "load", "Who has the fewest open ones"

    noun = models.TextField(choices=Target, default=Target.CONTACT)
    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    position = models.IntegerField(default=0)
    criteria = models.JSONField(default=dict, help_text="A criteria tree over the noun.")
    takers_from = models.TextField(choices=From, default=From.MEMBERS)
    choice = models.TextField(choices=Choice, default=Choice.TURN)
    team = FirmForeignKey("accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    paused_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, default="", help_text="Why it cannot be asked any more.")
    created_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Names are unique a noun; read in order."""

        constraints = [models.UniqueConstraint(fields=["firm", "noun", "name_norm"], name="assignment_rule_once")]
        indexes = [
            models.Index(fields=["firm", "noun", "position"], name="assignment_rule_order"),
            models.Index(fields=["firm", "team"], name="assignment_rule_team", condition=models.Q(team__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class Taker(FirmModel):
    """Somebody who may be given a record; who has twice the share of another gets twice as many."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    share = models.SmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SHARE)], help_text="1 to 10."
    )

    class Meta(FirmModel.Meta):
        """No table of its own."""

        abstract = True


class RuleTaker(Taker):
    """Somebody whom a rule may choose."""

    rule = FirmForeignKey(Rule, on_delete=models.CASCADE, related_name="takers", db_index=False)

    class Meta(FirmModel.Meta):
        """Once a rule and member."""

        constraints = [models.UniqueConstraint(fields=["firm", "rule", "member"], name="assignment_taker_once")]
        indexes = [models.Index(fields=["firm", "member"], name="assignment_taker_member")]

    def __str__(self) -> str:
        return f"{self.member_id} by {self.rule_id}"
