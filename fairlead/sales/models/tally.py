"""Sums of the history, so that years of it are read as days."""

from typing import ClassVar

from django.db import models

from fairlead.tenancy.public import FirmModel


class StayTally(FirmModel):
    """What the stays entered on one day (UTC) in one stage by deals of one owner come to: derived from `StageStay`.

    The sums of several rows of a day, stage and owner add up; one may be negative. A change of a stay is written as
    what it takes away and what it brings, so nobody waits for a row that somebody else is changing; the nightly job
    makes them one row again. `back_from_id` is the stage that deals came back from, None for other stays.
    """

    derived: ClassVar[bool] = True
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]

    pipeline_id = models.UUIDField()
    day = models.DateField()
    stage_id = models.UUIDField()
    back_from_id = models.UUIDField(null=True)
    owner_id = models.UUIDField(null=True)
    regressed = models.BigIntegerField()
    came = models.BigIntegerField(help_text="New in the pipeline.")
    came_value = models.BigIntegerField(help_text="Minor units of the firm's currency.")
    entered = models.BigIntegerField(help_text="First visits.")
    entered_value = models.BigIntegerField()
    advanced = models.BigIntegerField(help_text="First visits that got beyond the stage.")
    lost = models.BigIntegerField()
    staying = models.BigIntegerField()
    stayed = models.BigIntegerField()
    seconds = models.BigIntegerField(help_text="How long those that are over lasted together.")

    class Meta:
        """Read by pipeline and days."""

        base_manager_name = "objects"
        indexes = [models.Index(fields=["firm", "pipeline_id", "day"], name="stay_tally_days")]

    def __str__(self) -> str:
        return f"{self.stage_id} on {self.day}"
