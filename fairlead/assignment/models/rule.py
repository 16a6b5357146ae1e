"""Rules that say who gets a record."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel

MOST_SHARE = 10


class Rule(FirmModel):
    """Who gets the records of a noun that meet the criteria."""

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

    noun = models.TextField(choices=Target, default=Target.CONTACT, help_text="What it assigns; stays for good.")
    name = models.TextField(help_text="What the firm calls it, up to 80 characters; kept with what it assigned.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique among the noun's rules.")
    position = models.IntegerField(
        default=0, help_text="Rank among the noun's rules, lowest first: the first that fits decides."
    )
    criteria = models.JSONField(default=dict, help_text="A criteria tree over the noun.")
    takers_from = models.TextField(
        choices=From, default=From.MEMBERS, help_text="Where those who may take a record come from."
    )
    choice = models.TextField(choices=Choice, default=Choice.TURN, help_text="Which of the free takers is next.")
    team = FirmForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Whose members take; set when the takers come from a team, else empty.",
    )  # fmt: skip
    paused_at = models.DateTimeField(null=True, help_text="Since when it is not asked; empty while it is.")
    problem = models.TextField(blank=True, default="", help_text="Why it cannot be asked any more.")
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who made it, also through an API key.",
    )  # fmt: skip

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
    """Somebody who may be given a record."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False, help_text="Who may be given a record."
    )
    share = models.SmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SHARE)],
        help_text="1 to 10: who has twice the share of another gets twice as many.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """No table of its own."""

        abstract = True


class RuleTaker(Taker):
    """Somebody whom a rule may choose."""

    rule = FirmForeignKey(
        Rule, on_delete=models.CASCADE, related_name="takers", db_index=False,
        help_text="By which rule, when its takers are chosen people.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a rule and member."""

        constraints = [models.UniqueConstraint(fields=["firm", "rule", "member"], name="assignment_taker_once")]
        indexes = [models.Index(fields=["firm", "member"], name="assignment_taker_member")]

    def __str__(self) -> str:
        return f"{self.member_id} by {self.rule_id}"
