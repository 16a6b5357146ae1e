"""Waiting for conditions, with a deadline."""

import time
from collections.abc import Callable

from django.db import connections


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Return as soon as `condition` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It never came true."
        time.sleep(0.01)


def wait_for_horizon() -> None:
    """Return when every transaction that wrote events so far lies below the oldest running one.

    Transaction ids are the cluster's: another database's open transaction holds the horizon too.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT coalesce(max(tx), 0) FROM events_event WHERE generation = log_generation()")
        [last] = cursor.fetchone()

        def passed() -> bool:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [last])
            return bool(cursor.fetchone()[0])

        until(passed)
