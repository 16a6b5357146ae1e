"""Background entry points of the sales room; that of a change of currency stands with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from fairlead.events.public import Event, consumer, registered
from fairlead.jobs.public import current_run, job
from fairlead.kernel import clock
from fairlead.notifications.public import tell
from fairlead.people.public import tell_open_pages
from fairlead.sales import tallies
from fairlead.sales.actions import currency_changes, forecasts, revaluing, scoring
from fairlead.sales.models import CurrencyRate, ScoreRule
from fairlead.tenancy.public import firm_context, firm_today, require_firm, system_actor

# What counts as something happening with a deal: its own events, and what is written, called and planned about it.
LIVELY = ("deal.", "note.", "call.", "task.", "meeting.", "email.", "activity.")
TOUCHING = frozenset(t.name for t in registered() if t.name.startswith(LIVELY)) | {"record.tagged", "record.untagged"}
TOPIC = "deals"  # what open boards listen to
LATEST = 5  # days for which what a day missed is still made up for


@job("sales.daily", queue="bulk", retries=3)
def daily(*, firm_id: UUID) -> None:
    """Score what time alone changed, tell what stays too long, use rates that begin; tidy sums, keep forecasts."""
    with firm_context(firm_id):
        tallies.compact()
        by = system_actor(firm_id, via="job")
        scoring.score_deals(by=by)
        forecasts.tell_stalled(by=by)
        today = clock.now().date()  # rates hold for days of UTC
        begun = CurrencyRate.rows().filter(valid_from__gt=today - timedelta(days=LATEST), valid_from__lte=today)
        for currency in begun.values_list("currency", flat=True).order_by("currency").distinct():
            revaluing.revalue_deals(currency)
        if change := currency_changes.open_change():  # its job failed, or is still at work and will not be asked twice
            currency_changes.begin(change)
        here = firm_today()
        if here.day <= LATEST:
            forecasts.take_forecast(by=by, on=here.replace(day=1))


@job("sales.revalue", queue="bulk", retries=5)
def revalue(*, firm_id: UUID, currency: str) -> None:
    """Let the history of deals in a currency follow the firm's rates."""
    revaluing.revalue_history(firm_id, currency, pause=current_run().checkpoint)


@consumer("sales.scores", types=TOUCHING)
def follow(events: Sequence[Event]) -> None:
    """Note when something last happened with the deals that events touch, score them, let open boards show it."""
    last: dict[UUID, datetime] = {}
    for event in events:  # in the order in which they were written, which may be another one
        if event.subject_noun == "deal" and event.subject_id:
            last[event.subject_id] = max(event.occurred_at, last.get(event.subject_id, event.occurred_at))
    scoring.touch_deals(last)
    ids = list(last)
    if ids and ScoreRule.rows().filter(is_active=True).exists():
        scoring.score_deals(sorted(ids), by=system_actor(require_firm(), via="job"))
    if ids:
        tell(None, TOPIC)
        tell_open_pages([e for e in events if e.subject_noun == "deal"])
