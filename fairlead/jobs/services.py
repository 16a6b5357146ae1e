"""Loops that run beside the jobs in every worker process."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

Loop = Callable[[threading.Event], None]


@dataclass(frozen=True, slots=True)
class Service:
    """A loop that runs in a thread of its own until the event it is given is set; it must then return within a second.

    When it raises, for instance because the database went away, the worker starts it again after a while.
    """

    name: str
    run: Loop


_services: dict[str, Service] = {}


def register_service(name: str, run: Loop) -> None:
    """Register a loop; the same name twice replaces it, so that `ready()` may run again."""
    _services[name] = Service(name, run)


def registered() -> list[Service]:
    """Return every service."""
    return list(_services.values())
