"""Jobs of a firm that is no more."""

from uuid import UUID

from django.db import connection


def forget_firm(firm_id: UUID) -> int:
    """Delete the firm's jobs that have not begun, and return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo' AND args->>'firm_id' = %s", [str(firm_id)])
        return int(cursor.rowcount)
