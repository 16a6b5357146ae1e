"""Between the registry of jobs and procrastinate: one task for each job, and the recurring schedule."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as QueuedJob

from fairlead.jobs import fairness, registry
from fairlead.jobs.housekeeping import EVERY_FIRM
from fairlead.jobs.queue import give_up_key
from fairlead.jobs.registry import Job
from fairlead.jobs.run import Interrupted, Run, execute
from fairlead.jobs.schedule import schedule

FIRST_RETRY, LONGEST_RETRY = 5, 3600


class Backoff(BaseRetryStrategy):
    """Retries after 5 s, 20 s, 80 s … up to an hour; an interrupted job goes on as soon as there is a worker."""

    def __init__(self, retries: int) -> None:
        self.retries = retries

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        """Return when to run the job again, or None when it has failed for good."""
        if isinstance(exception, Interrupted | JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        if job.attempts >= self.retries:
            return None
        pause = min(FIRST_RETRY * 4**job.attempts, LONGEST_RETRY)
        # With a lock of its own it holds up none of the firm's other long jobs while it waits.
        return RetryDecision(retry_in={"seconds": pause}, lock=f"retry:{job.id}" if job.lock else None)


def parts(stored: Mapping[str, Any] | str) -> tuple[UUID | None, UUID | None, dict[str, Any]]:
    """Return firm, actor's membership and arguments from a queued job's JSON."""
    values = json.loads(stored) if isinstance(stored, str) else stored
    firm, actor = values.get("firm_id"), values.get("actor_id")
    return UUID(firm) if firm else None, UUID(actor) if actor else None, values.get("arguments") or {}


def build_app(connector: BaseConnector, *, recurring: bool) -> App:
    """Return a procrastinate app that knows every registered job and, when asked, the schedule."""
    app = App(connector=connector)
    for job in registry.registered():
        app.task(name=job.name, queue=job.queue, retry=Backoff(job.retries), pass_context=True)(_task(job))
    if recurring:
        _plan(app)
    return app


def _task(job: Job[Any, Any]) -> Any:
    def run(context: JobContext, **stored: Any) -> None:
        firm_id, actor_id, arguments = parts(stored)
        queued = context.job
        run = Run(queued.id or 0, job.name, firm_id, actor_id, queued.attempts + 1, context.should_abort)
        try:
            execute(job, run, arguments)
        except Exception:
            give_up_key(run.id)  # it may come again, and another one of its key waits perhaps
            raise

    return run


def _plan(app: App) -> None:
    for line in schedule():
        # A queueing lock alone, no lock: a lock can make a recurring job stall behind its own dead run.
        name = EVERY_FIRM if line.every_firm else line.job
        arguments: dict[str, Any] = {"name": line.job} if line.every_firm else {}
        app.periodic(
            cron=line.cron,
            periodic_id=line.job,
            queueing_lock=f"recurring:{line.job}",
            priority=fairness.RECURRING,
            task_kwargs={"arguments": arguments},
        )(app.tasks[name])
