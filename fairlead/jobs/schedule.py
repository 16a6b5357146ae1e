"""The form of a line of the one schedule, `fairlead/config/schedule.py`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from fairlead.jobs import registry


@dataclass(frozen=True, slots=True)
class Recurring:
    """One recurring job: `cron` has five fields, or six with seconds last; times are UTC."""

    job: str
    cron: str
    every_firm: bool = False


def recurring(job: str, cron: str, *, every_firm: bool = False) -> Recurring:
    """Start `job` at the times of `cron`: a platform job once, or any other job once for every firm."""
    return Recurring(job, cron, every_firm)


def schedule() -> Sequence[Recurring]:
    """Return the schedule; raise `UnknownJob`, or ValueError for a job that does not fit its line."""
    lines: Sequence[Recurring] = import_string(settings.SCHEDULE)
    for line in lines:
        if registry.get(line.job).platform == line.every_firm:
            raise ValueError(f"{line.job}: a platform job runs once, any other for every firm.")
    return lines
