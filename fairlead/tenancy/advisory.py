"""Advisory locks of a firm, held until the transaction ends (PostgreSQL, Explicit Locking, Advisory Locks).

They guard what no row stands for: a turn, a graph, a setting that others count on. Each has a name of its own, the
room's first (`sales.stages`).
"""

from django.db import connection

from fairlead.tenancy.context import require_firm


def exclusive(name: str) -> None:
    """Wait until nobody of the firm holds the lock, and keep all others waiting."""
    _take("pg_advisory_xact_lock", name)


def shared(name: str) -> None:
    """Hold the lock together with others who share it; who wants it alone waits."""
    _take("pg_advisory_xact_lock_shared", name)


def _take(function: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"{name} {require_firm()}"])
