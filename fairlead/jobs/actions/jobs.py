"""Retry and cancel.

The queue is not under row-level security, so each statement names the firm: a number of another firm's job is the
same as none. Jobs lie below the log: these verbs leave their event through a witness.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from fairlead.jobs import unfinished, witness
from fairlead.jobs.registry import QUEUES
from fairlead.jobs.unfinished import Unfinished
from fairlead.jobs.witness import Deed
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.tenancy.public import Actor, firm_context

_LOCK = (
    "SELECT status::text, queue_name, task_name, coalesce(args->'arguments', '{}')::text FROM procrastinate_jobs "
    "WHERE id = %s AND args->>'firm_id' = %s FOR UPDATE"
)
_NEWS = '{"type": "job_inserted", "job_id": 0}'


@dataclass(frozen=True, slots=True)
class _Locked:
    state: str
    queue: str
    name: str
    arguments: dict[str, Any]


def retry_job(job_id: int, *, by: Actor) -> None:
    """Run a failed job again, at once.

    Raises `NotFound`, and `Conflict` when it has not failed, or what it worked for has ended with it.
    """
    by.require("jobs.manage")
    with transaction.atomic(), connection.cursor() as cursor:
        found = _locked(job_id, by)
        if found.state != "failed":
            raise Conflict("Only a failed job can be retried.")
        if unfinished.is_told(found.name):
            raise Conflict("What this job worked for was given up with it. Start that again where it was started.")
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
        if found.queue in QUEUES:
            cursor.execute("SELECT pg_notify(%s, %s)", [f"procrastinate_queue_v1#{found.queue}", _NEWS])
        with firm_context(by.firm_id):
            witness.tell(Deed("retried", job_id, found.name), by)


def cancel_job(job_id: int, *, by: Actor) -> None:
    """Cancel a waiting job, or ask a running one to stop at its next checkpoint; what stands behind it ends too.

    Raises `NotFound`, and `Conflict` when it is over already.
    """
    by.require("jobs.manage")
    with transaction.atomic(), connection.cursor() as cursor:
        found = _locked(job_id, by)
        if found.state not in ("todo", "doing"):
            raise Conflict("This job is over already.")
        running = found.state == "doing"
        if not (running and unfinished.is_told(found.name)):
            cursor.execute("SELECT procrastinate_cancel_job_v1(%s, true, false)", [job_id])
        with firm_context(by.firm_id):
            unfinished.tell(found.name, Unfinished(by, running), found.arguments)
            witness.tell(Deed("cancelled", job_id, found.name), by)


def _locked(job_id: int, by: Actor) -> _Locked:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [job_id, str(by.firm_id)])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    state, queue, name, arguments = row
    return _Locked(state, queue, name, json.loads(arguments))
