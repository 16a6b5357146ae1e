"""Removing a firm for good: every row of every firm table, then the firm."""

import shutil
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import OperationalError, connections, transaction

from fairlead.tenancy.models import Firm
from fairlead.tenancy.policies import firm_models

ATTEMPTS = 5


def remove_firm(firm_id: UUID) -> int:
    """Delete the firm, its rows and its files as the owner role; return how many rows there were.

    Who still writes for the firm, a worker perhaps, waits and is then refused: there is no such firm any more.
    """
    for left in reversed(range(ATTEMPTS)):
        try:
            removed = _remove_rows(firm_id)
            break
        except OperationalError as error:
            # Somebody held a row of theirs and waited for the firm, which we held: PostgreSQL let one of us go.
            if not isinstance(error.__cause__, psycopg.errors.DeadlockDetected) or not left:
                raise
    shutil.rmtree(settings.MEDIA_ROOT / "firms" / str(firm_id), ignore_errors=True)
    return removed


def _remove_rows(firm_id: UUID) -> int:
    """Delete in one transaction. Keys are checked at commit, so the order of the tables does not matter."""
    removed = 0
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        # From here on nobody commits a row that points at the firm: it would point at nothing when we are done.
        cursor.execute("SELECT 1 FROM tenancy_firm WHERE id = %s FOR UPDATE", [firm_id])
        for model in firm_models():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE firm_id = %s', [firm_id])  # noqa: S608
            removed += cursor.rowcount
        Firm.objects.using("owner").filter(pk=firm_id)._raw_delete("owner")
    return removed
