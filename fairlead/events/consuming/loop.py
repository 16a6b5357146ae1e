"""The loop in every worker that feeds the consumers: woken by NOTIFY, with polling behind it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import structlog
from django.conf import settings
from django.db import close_old_connections, connections

from fairlead.events import consumers
from fairlead.events.consumers import Consumer
from fairlead.events.consuming import line
from fairlead.events.consuming.batch import Outcome, consume
from fairlead.events.recording import CHANNEL

log = structlog.get_logger("fairlead.events")
POLL = 0.5  # seconds: the longest an event waits when no notification comes, or when it lay above the horizon
TURN = 1.0  # seconds a consumer works before the next one has its turn


def loop(stop: threading.Event) -> None:
    """Feed every consumer until `stop` is set."""
    for consumer in consumers.registered():
        line.introduce(consumer)
    with _listening(stop) as wait:
        while not stop.is_set():
            if not feed(stop):
                close_old_connections()
                wait()


def feed(stop: threading.Event | None = None) -> bool:
    """Dispatch, and give each consumer a turn; tell whether there was anything to do."""
    progress = line.dispatch() > 0
    for consumer in consumers.registered():
        progress |= _turn(consumer, stop)
    return progress


def _turn(consumer: Consumer, stop: threading.Event | None) -> bool:
    """Serve the firms that are behind, a batch each in rotation, for a limited time."""
    ends = time.monotonic() + TURN
    progress = False
    while time.monotonic() < ends:
        outcomes = set()
        for firm_id in line.behind(consumer):
            if stop is not None and stop.is_set():
                return False
            outcomes.add(consume(consumer, firm_id))
            if time.monotonic() > ends:
                break
        progress |= bool(outcomes & {Outcome.DONE, Outcome.MORE})
        if not outcomes & {Outcome.MORE, Outcome.FAILED}:
            break
    return progress


@contextmanager
def _listening(stop: threading.Event) -> Iterator[Callable[[], None]]:
    """Yield a function that returns when there may be news, after POLL seconds at the latest."""
    if not settings.LISTEN:
        yield lambda: _sleep(stop)  # nothing can be listened to: news is found by looking
        return
    parameters = connections["default"].get_connection_params()
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield lambda: _notified(connection)


def _sleep(stop: threading.Event) -> None:
    stop.wait(POLL)


def _notified(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    for _ in connection.notifies(timeout=POLL, stop_after=1):
        pass
