"""Background entry points of the sales room."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.events.public import Event, consumer
from fairlead.jobs.public import job
from fairlead.kernel import clock
from fairlead.sales.actions import forecasts, scoring
from fairlead.sales.events import TYPES
from fairlead.sales.models import ScoreRule
from fairlead.tenancy.public import firm_context, require_firm, system_actor

TOUCHING = frozenset(t.name for t in TYPES if t.name.startswith("deal.")) | {"record.tagged", "record.untagged"}


@job("sales.daily", queue="bulk", retries=3)
def daily(*, firm_id: UUID) -> None:
    """Score what time alone changed, say what stays too long, keep the forecast on the first of the month."""
    with firm_context(firm_id):
        by = system_actor(firm_id, via="job")
        scoring.score_deals(by=by)
        forecasts.tell_stalled(by=by)
        if clock.now().day == 1:
            forecasts.take_forecast(by=by)


@consumer("sales.scores", types=TOUCHING)
def follow(events: Sequence[Event]) -> None:
    """Bring the scores of the deals that events touch up to date."""
    ids = {e.subject_id for e in events if e.subject_noun == "deal" and e.subject_id}
    if ids and ScoreRule.rows().filter(is_active=True).exists():
        scoring.score_deals(sorted(ids), by=system_actor(require_firm(), via="job"))
