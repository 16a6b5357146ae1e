"""Reading the queue: a firm's own jobs."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from fairlead.jobs import registry
from fairlead.jobs.models import JobFailure
from fairlead.jobs.unfinished import is_told
from fairlead.tenancy.public import require_firm

_JOBS = """
SELECT j.id, j.task_name, j.status::text, j.attempts, j.scheduled_at,
    (SELECT e.at FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'deferred' ORDER BY e.id LIMIT 1)
FROM procrastinate_jobs j
WHERE j.args->>'firm_id' = %(firm)s AND j.status = ANY (%(states)s::procrastinate_job_status[])
    AND (%(before)s::bigint IS NULL OR j.id < %(before)s)
ORDER BY j.id DESC LIMIT %(limit)s
"""
OPEN = ("todo", "doing", "failed")


@dataclass(frozen=True, slots=True)
class JobInfo:
    """A job in the queue; `state` is todo, doing, failed, cancelled or aborted (done jobs leave the queue)."""

    id: int
    name: str
    state: str
    attempts: int
    due_at: datetime | None
    enqueued_at: datetime | None
    error: str = ""

    @property
    def purpose(self) -> str:
        """Return what it is for, in words; "" for a job of another version."""
        return registry.purpose(self.name)

    @property
    def is_retriable(self) -> bool:
        """Tell whether it has failed and may run again: nothing that it worked for was given up with it."""
        return self.state == "failed" and not is_told(self.name)


def firm_jobs(*, states: tuple[str, ...] = OPEN, before: int | None = None, limit: int = 50) -> list[JobInfo]:
    """Return the firm's jobs, newest first, with the last error of each; `before` is the last id of the page before."""
    parameters = {"firm": str(require_firm()), "states": list(states), "before": before, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, parameters)
        rows = cursor.fetchall()
    failures = JobFailure.rows().filter(job_id__in=[row[0] for row in rows])
    errors = dict(failures.values_list("job_id", "error"))
    return [
        JobInfo(number, name, state, attempts, due, enqueued, errors.get(number, ""))
        for number, name, state, attempts, due, enqueued in rows
    ]
