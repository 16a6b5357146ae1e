"""The checks of the installation as a whole; rooms register their own (`kernel.health`)."""

import shutil
from typing import Any

from django.conf import settings
from django.db import connection, connections

from fairlead.kernel import health
from fairlead.kernel.health import Unwell
from fairlead.operations import schema
from fairlead.tenancy.public import is_muted

GIB = 1024**3
LEAST_FREE = 1 * GIB
OLDEST_TRANSACTION = 15 * 60
_pending_known_empty = False


def register() -> None:
    """Register every check of this file."""
    health.register("database", database)
    health.register("migrations", unapplied)
    health.register("roles", roles)
    health.register("disk", disk, asks_database=False)
    health.register("mail", mail)


def database() -> dict[str, Any]:
    """The database answers, and no transaction has been open for a quarter of an hour."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM now() - min(xact_start)), 0)::int FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        oldest = cursor.fetchone()[0]
    if oldest > OLDEST_TRANSACTION:
        raise Unwell(
            f"A transaction has been open for {oldest} s: it holds back the log's consumers and the vacuum.",
            remedy="Find it in pg_stat_activity and end it with pg_terminate_backend().",
            degraded=True,
            oldest_transaction_seconds=oldest,
        )
    return {"version": version, "oldest_transaction_seconds": oldest}


def unapplied() -> dict[str, Any]:
    """Every migration of this version is applied. Looked up until it is true: it cannot become false again."""
    global _pending_known_empty
    if not _pending_known_empty:
        try:
            names = schema.pending()
        finally:
            connections["owner"].close()
        if names:
            raise Unwell(
                f"{len(names)} migrations are not applied, the first is {names[0]}.",
                remedy="Run `fairlead migrate`.",
                pending=names[:20],
            )
        _pending_known_empty = True
    return {"pending": []}


def roles() -> dict[str, Any]:
    """The application's role cannot step over row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname::text, rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid) "
            "FROM pg_roles r WHERE rolname = current_user"
        )
        role, bypasses, owns = cursor.fetchone()
    if bypasses or owns:
        raise Unwell(
            f"The application logs in as {role}, which row-level security does not bind.",
            remedy="Use a role that is no superuser, has no BYPASSRLS and owns no table in DATABASE_URL "
            "(docs/operations.md, Your own PostgreSQL).",
            role=role,
        )
    return {"role": role}


def disk() -> dict[str, Any]:
    """There is room for uploads and for the database that lies beside them."""
    free = shutil.disk_usage(settings.DATA if settings.DATA.exists() else "/").free
    facts: dict[str, Any] = {"free_gib": round(free / GIB, 1), "directory": str(settings.DATA)}
    if free < LEAST_FREE:
        raise Unwell("Less than 1 GiB of disk is free.", remedy=f"Make room in {settings.DATA}.", **facts)
    return facts


def mail() -> dict[str, Any]:
    """Mail can leave: a server is set, and the installation is not muted."""
    if is_muted():
        raise Unwell(
            "This installation is muted (a restored copy): it sends nothing.",
            remedy="Run `fairlead unmute` once the original is switched off.",
            degraded=True,
            muted=True,
        )
    return {"sends_by": "smtp" if settings.EMAIL_URL else "outbox", "muted": False}
