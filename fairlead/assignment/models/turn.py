"""How far each taker is in a rotation."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Turn(FirmModel):
    """A member in a pool: `tag` is the moment, in the pool's own time, until which the member has been served.

    See `choosing.rotation` for the arithmetic. `pool` names what the rotation belongs to: `rule:<id>`,
    `rule:<id>:<territory>`, `team:<id>:contact`.
    """

    pool = models.TextField(db_collation="C")
    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    tag = models.BigIntegerField(default=0)
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
