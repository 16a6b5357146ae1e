"""Migrating beside people who work: never make them wait in line behind a lock that is not to be had.

A statement that waits for a table's exclusive lock makes everybody after it wait as well, readers included
(PostgreSQL, Explicit Locking). So a migration gives up after `LOCK_TIMEOUT` (PostgreSQL, lock_timeout), is rolled back,
lets the line pass and tries again. An index that is built concurrently waits for old transactions without a lock that
others need: it may take its time.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration

log = structlog.get_logger("fairlead.migrate")
LOCK_TIMEOUT = "3s"
ATTEMPTS = 40
PAUSE = 2.0  # seconds for those who waited
# Whoever builds an index concurrently holds this lock on its table for as long.
_UNFINISHED = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'i' AND NOT EXISTS (
    SELECT FROM pg_locks l WHERE l.relation = i.indrelid AND l.granted AND l.mode = 'ShareUpdateExclusiveLock')
ORDER BY c.relname
"""


def patiently(work: Callable[[], object], *, attempts: int = ATTEMPTS, pause: float = PAUSE) -> None:
    """Do the work, again when a lock was not to be had in time; OperationalError after the last attempt."""
    for left in reversed(range(attempts)):
        try:
            work()
            return
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable) or not left:
                raise
            log.warning("waiting for a lock", attempts_left=left)
            time.sleep(pause)


def limit(connection: BaseDatabaseWrapper, wait: str) -> None:
    """Let the connection's statements wait that long for a lock; "0" is for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [wait])


def drop_unfinished(connection: BaseDatabaseWrapper) -> list[str]:
    """Drop the indexes that a concurrent build left invalid when it was interrupted; return their names.

    They cost every write and serve no query, and the migration that builds them would stumble over them. One that
    somebody may be building at this moment is invalid as well, until it is ready: it is left alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNFINISHED)
        names = [row[0] for row in cursor.fetchall()]
        for name in names:
            log.warning("dropping an unfinished index", index=name)
            cursor.execute(f"DROP INDEX CONCURRENTLY {connection.ops.quote_name(name)}")
    return names


def settle(connection: BaseDatabaseWrapper) -> None:
    """Do what follows the last migration, policies and grants, under the limit, when there is none to apply.

    To find out that there is none, `migrate` would build the models of every past migration twice over.
    """
    limit(connection, LOCK_TIMEOUT)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


class Command(migrate.Command):
    """Django's `migrate` with a limit on waiting for locks, but for migrations that are not atomic."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, and set up policies and grants, under the limit."""
        self._connection = connections[options["database"]]
        limit(self._connection, LOCK_TIMEOUT)
        super().handle(*args, **options)

    def migration_progress_callback(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        """Lift the limit for as long as a migration runs that is not atomic."""
        if migration is not None and not migration.atomic and action in ("apply_start", "apply_success"):
            limit(self._connection, "0" if action == "apply_start" else LOCK_TIMEOUT)
        super().migration_progress_callback(action, migration, fake)
