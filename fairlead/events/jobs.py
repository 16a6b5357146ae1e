"""The log's background jobs."""

from datetime import timedelta

from django.conf import settings
from django.db import connection

from fairlead.jobs.public import job
from fairlead.kernel import clock

MONTHS_AHEAD = 3


@job("events.make_partitions", platform=True)
def make_partitions() -> None:
    """Make the partitions of this month and the next three, so that no event has to wait for its table."""
    with connection.cursor() as cursor:
        for months in range(MONTHS_AHEAD + 1):
            cursor.execute("SELECT log_make_partition(%s + %s * interval '1 month')", [clock.now(), months])


@job("events.apply_retention", platform=True)
def apply_retention() -> None:
    """Delete the months that are older than FAIRLEAD_LOG_MONTHS; by default everything is kept."""
    if settings.LOG_MONTHS is None:
        return
    oldest = clock.now() - timedelta(days=31 * settings.LOG_MONTHS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT log_drop_before(%s)", [oldest])
