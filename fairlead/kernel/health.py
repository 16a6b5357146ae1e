"""The list of health checks: `/health` and `fairlead doctor` run it, every room adds to it.

A check answers in well under a second, works without a firm, and gives no firm's data away. It raises
`Unwell` with what is wrong and how to mend it; what it returns is shown when all is well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

QUICKLY = 0.5  # seconds for a connection of the pool
AT_MOST = 2  # seconds for one of our own
Facts = Mapping[str, Any]


class Unwell(Exception):
    """Something is wrong: `problem` says what, `remedy` what to do, `facts` with which figures.

    `degraded` means that people can go on working: doctor and the JSON say so, the answer stays 200.
    """

    def __init__(self, problem: str, *, remedy: str = "", degraded: bool = False, **facts: Any) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.degraded = degraded
        self.facts = facts


@dataclass(frozen=True)
class Check:
    """One named check; names are unique, short and in English (`worker`, `disk`)."""

    name: str
    run: Callable[[], Facts]
    asks_database: bool = True


@dataclass(frozen=True)
class Finding:
    """What one check found: `status` is `ok`, `degraded` or `failing`."""

    name: str
    status: str
    problem: str = ""
    remedy: str = ""
    facts: Facts = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the finding for machines."""
        words = {"problem": self.problem, "remedy": self.remedy}
        return {"status": self.status, **{name: text for name, text in words.items() if text}, **self.facts}


_checks: dict[str, Check] = {}


def register(name: str, run: Callable[[], Facts], *, asks_database: bool = True) -> None:
    """Add a check. The same name twice replaces it, so that `ready()` may run again."""
    _checks[name] = Check(name, run, asks_database)


def registered() -> list[Check]:
    """Return every check, in the order of registration."""
    return list(_checks.values())


def examine() -> list[Finding]:
    """Run every check; one that breaks is a failing one, and so are those of a database that does not answer."""
    lost = _lost_database()
    return [
        Finding(check.name, "failing", lost) if lost and check.asks_database else _examine(check)
        for check in registered()
    ]


def _lost_database() -> str:
    """Return why the database cannot be reached, empty while it can.

    Each check would wait for it as long as requests do: a minute and a half together, which no balancer waits.
    """
    pool: Any = getattr(connection, "pool", None)
    if connection.connection is not None or pool is None:
        return ""
    try:
        pool.open()
        with pool.connection(timeout=QUICKLY):
            return ""
    except psycopg.OperationalError:
        pass  # it is lost, or all connections are in use
    try:
        psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": AT_MOST}).close()
    except psycopg.OperationalError as error:
        return f"The database does not answer: {error}".splitlines()[0]
    return ""


def _examine(check: Check) -> Finding:
    try:
        return Finding(check.name, "ok", facts=check.run())
    except Unwell as found:
        status = "degraded" if found.degraded else "failing"
        return Finding(check.name, status, found.problem, found.remedy, found.facts)
    except Exception as error:  # a broken part must not hide the state of the others
        return Finding(check.name, "failing", f"{type(error).__name__}: {error}".splitlines()[0])
