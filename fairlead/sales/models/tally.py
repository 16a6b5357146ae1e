"""Sums of the history, so that years of it are read as days."""

from typing import ClassVar

from django.db import models

from fairlead.tenancy.public import FirmModel


class StayTally(FirmModel):
    """What the stays entered on one day (UTC) in one stage by deals of one owner come to: derived from `StageStay`.

    The sums of several rows of a day, stage and owner add up; one may be negative. A change of a stay is written as
    what it takes away and what it brings, so nobody waits for a row that somebody else is changing; the nightly job
    makes them one row again.
    """

    derived: ClassVar[bool] = True
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]

    pipeline_id = models.UUIDField(help_text="Of the stays; no foreign key, the row is derived.")
    day = models.DateField(help_text="Day in UTC on which the stays began.")
    stage_id = models.UUIDField(help_text="Where the deals stayed.")
    back_from_id = models.UUIDField(
        null=True, help_text="The later stage that they came back from; empty for stays that are no regression."
    )
    owner_id = models.UUIDField(null=True, help_text="Who looked after the deals when they came; empty was nobody.")
    regressed = models.BigIntegerField(help_text="Stays that came from a later stage.")
    came = models.BigIntegerField(help_text="Stays of deals that were new in the pipeline.")
    came_value = models.BigIntegerField(
        help_text="What those deals were worth then, in minor units of the firm's currency."
    )
    entered = models.BigIntegerField(help_text="First visits of a deal to the stage.")
    entered_value = models.BigIntegerField(
        help_text="What those deals were worth then, in minor units of the firm's currency."
    )
    advanced = models.BigIntegerField(help_text="First visits that got beyond the stage.")
    lost = models.BigIntegerField(help_text="Stays that ended because the deal was lost.")
    staying = models.BigIntegerField(help_text="Stays that still go on.")
    stayed = models.BigIntegerField(help_text="Stays that are over.")
    seconds = models.BigIntegerField(help_text="How long those that are over lasted together.")

    class Meta:
        """Read by pipeline and days."""

        base_manager_name = "objects"
        indexes = [models.Index(fields=["firm", "pipeline_id", "day"], name="stay_tally_days")]

    def __str__(self) -> str:
        return f"{self.stage_id} on {self.day}"
