"""What the firm's own rules have changed since an import wrote: nobody's work, so a revert need not spare it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from fairlead.tenancy.public import require_firm

NOT_YOURS = "given to somebody whose records you do not see"
# Rules (assignment, segments, personas) act as the system; an import may, too, when the operator starts it.
BY_RULES = "actor_kind = 'system' AND via <> 'import'"


def steps(noun: str, ids: Iterable[UUID], since: datetime) -> Counter[UUID]:
    """Return how many versions of each record were made by rules since then: one with every event of a change."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, count(*) FROM events_event WHERE firm_id = %s AND subject_noun = %s "  # noqa: S608
            f"AND subject_id = ANY(%s) AND type = %s AND recorded_at >= %s AND {BY_RULES} GROUP BY 1",
            [require_firm(), noun, list(ids), f"{noun}.updated", since],
        )
        return Counter(dict(cursor.fetchall()))
