"""Bringing the database to this version, and knowing cheaply that there is nothing to do."""

import hashlib
from collections.abc import Sequence, Set
from functools import partial
from importlib.metadata import version
from pathlib import Path

from fairlead.kernel.errors import FairleadError

PACKAGE = Path(__file__).resolve().parents[1]
WITH_MIGRATIONS = ("Django", "django-allauth", "procrastinate")


class SchemaTooOld(FairleadError):
    """The database stopped in the middle of steps that have been put together since."""

    code = "schema_too_old"


def fingerprint() -> str:
    """Return a digest that changes whenever code that shapes the database may have changed. No Django needed."""
    digest = hashlib.sha256()
    for package in WITH_MIGRATIONS:
        digest.update(f"{package} {version(package)}\n".encode())
    for file in sorted(PACKAGE.rglob("*.py")):
        if "tests" not in file.parts:
            state = file.stat()
            digest.update(f"{file.relative_to(PACKAGE)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def pending() -> list[str]:
    """Return the names of migrations that are not applied yet; raise SchemaTooOld where they cannot be."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    applied = set(executor.recorder.applied_migrations())
    for migration in executor.loader.disk_migrations.values():
        # Django takes such a migration out of its plan, without a word.
        if migration.replaces and (lacking := _lacking(migration.replaces, applied)):
            raise SchemaTooOld(
                f"The database is of an older version: {lacking} is missing, and it is a part of {migration} now. "
                "Start the version of 22 November 2026 with it once (Git: 73c8ed3), then this one."
            )
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _lacking(replaced: Sequence[tuple[str, str]], applied: Set[tuple[str, str]]) -> str:
    """Return the first step that is not applied although others are; empty if all are, or none."""
    missing = [step for step in replaced if step not in applied]
    return ".".join(missing[0]) if 0 < len(missing) < len(replaced) else ""


def migrate(*, verbosity: int = 1) -> int:
    """Apply what is pending as the owner role, with policies and grants; return how many there were.

    Two processes that migrate at once take turns (an advisory lock), so every machine may call it on deploy. While
    people work, no migration makes them queue behind it for longer than `LOCK_TIMEOUT`: see `patience`.
    """
    from django.core.management import call_command
    from django.db import connections

    from fairlead.operations.django_setup import setup

    setup()
    from fairlead.operations import patience

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('fairlead.migrate'))")
        try:
            patience.drop_unfinished(owner)
            missing = pending()
            work = partial(call_command, patience.Command(), database="owner", verbosity=verbosity)
            patience.patiently(work if missing else partial(patience.settle, owner))
        finally:
            cursor.execute("RESET lock_timeout")
            cursor.execute("SELECT pg_advisory_unlock(hashtext('fairlead.migrate'))")
    return len(missing)
