"""Two at one moment: work on connections of its own, and whether somebody waits for somebody else."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.tenancy.public import firm_context
from tests.running import PATIENCE, until


def aside(work: Callable[[], Any]) -> threading.Thread:
    """Run `work` on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def somebody_waits() -> bool:
    """Tell whether a connection to this database waits for the lock of another one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees what its first look saw
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def meet(firm_id: UUID, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[bool, list[Exception]]:
    """Do `second` while what `first` did in the firm is not committed yet.

    Returns whether the second waited for the first, and what it raised.
    """
    raised = list[Exception]()

    def follow() -> None:
        try:
            with firm_context(firm_id):
                second()
        except Exception as error:
            raised.append(error)

    with firm_context(firm_id):
        first()
        other = aside(follow)
        until(lambda: somebody_waits() or not other.is_alive())
        waited = other.is_alive()
    other.join(PATIENCE)
    return waited, raised
