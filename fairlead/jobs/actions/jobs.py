"""Retry and cancel.

The queue is not under row-level security, so each statement names the firm: a number of another firm's job is the
same as none. These verbs leave no event: jobs lie below the log; what a job does tells of itself there.
"""

from django.db import connection, transaction

from fairlead.jobs.registry import QUEUES
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.tenancy.public import Actor

_LOCK = "SELECT status::text, queue_name FROM procrastinate_jobs WHERE id = %s AND args->>'firm_id' = %s FOR UPDATE"
_NEWS = '{"type": "job_inserted", "job_id": 0}'


def retry_job(job_id: int, *, by: Actor) -> None:
    """Run a failed job again, at once. Raises `NotFound`, and `Conflict` when it has not failed."""
    by.require("jobs.manage")
    with transaction.atomic(), connection.cursor() as cursor:
        state, queue = _locked(job_id, by)
        if state != "failed":
            raise Conflict("Only a failed job can be retried.")
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
        if queue in QUEUES:
            cursor.execute("SELECT pg_notify(%s, %s)", [f"procrastinate_queue_v1#{queue}", _NEWS])


def cancel_job(job_id: int, *, by: Actor) -> None:
    """Cancel a waiting job, or ask a running one to stop at its next checkpoint.

    Raises `NotFound`, and `Conflict` when it is over already.
    """
    by.require("jobs.manage")
    with transaction.atomic(), connection.cursor() as cursor:
        state, _ = _locked(job_id, by)
        if state not in ("todo", "doing"):
            raise Conflict("This job is over already.")
        cursor.execute("SELECT procrastinate_cancel_job_v1(%s, true, false)", [job_id])


def _locked(job_id: int, by: Actor) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [job_id, str(by.firm_id)])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return row[0], row[1]
