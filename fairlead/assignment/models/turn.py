"""How far each taker is in a rotation."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Turn(FirmModel):
    """How far a member is in a pool; see `choosing.rotation` for the arithmetic."""

    pool = models.TextField(
        db_collation="C", help_text="What takes turns: rule:<id>, rule:<id>:<territory> or team:<id>:<noun>."
    )
    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False, help_text="Who stands in the pool."
    )
    tag = models.BigIntegerField(
        default=0, help_text="The moment, in the pool's own time, until which the member has been served."
    )
    began = models.BigIntegerField(default=0, help_text="Where in the pool's time the last choice of the member began.")
    served = models.BigIntegerField(
        default=0, help_text="The number of the pool's last choice that fell on the member."
    )
    count = models.BigIntegerField(default=0, help_text="How often it did.")

    class Meta(FirmModel.Meta):
        """Once a pool and member."""

        constraints = [models.UniqueConstraint(fields=["firm", "pool", "member"], name="assignment_turn_once")]
        indexes = [models.Index(fields=["firm", "member"], name="assignment_turn_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.pool}"
