"""Who is away, and how much anybody can look after."""

from django.db import models
from django.db.models import F, Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Absence(FirmModel):
    """Days on which a member gets nothing by rules."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False,
        help_text="Who gets nothing by rules in that time.",
    )  # fmt: skip
    first_day = models.DateField(help_text="Included, in the firm's time zone.")
    last_day = models.DateField(help_text="Included, in the firm's time zone; at most three years after the first.")
    note = models.TextField(blank=True, default="", help_text="Why, for colleagues, up to 200 characters.")
    set_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who said so: the member, or who manages assignment.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Found by member, and by the day until which it lasts."""

        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="assignment_absence_order")
        ]
        indexes = [
            models.Index(fields=["firm", "last_day", "member"], name="assignment_absence_until"),
            models.Index(fields=["firm", "member"], name="assignment_absence_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} from {self.first_day} to {self.last_day}"


class Capacity(FirmModel):
    """How many open contacts and deals a member may own and still get more by rules."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False, help_text="Whose limits they are."
    )
    contacts = models.IntegerField(
        null=True, blank=True, help_text="Open contacts at which nothing more comes by rules; empty is no limit."
    )
    deals = models.IntegerField(
        null=True, blank=True, help_text="Open deals at which nothing more comes by rules; empty is no limit."
    )

    class Meta(FirmModel.Meta):
        """One a member."""

        constraints = [models.UniqueConstraint(fields=["firm", "member"], name="assignment_capacity_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.contacts} contacts, {self.deals} deals"
