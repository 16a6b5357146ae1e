"""Keeping the sums of stays: whoever changes stays says which, and the sums follow in the same transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.sales.models import StayTally
from fairlead.tenancy.public import require_firm

# What is summed of stays `h`, by the columns of `StayTally`.
SUMS = {
    "regressed": "count(*) FILTER (WHERE h.is_regression)",
    "came": "count(*) FILTER (WHERE h.from_stage_id IS NULL)",
    "came_value": "coalesce(sum(h.base_value) FILTER (WHERE h.from_stage_id IS NULL), 0)",
    "entered": "count(*) FILTER (WHERE h.visit = 1)",
    "entered_value": "coalesce(sum(h.base_value) FILTER (WHERE h.visit = 1), 0)",
    "advanced": "count(h.advanced_at) FILTER (WHERE h.visit = 1)",
    "lost": "count(*) FILTER (WHERE h.exit = 'lost')",
    "staying": "count(*) FILTER (WHERE h.seconds IS NULL)",
    "stayed": "count(h.seconds)",
    "seconds": "coalesce(sum(h.seconds), 0)",
}
BACK_FROM = "CASE WHEN h.is_regression THEN h.from_stage_id END"
_NAMES = ", ".join(SUMS)
_KEYS = "firm_id, pipeline_id, day, stage_id, back_from_id, owner_id"
_COUNT = f"""
INSERT INTO sales_staytally (id, {_KEYS}, {_NAMES})
SELECT gen_random_uuid(), h.firm_id, h.pipeline_id, (h.entered_at AT TIME ZONE 'UTC')::date, h.stage_id,
    {BACK_FROM}, h.owner_id, {", ".join(f"%(sign)s * {sums}" for sums in SUMS.values())}
FROM sales_stagestay h WHERE h.firm_id = %(firm)s AND h.is_live AND (%(all)s OR h.id = ANY(%(stays)s))
GROUP BY 2, 3, 4, 5, 6, 7
"""  # noqa: S608 - ours
_COMPACT = f"""
WITH several AS (SELECT {_KEYS} FROM sales_staytally WHERE firm_id = %(firm)s GROUP BY {_KEYS} HAVING count(*) > 1),
gone AS (
    DELETE FROM sales_staytally t USING several s
    WHERE (t.firm_id, t.pipeline_id, t.day, t.stage_id) = (s.firm_id, s.pipeline_id, s.day, s.stage_id)
        AND t.back_from_id IS NOT DISTINCT FROM s.back_from_id AND t.owner_id IS NOT DISTINCT FROM s.owner_id
    RETURNING t.*
)
INSERT INTO sales_staytally (id, {_KEYS}, {_NAMES})
SELECT gen_random_uuid(), {_KEYS}, {", ".join(f"sum({name})" for name in SUMS)}
FROM gone GROUP BY {_KEYS} HAVING {" OR ".join(f"sum({name}) <> 0" for name in SUMS)}
"""  # noqa: S608 - ours


@contextmanager
def following(stays: Sequence[UUID]) -> Iterator[None]:
    """Let the sums follow what the block changes of some stays. The caller holds the locks of their deals."""
    _count(-1, stays)
    yield
    _count(1, stays)


def add(*stay_ids: UUID) -> None:
    """Count stays that have just begun."""
    _count(1, stay_ids)


def compact() -> None:
    """Make one row of the rows of each day, stage and owner of the firm in context."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPACT, {"firm": require_firm()})


def recount() -> None:
    """Sum all stays of the firm in context anew; nobody may be moving deals meanwhile."""
    StayTally.rows().delete()
    _count(1)


def _count(sign: int, stays: Sequence[UUID] | None = None) -> None:
    given: dict[str, Any] = {"firm": require_firm(), "all": stays is None, "stays": list(stays or ()), "sign": sign}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)
