"""The room's own recurring jobs: fan out to every firm, purge what is finished."""

from django.db import connection

from fairlead.jobs import registry
from fairlead.jobs.models import JobFailure, JobStep
from fairlead.jobs.queue import enqueue
from fairlead.jobs.registry import job
from fairlead.tenancy.public import Firm, firm_context

EVERY_FIRM = "jobs.every_firm"
KEEP_DAYS = 30

# Jobs that succeed are deleted at once by the worker; what is left to purge is what ended otherwise.
_PURGE = """
DELETE FROM procrastinate_jobs WHERE id IN (
    SELECT j.id FROM procrastinate_jobs j WHERE j.status IN ('failed', 'cancelled', 'aborted', 'succeeded')
    AND NOT EXISTS (SELECT 1 FROM procrastinate_events e
        WHERE e.job_id = j.id AND e.at > now() - make_interval(days => %s))
    LIMIT 1000)
"""
_ORPHANS = "NOT EXISTS (SELECT 1 FROM procrastinate_jobs j WHERE j.id = job_id)"


@job(EVERY_FIRM, platform=True)
def every_firm(*, name: str) -> None:
    """Enqueue the job called `name` for each firm, unless its last one still waits."""
    wanted = registry.get(name)
    for firm_id in Firm.objects.values_list("id", flat=True).iterator():
        enqueue(wanted, firm_id=firm_id, unique="recurring")


@job("jobs.purge", platform=True)
def purge() -> None:
    """Delete jobs that ended more than 30 days ago, and the notes about jobs that are gone."""
    with connection.cursor() as cursor:
        cursor.execute(_PURGE, [KEEP_DAYS])
        while cursor.rowcount:
            cursor.execute(_PURGE, [KEEP_DAYS])
    for firm_id in Firm.objects.values_list("id", flat=True).iterator():
        with firm_context(firm_id):
            for model in (JobStep, JobFailure):
                model.rows().extra(where=[_ORPHANS]).delete()  # noqa: S610  a constant
