"""A deal, and whom it is with."""

from django.db import models
from django.db.models import Q

from fairlead.records.models import Record
from fairlead.sales.models.pipeline import Pipeline, Stage
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Outcome(models.TextChoices):
    """How it stands: kept beside the records of wins, losses and reopenings, for indexes."""

    OPEN = "open", "Open"
    WON = "won", "Won"
    LOST = "lost", "Lost"


class Priority(models.TextChoices):
    """How pressing it is."""

    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"
    URGENT = "urgent", "Urgent"


class Deal(Record):
    """Something to win, hire, deliver: it goes through the stages of one pipeline.

    Totals are made of `value`, and say which rates they used.
    """

    name = models.TextField(help_text="Its title, in whatever words the firm uses.")
    sort_key = models.TextField(blank=True, default="", help_text="Folded title.")
    pipeline = FirmForeignKey(
        Pipeline, on_delete=models.PROTECT, db_index=False, help_text="The one that its stage is a step of."
    )
    stage = FirmForeignKey(
        Stage, on_delete=models.PROTECT, db_index=False,
        help_text="Where it stands; a closed deal is in the won or lost stage of its pipeline.",
    )  # fmt: skip
    rank = models.FloatField(
        default=0.0,
        help_text="Place of its card in the column, lowest on top: a number between those of its neighbours.",
    )  # fmt: skip
    stage_entered_at = models.DateTimeField(help_text="When it came into the stage; the beginning of its open stay.")
    outcome = models.TextField(
        choices=Outcome, default=Outcome.OPEN,
        help_text="Open, or how it ended: moved by winning, losing and reopening alone.",
    )  # fmt: skip
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was won or lost; empty while it is open."
    )
    value = models.BigIntegerField(
        null=True, blank=True, help_text="Minor units of its currency, such as cents; empty is unknown."
    )
    currency = models.CharField(max_length=3, help_text="ISO 4217; the firm's own unless somebody says otherwise.")
    base_value = models.FloatField(
        null=True, blank=True,
        help_text="The value in major units of the firm's currency at today's rate: to filter and order by, never "
        "to sum.",
    )  # fmt: skip
    value_from_items = models.BooleanField(default=False, help_text="The value is the sum of the line items.")
    expected_close = models.DateField(
        null=True, blank=True, help_text="Day on which it should be won; every change is kept. Empty is unknown."
    )
    forecast = models.TextField(choices=Stage.Forecast, blank=True, default="", help_text="Empty: as the stage says.")
    priority = models.TextField(
        choices=Priority, blank=True, default="", help_text="How pressing it is; empty is unsaid."
    )
    next_step = models.TextField(blank=True, default="", help_text="What somebody is to do about it next, in words.")
    description = models.TextField(blank=True, default="", help_text="Free text of several lines.")
    contact = FirmForeignKey(
        "people.Contact", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The primary one of its people.",
    )  # fmt: skip
    company = FirmForeignKey(
        "people.Company", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The primary one of its companies.",
    )  # fmt: skip
    regressions = models.IntegerField(default=0, help_text="How often it went back to an earlier stage.")
    score = models.IntegerField(
        default=0, help_text="Sum of the points of the score rules it meets; derived, it moves no version."
    )
    last_activity_at = models.DateTimeField(
        null=True, blank=True, help_text="When something last happened with it, by the log: a change or an activity."
    )

    class Meta(Record.Meta):
        """Each index serves the board, an offered order or a frequent filter of the living."""

        indexes = [
            models.Index(
                fields=["firm", "stage", "rank", "id"],
                include=["owner", "currency", "value"],
                name="deal_board",
                condition=Q(deleted_at=None, outcome="open"),
            ),
            models.Index(fields=["firm", "pipeline", "outcome", "expected_close"], name="deal_close_of"),
            models.Index(fields=["firm", "sort_key", "id"], name="deal_name", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "created_at", "id"], name="deal_created", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "updated_at", "id"], name="deal_updated", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "base_value", "id"], name="deal_value", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "expected_close", "id"], name="deal_close", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "score", "id"], name="deal_score", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "last_activity_at", "id"], name="deal_active", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "stage_entered_at", "id"], name="deal_entered", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "owner", "id"], name="deal_owner", condition=Q(owner__isnull=False)),
            models.Index(fields=["firm", "contact"], name="deal_contact", condition=Q(contact__isnull=False)),
            models.Index(fields=["firm", "company"], name="deal_company", condition=Q(company__isnull=False)),
            models.Index(fields=["firm", "external_id"], name="deal_external", condition=~Q(external_id="")),
            models.Index(fields=["firm", "deleted_at"], name="deal_bin", condition=Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class DealContact(FirmModel):
    """A person in a deal, and as what."""

    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, related_name="people", db_index=False,
        help_text="What the person has a part in.",
    )  # fmt: skip
    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, db_index=False, help_text="Who has a part in it."
    )
    role = models.TextField(
        blank=True, default="", help_text="As what: decision maker, champion, …; up to 80 characters."
    )

    class Meta(FirmModel.Meta):
        """Once a deal and contact; found from both sides."""

        constraints = [models.UniqueConstraint(fields=["firm", "deal", "contact"], name="deal_contact_once")]
        indexes = [models.Index(fields=["firm", "contact", "deal"], name="deal_contact_of")]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.deal_id}"


class DealCompany(FirmModel):
    """A company in a deal, and as what."""

    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, related_name="companies", db_index=False,
        help_text="What the company has a part in.",
    )  # fmt: skip
    company = FirmForeignKey(
        "people.Company", on_delete=models.CASCADE, db_index=False, help_text="Which organisation has a part in it."
    )
    role = models.TextField(blank=True, default="", help_text="As what: customer, partner, …; up to 80 characters.")

    class Meta(FirmModel.Meta):
        """Once a deal and company; found from both sides."""

        constraints = [models.UniqueConstraint(fields=["firm", "deal", "company"], name="deal_company_once")]
        indexes = [models.Index(fields=["firm", "company", "deal"], name="deal_company_of")]

    def __str__(self) -> str:
        return f"{self.company_id} in {self.deal_id}"
