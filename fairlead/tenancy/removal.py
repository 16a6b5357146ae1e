"""Removing a firm for good: every row of every firm table, then the firm."""

import shutil
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from fairlead.tenancy.models import Firm
from fairlead.tenancy.policies import firm_models


def remove_firm(firm_id: UUID) -> int:
    """Delete the firm, its rows and its files as the owner role; return how many rows there were.

    The keys between firm tables are checked at commit, so the order of the tables does not matter.
    """
    removed = 0
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for model in firm_models():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE firm_id = %s', [firm_id])  # noqa: S608
            removed += cursor.rowcount
        Firm.objects.using("owner").filter(pk=firm_id)._raw_delete("owner")
    shutil.rmtree(settings.MEDIA_ROOT / "firms" / str(firm_id), ignore_errors=True)
    return removed
