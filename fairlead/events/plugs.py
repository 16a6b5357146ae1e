"""What the room of the log offers."""

from fairlead.events import types
from fairlead.events.consuming.loop import loop
from fairlead.events.recording import record
from fairlead.events.types import EventType
from fairlead.jobs.public import Deed, register_service, register_witness
from fairlead.tenancy.public import Actor, Role, declare

TYPES = (
    EventType(
        "log.rewound", "Consumer rewound", "rewound {consumer} to {since}", kind="system", icon="rewind", sensitive=True
    ),
    EventType(
        "log.set_aside_retried", "Event retried", "had {consumer} try an event again", kind="system", icon="refresh"
    ),
    EventType(
        "log.set_aside_discarded",
        "Event discarded",
        "discarded an event that {consumer} could not handle",
        kind="system",
        icon="trash",
        sensitive=True,
    ),
    EventType("job.cancelled", "Job cancelled", "cancelled the background job “{job}”", "system", "x", sensitive=True),
    EventType("job.retried", "Job retried", "had the background job “{job}” run again", "system", "refresh"),
)


def register() -> None:
    """Register permissions, event types, the loop of the consumers, jobs, checks and gauges."""
    from fairlead.events import health, jobs, metrics  # noqa: F401  registers its jobs

    declare("log.manage", "Retry, discard and replay events", group="Administration", since=Role.ADMIN)
    types.register(*TYPES)
    register_service("events.consumers", loop)
    register_witness(_tell_of_job)
    health.register()
    metrics.register()


def _tell_of_job(deed: Deed, by: Actor) -> None:
    data = {"job": deed.purpose, "name": deed.name, "number": deed.number}
    record(f"job.{deed.verb}", by=by, subject=("job", None), data=data)
