"""Jobs whose worker died: found by its stopped heartbeat and put back into the queue."""

import threading

import structlog
from django.db import close_old_connections, connection, transaction

from fairlead.jobs.models import JobFailure
from fairlead.jobs.unfinished import Unfinished, tell
from fairlead.jobs.worker import tasks
from fairlead.tenancy.public import firm_context

log = structlog.get_logger("fairlead.jobs")
HEARTBEAT, STALLED = 3.0, 15.0
# A job that takes its worker down again and again (out of memory, say) is stopped here.
MOST_ATTEMPTS = 10
own_workers: set[int] = set()

# A job that comes again gives up its queueing lock: another one of its key may wait by now, and of those that wait only
# one may hold a key. One that kept it would hold up the rescue of all others.
# `worker_id` is null when the dead worker's row was already pruned. Our own jobs are left alone: after the machine
# slept, our heartbeat looks old to ourselves although we are alive.
_RECOVER = """
UPDATE procrastinate_jobs SET worker_id = NULL, scheduled_at = NULL, abort_requested = false, attempts = attempts + 1,
    queueing_lock = NULL,
    status = (CASE WHEN abort_requested THEN 'aborted' WHEN attempts >= %(most)s THEN 'failed' ELSE 'todo' END
        )::procrastinate_job_status
WHERE id IN (
    SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
    WHERE j.status = 'doing' AND (j.worker_id IS NULL OR (j.worker_id <> ALL (%(own)s)
        AND w.last_heartbeat < now() - make_interval(secs => %(stalled)s)))
    FOR UPDATE OF j SKIP LOCKED)
RETURNING id, task_name, args::text, status::text, attempts
"""
_RELEASE = """
UPDATE procrastinate_jobs SET worker_id = NULL, scheduled_at = NULL, abort_requested = false, attempts = attempts + 1,
    queueing_lock = NULL,
    status = (CASE WHEN abort_requested THEN 'aborted' ELSE 'todo' END)::procrastinate_job_status
WHERE status = 'doing' AND worker_id = ANY (%(own)s)
"""


def loop(stop: threading.Event) -> None:
    """Look for dead workers' jobs every few seconds."""
    while not stop.wait(HEARTBEAT):
        recover()
        close_old_connections()


def recover() -> int:
    """Put back the jobs of dead workers and return how many; a firm sees those given up for good as failed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RECOVER, {"most": MOST_ATTEMPTS, "own": list(own_workers), "stalled": STALLED})
        rows = cursor.fetchall()
        for number, name, args, status, attempts in rows:
            log.warning("job of a dead worker", job=name, job_id=number, now=status)
            firm_id, _, arguments = tasks.parts(args)
            if status == "failed" and firm_id:
                with firm_context(firm_id):
                    JobFailure.objects.update_or_create(
                        job_id=number,
                        defaults={"job": name, "error": "Its worker died, repeatedly.", "attempts": attempts},
                    )
                    tell(name, Unfinished(), arguments)
    return len(rows)


def release() -> None:
    """Put back what this process still runs, just before it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RELEASE, {"own": list(own_workers)})
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = ANY (%s)", [list(own_workers)])
