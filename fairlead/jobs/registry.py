"""The registry of jobs: which functions may run in the background, and how."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints
from uuid import UUID

P = ParamSpec("P")
R = TypeVar("R")

# "bulk" is for what runs longer than about a second: it has worker threads of its own, so that it never holds
# up the short jobs of "default".
QUEUES = ("default", "bulk")
_NAME = re.compile(r"[a-z_]+\.[a-z0-9_.]+\Z")


@dataclass(frozen=True, slots=True)
class Job(Generic[P, R]):
    """A function that runs in the background; calling the object calls the function here and now.

    `retries` counts further attempts after the first; `platform` jobs belong to no firm.
    """

    name: str
    function: Callable[P, R]
    queue: str = "default"
    retries: int = 3
    platform: bool = False
    _uuids: frozenset[str] = field(default_factory=frozenset, repr=False)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the function in the caller's thread."""
        return self.function(*args, **kwargs)

    def revived(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored JSON arguments as the function wants them: parameters annotated UUID become UUIDs."""
        return {k: UUID(v) if k in self._uuids and isinstance(v, str) else v for k, v in arguments.items()}


class UnknownJob(LookupError):
    """No job is registered under this name: a misspelt schedule, or a queue filled by a newer version."""


_jobs: dict[str, Job[Any, Any]] = {}


def job(
    name: str, *, queue: str = "default", retries: int = 3, platform: bool = False
) -> Callable[[Callable[P, R]], Job[P, R]]:
    """Register the decorated function as the job `name` ("room.verb").

    The function takes keyword arguments only, `firm_id: UUID` first unless it is a `platform` job. It runs in no
    transaction and with no firm in context; it may run more than once (see `jobs.public.step`).
    Raises ValueError for a bad name, an unknown queue or a name that is taken.
    """
    if not _NAME.match(name) or queue not in QUEUES:
        raise ValueError(f"{name!r} in queue {queue!r}: expected room.verb, and a queue of {', '.join(QUEUES)}.")

    def register(function: Callable[P, R]) -> Job[P, R]:
        known = _jobs.get(name)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"Job {name} is registered twice.")
        if not platform and "firm_id" not in inspect.signature(function).parameters:
            raise ValueError(f"Job {name} takes no firm_id: declare it with platform=True or add the parameter.")
        made = Job(name, function, queue, retries, platform, _uuid_parameters(function))
        _jobs[name] = made
        return made

    return register


def get(name: str) -> Job[Any, Any]:
    """Return the job called `name`; raise `UnknownJob`."""
    try:
        return _jobs[name]
    except KeyError:
        raise UnknownJob(f"No job is called {name!r}.") from None


def registered() -> list[Job[Any, Any]]:
    """Return every job, sorted by name."""
    return sorted(_jobs.values(), key=lambda j: j.name)


def _uuid_parameters(function: Callable[..., Any]) -> frozenset[str]:
    hints = get_type_hints(function)
    return frozenset(name for name, hint in hints.items() if hint == UUID or hint == UUID | None)


def purpose(name: str) -> str:
    """Return what a job is for, in words; "" for one of another version."""
    words = _jobs[name].function.__doc__ if name in _jobs else ""
    return (words or "").partition("\n")[0].rstrip(".")
