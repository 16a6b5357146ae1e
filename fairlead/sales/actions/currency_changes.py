"""The firm's currency becomes another one: rates are carried over at once, the worth of deals in the background."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from fairlead.jobs.public import current_run, enqueue, job
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import uuid7
from fairlead.notifications.public import tell
from fairlead.sales import currencies, rebasing, tallies
from fairlead.sales.actions import revaluing
from fairlead.sales.models import CurrencyChange, CurrencyRate, Deal
from fairlead.sales.telling import tell_settings
from fairlead.tenancy.public import Actor, firm_context, require_firm

TOPIC = "worth"  # what pages that show sums listen to
# What older versions kept without its own currency was worth that in the firm's currency of then.
_KEEP = (
    "UPDATE sales_stagestay SET value = base_value, currency = %(before)s, rate = 1 WHERE {mine}",
    "UPDATE sales_closedatechange SET value = base_value, currency = %(before)s, rate = 1 WHERE {mine}",
    "UPDATE sales_forecastentry SET value = base_value, currency = %(before)s, weighted_value = weighted * 100 "
    "WHERE {mine}",
)


class Superseded(Exception):
    """The currency was changed again: somebody else works everything out."""


@transaction.atomic
def follow_currency(changes: Mapping[str, list[Any]], *, by: Actor) -> None:
    """Carry the rates over to the firm's new currency, and let everything be worked out in it.

    Raises `InvalidInput` when there are rates, but none of the new currency: then nobody knows what they become.
    """
    if "currency" not in changes:
        return
    before, after = changes["currency"]
    currencies.wait_for_holders()
    _carry_rates(before, after)
    with connection.cursor() as cursor:
        for statement in _KEEP:
            cursor.execute(statement.format(mine="firm_id = %(firm)s AND currency = ''"),
                           {"firm": require_firm(), "before": before})  # fmt: skip
    CurrencyChange.rows().filter(finished_at=None).update(finished_at=clock.now())
    change = CurrencyChange.objects.create(
        before=before, after=after, changed_by_id=by.membership_id, changed_by_label=by.label
    )
    tell_settings("currency_rate.carried", change, by, before=before, after=after)
    begin(change)


def begin(change: CurrencyChange) -> None:
    """Let a change be worked out in the background."""
    enqueue(revalue_all, firm_id=require_firm(), unique=str(change.pk), change_id=change.pk)


@job("sales.revalue_all", queue="bulk", retries=5)
def revalue_all(*, firm_id: UUID, change_id: UUID) -> None:
    """Let deals and their whole history follow the firm's new currency."""
    work_out(firm_id, change_id, pause=current_run().checkpoint)


def work_out(firm_id: UUID, change_id: UUID, *, pause: Callable[[], None] = lambda: None) -> None:
    """Give deals and history their worth in the firm's new currency; again from the start after a crash.

    `pause` is called between transactions and may raise. Ends at once when the currency was changed again meanwhile.
    """

    def note(rows: int) -> None:
        if not _open(change_id).update(done=F("done") + rows):
            raise Superseded

    with suppress(Superseded):
        for code in _currencies_at_start(firm_id, change_id):
            after: UUID | None = revaluing.FIRST
            while after is not None:
                pause()
                with firm_context(firm_id):
                    after, rows = revaluing.revalue_some_deals(code, after)
                    note(rows)
        revaluing.revalue_history(firm_id, note=note, pause=pause)
        with firm_context(firm_id):
            _finish(change_id)


def _currencies_at_start(firm_id: UUID, change_id: UUID) -> list[str]:
    with firm_context(firm_id):
        _open(change_id).update(done=0, total=_rows_in_all())
        return list(Deal.rows().values_list("currency", flat=True).order_by("currency").distinct())


def open_change() -> CurrencyChange | None:
    """Return the change that is being worked out, None when all sums are in the firm's currency."""
    return CurrencyChange.rows().filter(finished_at=None).first()


def _open(change_id: UUID) -> Any:
    return CurrencyChange.rows().filter(pk=change_id, finished_at=None)


def _finish(change_id: UUID) -> None:
    tallies.compact()
    _open(change_id).update(finished_at=clock.now(), done=F("total"))
    tell(None, TOPIC)


def _rows_in_all() -> int:
    """Return how many rows are to be worked out."""
    tables = ["sales_deal", *(history.table for history in revaluing.HISTORY)]
    with connection.cursor() as cursor:
        sums = " + ".join(f"(SELECT count(*) FROM {t} WHERE firm_id = %(firm)s)" for t in tables)  # noqa: S608 - ours
        cursor.execute(f"SELECT {sums}", {"firm": require_firm()})
        [count] = cursor.fetchone()
    return int(count)


def _carry_rates(before: str, after: str) -> None:
    rows = {rate.pk: rate for rate in CurrencyRate.rows().exclude(currency=before)}
    table: dict[str, dict[date, rebasing.Held]] = defaultdict(dict)
    for rate in rows.values():
        table[rate.currency][rate.valid_from] = rebasing.Held(rate.rate, rate.pk, rate.is_carried)
    if not table:
        return
    if after not in table:
        raise InvalidInput({"currency": [
            f"Exchange rates are carried over, but none says what one {after} is worth in {before}. "
            "Set it under Sales, Currencies first."
        ]})  # fmt: skip
    carried = rebasing.rebase(table, before=before, after=after)
    CurrencyRate.rows().delete()
    CurrencyRate.objects.bulk_create([
        CurrencyRate(
            id=held.origin or uuid7(), currency=currency, valid_from=day, rate=held.rate, is_carried=held.is_carried,
            set_by_id=rows[held.origin].set_by_id if held.origin else None,
        )
        for currency, timeline in carried.items() for day, held in timeline.items()
    ])  # fmt: skip
