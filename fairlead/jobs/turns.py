"""Long work of which others must not wait for the end."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from fairlead.jobs.queue import enqueue
from fairlead.jobs.registry import Job
from fairlead.jobs.run import current_run
from fairlead.tenancy.public import firm_context

TURN = 15.0  # seconds after which others have a turn


def take_turns(work: Job[Any, Any], advance: Callable[[], bool], *, firm_id: UUID, **arguments: Any) -> None:
    """Work for a while, then queue up again behind other firms' work: `work` with these arguments.

    `advance` does a piece in a transaction of its own and returns whether more is left; between two pieces the job may
    be stopped.
    """
    started = time.monotonic()
    while advance():
        current_run().checkpoint()
        if time.monotonic() - started > TURN:
            with firm_context(firm_id):
                enqueue(work, firm_id=firm_id, **arguments)
            return
