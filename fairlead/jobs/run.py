"""One run of a job: who asked for it, whether it must stop, and steps that count once."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from opentelemetry.trace import SpanKind
from procrastinate.exceptions import JobAborted

from fairlead.jobs.models import JobFailure, JobStep
from fairlead.jobs.registry import Job
from fairlead.jobs.unfinished import Unfinished, tell
from fairlead.kernel.tracing import span
from fairlead.tenancy.public import current_firm, firm_context

log = structlog.get_logger("fairlead.jobs")
shutting_down = threading.Event()


class Interrupted(Exception):
    """The worker shuts down: the job is put back and goes on after the restart."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a running job may ask about itself. `attempt` starts at 1."""

    id: int
    name: str
    firm_id: UUID | None
    actor_id: UUID | None
    attempt: int
    cancelled: Callable[[], bool] = lambda: False

    def checkpoint(self) -> None:
        """Leave a long job between two of its transactions when it was cancelled or the worker shuts down.

        Raises `JobAborted` or `Interrupted`; the job lets both pass. An interrupted job runs again from its
        start, so what it has done must be found in its own rows (or by `step`).
        """
        if self.cancelled():
            raise JobAborted
        if shutting_down.is_set():
            raise Interrupted


_current: ContextVar[Run | None] = ContextVar("job_run", default=None)


def current_run() -> Run:
    """Return the run of the job that is executing; RuntimeError outside of one."""
    run = _current.get()
    if run is None:
        raise RuntimeError("No job is running here.")
    return run


@contextmanager
def step(name: str) -> Iterator[bool]:
    """Open the firm's transaction for the step `name` of the running job; yield whether it is still to be done.

    A job may be run again after a crash. The step's mark commits together with its work, so
    `with step("totals") as todo: if todo: …` does it exactly once however often the job runs.
    """
    run = current_run()
    if run.firm_id is None:
        raise RuntimeError("A platform job has no firm: its steps must be repeatable by themselves.")
    with firm_context(run.firm_id):
        if JobStep.rows().filter(job_id=run.id, name=name).exists():
            yield False
        else:
            # A second run of the same job waits here for the first one's commit and is then refused.
            JobStep.objects.create(job_id=run.id, name=name)
            yield True


def execute(job: Job[Any, Any], run: Run, arguments: Mapping[str, Any]) -> None:
    """Run `job` in this thread with its log context; a failure is kept for the firm to see and raised again."""
    if current_firm() is not None:
        raise RuntimeError("A job starts with no firm in context.")
    token = _current.set(run)
    try:
        told: dict[str, str | int] = {"job": run.name, "job_id": run.id, "firm_id": str(run.firm_id or "")}
        spans = span(f"job {run.name}", {f"fairlead.{k}": v for k, v in told.items()}, kind=SpanKind.CONSUMER)
        with structlog.contextvars.bound_contextvars(**told), spans:
            _call(job, run, arguments)
    finally:
        _current.reset(token)


def _call(job: Job[Any, Any], run: Run, arguments: Mapping[str, Any]) -> None:
    revived = job.revived(arguments)
    try:
        if job.platform:
            job.function(**revived)
        else:
            job.function(firm_id=run.firm_id, **revived)
    except (JobAborted, Interrupted):
        raise
    except Exception as error:  # kept for the firm, then raised for the queue
        log.warning("job failed", attempt=run.attempt, exc_info=True)
        _remember(run, error)
        if run.attempt > job.retries:
            _give_up(run, arguments)
        raise
    if run.attempt > 1 and run.firm_id is not None:
        with firm_context(run.firm_id):
            JobFailure.rows().filter(job_id=run.id).delete()


def _give_up(run: Run, arguments: Mapping[str, Any]) -> None:
    if run.firm_id is None:
        return
    try:
        with firm_context(run.firm_id):
            tell(run.name, Unfinished(), arguments)
    except Exception:
        log.warning("job given up, but nobody could be told", exc_info=True)


def _remember(run: Run, error: Exception) -> None:
    if run.firm_id is None:
        return
    try:
        with firm_context(run.firm_id):
            JobFailure.objects.update_or_create(
                job_id=run.id,
                defaults={"job": run.name, "error": f"{type(error).__name__}: {error}"[:2000], "attempts": run.attempt},
            )
    except Exception:
        # The database may be what failed; the job's own error is the one to report.
        log.warning("job failure not stored", exc_info=True)
