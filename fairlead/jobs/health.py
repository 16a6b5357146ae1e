"""The health checks of background work."""

import time

from django.db import connection

from fairlead.kernel import health
from fairlead.kernel.health import Facts, Unwell

SILENT = 60.0  # seconds without a heartbeat, of which a worker sends one every ten
WAITING = 15 * 60.0
_STARTED = time.monotonic()


def register() -> None:
    """Register the checks."""
    health.register("worker", check_worker)
    health.register("queue", check_queue)


def check_worker() -> Facts:
    """A worker is alive. One that has just been started with us gets a minute to show itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers "
            "WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [SILENT],
        )
        alive, age = cursor.fetchone()
    if not alive:
        raise Unwell(
            "No worker is running: imports, mail and everything else in the background wait.",
            remedy="Start `fairlead run`, or `fairlead worker`, and read its log.",
            degraded=time.monotonic() - _STARTED < SILENT,
            alive=0,
        )
    return {"alive": alive, "last_heartbeat_seconds": round(age, 1)}


def check_queue() -> Facts:
    """No job has been due for a quarter of an hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'), "
            "count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs"
        )
        todo, doing, failed = cursor.fetchone()
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at))), 0)::float FROM "
            "(SELECT id, scheduled_at FROM procrastinate_jobs WHERE status = 'todo' "
            "AND (scheduled_at IS NULL OR scheduled_at <= now()) ORDER BY id LIMIT 100) j "
            "JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'"
        )
        waiting = round(cursor.fetchone()[0], 1)
    facts = {"todo": todo, "doing": doing, "failed": failed, "oldest_due_seconds": waiting}
    if waiting > WAITING:
        raise Unwell(
            f"A job has been due for {waiting:.0f} s.",
            remedy="Start more workers (`fairlead worker`), or see what the present ones do.",
            degraded=True,
            **facts,
        )
    return facts
