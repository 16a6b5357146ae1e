"""Who is away, and how much anybody can look after."""

from django.db import models
from django.db.models import F, Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Absence(FirmModel):
    """Days on which a member gets nothing by rules, first and last included, in the firm's time zone."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.TextField(blank=True, default="")
    set_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

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
    """How many open contacts and deals a member may own and still get more by rules; None for no limit."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    contacts = models.IntegerField(null=True, blank=True)
    deals = models.IntegerField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """One a member."""

        constraints = [models.UniqueConstraint(fields=["firm", "member"], name="assignment_capacity_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.contacts} contacts, {self.deals} deals"
