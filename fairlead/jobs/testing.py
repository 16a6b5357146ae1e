"""Running the waiting jobs inside a test, in its own thread and transaction."""

from typing import Any

from django.db import connection

from fairlead.jobs import registry
from fairlead.jobs.run import Run, execute
from fairlead.jobs.worker.tasks import parts

_NEXT = """
DELETE FROM procrastinate_jobs WHERE id = (
    SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
    ORDER BY priority DESC, id LIMIT 1)
RETURNING id, task_name, args::text, attempts
"""


def drain(limit: int = 1_000) -> int:
    """Run the due jobs, and the jobs they enqueue, in their order; return how many ran.

    Call it outside of `firm_context`, as the worker does. A failing job raises at once. RuntimeError after
    `limit` jobs: something enqueues itself for ever.
    """
    for count in range(limit):
        row = _take()
        if row is None:
            return count
        _run(*row)
    raise RuntimeError(f"Still jobs waiting after {limit}.")


def _take() -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _run(number: int, name: str, stored: str, attempts: int) -> None:
    firm_id, actor_id, arguments = parts(stored)
    execute(registry.get(name), Run(number, name, firm_id, actor_id, attempts + 1), arguments)
