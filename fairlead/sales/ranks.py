"""Where a card stands in its column: a number between those of its neighbours."""

from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, QuerySet

from fairlead.sales.models import Deal, Outcome
from fairlead.tenancy.public import require_firm

LEAST_GAP = 1e-6


def top(stage_id: UUID) -> float:
    """Return a rank above every card of a column."""
    least: float | None = _column(stage_id).aggregate(least=Min("rank"))["least"]
    return 0.0 if least is None else least - 1.0


def between(stage_id: UUID, above: UUID | None, below: UUID | None) -> float:
    """Return a rank between two cards of a column; a neighbour that has left it counts as unknown.

    Without any neighbour the card goes to the top.
    """
    known = dict(_column(stage_id).filter(pk__in=[pk for pk in (above, below) if pk]).values_list("pk", "rank"))
    high, low = known.get(above) if above else None, known.get(below) if below else None
    if high is None and low is None:
        return top(stage_id)
    if high is None:
        assert low is not None
        before = _column(stage_id).filter(rank__lt=low).aggregate(found=Max("rank"))["found"]
        return low - 1.0 if before is None else _middle(stage_id, before, low, above, below)
    if low is None or low < high:
        after = _column(stage_id).filter(rank__gt=high).aggregate(found=Min("rank"))["found"]
        return high + 1.0 if after is None else _middle(stage_id, high, after, above, below)
    return _middle(stage_id, high, low, above, below)


def _middle(stage_id: UUID, high: float, low: float, above: UUID | None, below: UUID | None) -> float:
    if low - high >= LEAST_GAP or not _renumber(stage_id):
        return (high + low) / 2
    return between(stage_id, above, below)


def _column(stage_id: UUID) -> QuerySet[Deal]:
    return Deal.rows().filter(stage=stage_id, outcome=Outcome.OPEN, deleted_at=None)


def _renumber(stage_id: UUID) -> bool:
    """Give the cards of a column whole numbers again, in their order; tells whether that could be done.

    Not while somebody else is at one of them: two who wait for each other's cards would wait for ever.
    """
    column = _column(stage_id)
    free = column.order_by("pk").select_for_update(of=("self",), no_key=True, skip_locked=True)
    if len(free.values_list("pk")) < column.count():
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sales_deal d SET rank = r.place FROM (SELECT id, row_number() OVER (ORDER BY rank, id) AS place "
            "FROM sales_deal WHERE firm_id = %s AND stage_id = %s AND deleted_at IS NULL AND outcome = 'open') r "
            "WHERE d.id = r.id AND d.firm_id = %s",
            [require_firm(), stage_id, require_firm()],
        )
    return True
