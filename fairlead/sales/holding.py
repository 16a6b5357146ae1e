"""Stages stay in use while deals come into them: who deletes a stage, or archives a pipeline, waits for those."""

from django.db import connection

from fairlead.tenancy.public import require_firm


def hold_stages() -> None:
    """Keep every stage of the firm in use until the transaction ends.

    For whoever brings a deal into one, before any deal is locked: who waits for it may have to lock the same deal.
    """
    _lock("pg_advisory_xact_lock_shared")


def wait_for_holders() -> None:
    """Wait for all who bring a deal into a stage (`hold_stages`), and let new ones wait for this transaction."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"sales.stages:{require_firm()}"])
