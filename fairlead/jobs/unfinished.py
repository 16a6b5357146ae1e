"""Jobs that end without having done their work, and who is told: what stands behind a job must not wait for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fairlead.jobs import registry
from fairlead.jobs.registry import Job
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How a job ended: `by` cancelled it, or it failed for good and `by` is None.

    While it is `running` a worker still has it. The queue does not abort it then: it ends when it finds that what it
    worked for has ended.
    """

    by: Actor | None = None
    running: bool = False


Told = Callable[..., None]
_told: dict[str, Told] = {}


def when_unfinished(*jobs: Job[Any, Any]) -> Callable[[Told], Told]:
    """Have the decorated function end what stands behind these jobs, such as a run that people follow.

    It is given the `Unfinished` and the job's arguments, with the firm in context: when a job is cancelled, in that
    very transaction. Such a job is not run again, for what it worked for is over.
    """

    def declare(function: Told) -> Told:
        _told.update({job.name: function for job in jobs})
        return function

    return declare


def is_told(name: str) -> bool:
    """Tell whether something stands behind the jobs called `name` that ends with them."""
    return name in _told


def tell(name: str, how: Unfinished, arguments: Mapping[str, Any]) -> None:
    """Tell whoever wants to know, in the caller's transaction."""
    if is_told(name):
        _told[name](how, **registry.get(name).revived(arguments))
