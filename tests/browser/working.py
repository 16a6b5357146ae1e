"""The worker's part in a browser test, done when the test says so."""

from fairlead.events.consumers import registered
from fairlead.events.consuming.line import introduce
from fairlead.events.consuming.loop import feed
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.jobs.testing import drain


def work() -> None:
    """Do what the worker does: the waiting jobs, then the log's consumers."""
    drain()
    for consumer in registered():
        introduce(consumer)
    wait_for_horizon()
    while feed():
        pass
