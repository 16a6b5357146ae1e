"""Putting jobs into the queue, in the caller's transaction: a rollback leaves nothing behind."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as QueuedJob
from procrastinate.manager import JobManager

from fairlead.jobs import fairness
from fairlead.jobs.registry import Job
from fairlead.tenancy.public import Actor

BATCH = 1_000

log = structlog.get_logger("fairlead.jobs")


def enqueue(
    job: Job[Any, Any],
    *,
    firm_id: UUID,
    by: Actor | None = None,
    run_at: datetime | None = None,
    unique: str | None = None,
    **arguments: Any,
) -> int | None:
    """Enqueue `job` for the firm and return the job's number.

    `by` is remembered as the one who asked (`current_run().actor_id`). With `unique`, nothing happens and None is
    returned while a job of that firm and key still waits. `arguments` must be JSON; UUIDs are stored as text and
    given back as UUIDs to parameters annotated so.
    """
    made = _queued(job, firm_id, by, arguments, run_at, unique)
    [priority] = fairness.priorities(firm_id, job.queue, 1)
    try:
        # A refused key aborts the transaction it happens in, so it happens in a savepoint.
        with transaction.atomic() if unique else transaction.atomic(savepoint=False):
            return _manager().defer_job(_placed(made, firm_id, priority)).id
    except AlreadyEnqueued:
        return None


def enqueue_many(
    job: Job[Any, Any], arguments: Iterable[Mapping[str, Any]], *, firm_id: UUID, by: Actor | None = None
) -> int:
    """Enqueue one job for each mapping of `arguments`, in batches, and return how many."""
    count, waiting = 0, iter(arguments)
    with transaction.atomic():
        while batch := [_queued(job, firm_id, by, each) for each in islice(waiting, BATCH)]:
            tags = fairness.priorities(firm_id, job.queue, len(batch))
            _manager().batch_defer_jobs([_placed(q, firm_id, p) for q, p in zip(batch, tags, strict=True)])
            count += len(batch)
    return count


def give_up_key(number: int) -> None:
    """Let go of the key that makes a job unique among those that wait.

    While it ran another one may have been enqueued. Put back with its key it would be refused, and stay as running for
    ever, with its lock on the firm's long jobs.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %s", [number])
    except DatabaseError:  # what the job itself raised is the one to report
        log.warning("key of a job not given up", job_id=number, exc_info=True)


def _queued(
    job: Job[Any, Any],
    firm_id: UUID,
    by: Actor | None,
    arguments: Mapping[str, Any],
    run_at: datetime | None = None,
    unique: str | None = None,
) -> QueuedJob:
    if job.platform:
        raise ValueError(f"{job.name} is a platform job: only the schedule starts it.")
    if by is not None and by.firm_id != firm_id:
        raise ValueError("The actor belongs to another firm than the job.")
    return QueuedJob(
        id=None,
        queue=job.queue,
        lock=None,
        queueing_lock=f"{firm_id}:{job.name}:{unique}" if unique else None,
        task_name=job.name,
        task_kwargs={
            "firm_id": str(firm_id),
            "actor_id": str(by.membership_id) if by and by.membership_id else None,
            "arguments": {k: str(v) if isinstance(v, UUID) else v for k, v in arguments.items()},
        },
        scheduled_at=run_at,
    )


def _placed(queued: QueuedJob, firm_id: UUID, priority: int) -> QueuedJob:
    # A job that waits for its time must not hold the lock's line: the queue would keep all behind it.
    lock = fairness.lock(firm_id, queued.queue, priority) if queued.scheduled_at is None else None
    return queued.evolve(priority=priority, lock=lock)


def _manager() -> JobManager:
    # The Django connector uses the connection of the calling thread, and so its transaction.
    return JobManager(DjangoConnector(alias=connection.alias))
