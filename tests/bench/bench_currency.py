"""Another currency of the firm: 500,000 deals and their history, what the member who changes it waits for, and what
colleagues who work on deals meanwhile wait for.

The baseline is the same sums by plain SQL: one statement a table, as the owner role, every row rewritten. It comes
first, so that our own run finds the tables as it leaves them.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench import data
from tests.bench.figures import Figure, benchmark, percentile, watch
from tests.bench.stage import Stage

DEALS = 500_000
CODES = ["USD", "EUR", "GBP"]
WEEKS = 150  # for which the firm has set a rate
SECONDS, ASKED_MS, WAITED_MS = 300, 1_000, 1_000
_PLAIN = (
    "UPDATE sales_deal d SET base_value = round(d.value / {rate}) / 100 FROM {rates} "
    "WHERE d.firm_id = %(firm)s AND {on}",
    "UPDATE sales_stagestay d SET base_value = round(d.value / {rate}), rate = 1 / {rate} FROM {rates} "
    "WHERE d.firm_id = %(firm)s AND {on}",
    "UPDATE sales_win d SET base_value = round(d.value / {rate}), rate = 1 / {rate} FROM {rates} "
    "WHERE d.firm_id = %(firm)s AND {on}",
    "UPDATE sales_loss d SET base_value = round(d.value / {rate}), rate = 1 / {rate} FROM {rates} "
    "WHERE d.firm_id = %(firm)s AND {on}",
)


@benchmark("currency", needs_data=False)
def currency(stage: Stage) -> Iterator[Figure]:
    """Change the firm's currency from USD to EUR, as the settings page and its job do."""
    from fairlead.accounts.actions.firms import update_firm
    from fairlead.sales.actions import currency_changes
    from fairlead.sales.models import CurrencyChange
    from fairlead.tenancy.public import firm_context

    firm = _firm(stage)
    plain = _plain(stage, firm)
    with firm_context(firm.id):
        actor = _actor()
        goes_to = "EUR" if firm.currency == "USD" else "USD"
        with watch() as asked:
            update_firm({"currency": goes_to}, by=actor)
        change = CurrencyChange.rows().get(finished_at=None)
    with colleague(firm, stage.scaled(DEALS)) as waits, watch() as worked:
        currency_changes.work_out(firm.id, change.pk)
    with firm_context(firm.id):
        change.refresh_from_db()
    yield Figure("currency: the member who changes it waits", asked.seconds * 1000, "ms", at_most=ASKED_MS)
    yield Figure("currency: all worked out", worked.seconds, "s", plain, at_most=SECONDS)
    yield Figure("currency: rows worked out", change.total, "rows")
    yield Figure("currency: a colleague saves a deal, 95th", percentile(waits, 0.95), "ms", at_most=WAITED_MS)
    yield Figure("currency: a colleague saves a deal, longest", max(waits), "ms", at_most=3 * WAITED_MS)


@contextmanager
def colleague(firm: Any, deals: int) -> Iterator[list[float]]:
    """Change one deal after the other in another connection; yield how long each took, in milliseconds."""
    waits: list[float] = []
    over = threading.Event()

    def work() -> None:
        from django.db import connection

        from fairlead.sales.actions.deals import update_deal
        from fairlead.sales.models import Deal
        from fairlead.tenancy.public import firm_context

        dice = random.Random(9)
        try:
            while not over.wait(0.02) or not waits:
                with firm_context(firm.id):
                    deal = Deal.rows().get(name=f"Deal {dice.randint(1, deals)}")
                with watch() as measured, firm_context(firm.id):
                    update_deal(deal.pk, {"next_step": f"Call {len(waits)}"}, by=_actor())
                waits.append(measured.seconds * 1000)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


def _plain(stage: Stage, firm: Any) -> float:
    """Return the seconds of the plain statements, each committed by itself and vacuumed as the server would."""
    when = "w.code = d.currency"
    rates = "(VALUES ('USD', 0.92), ('EUR', 1.01), ('GBP', 1.17)) w(code, rate)"
    with stage.owner() as connection, watch() as measured:
        for statement in _PLAIN:
            connection.execute(statement.format(rate="w.rate", rates=rates, on=when), {"firm": firm.id})
    with stage.owner() as connection:
        connection.execute("VACUUM (ANALYZE, PARALLEL 0) sales_deal, sales_stagestay, sales_win, sales_loss")
    return measured.seconds


def _actor() -> Any:
    from fairlead.accounts.public import Membership, actor_by_id

    return actor_by_id(Membership.rows().earliest("created_at").id)


def _firm(stage: Stage) -> Any:
    """Return the firm whose currency changes; make it where it is missing."""
    from fairlead.tenancy.public import Firm

    found = Firm.objects.filter(slug="currency").first()
    return found or _made(stage)


def _made(stage: Stage) -> Any:
    from datetime import timedelta

    from fairlead.kernel import clock
    from fairlead.sales import tallies
    from fairlead.sales.actions import pipelines, rates
    from fairlead.sales.models import Stage as Step
    from fairlead.tenancy.public import Firm, firm_context

    firm = data.firm("currency", "Currency")
    Firm.objects.filter(pk=firm.pk).update(currency="USD")
    with firm_context(firm.id):
        actor = _actor()
        pipeline = pipelines.create_pipeline("sales", by=actor)
        places = Step.rows().filter(pipeline=pipeline).order_by("position")
        steps = [str(pk) for pk in places.values_list("pk", flat=True)]
        today = clock.now().date()
        for week in range(WEEKS):
            for code, rate in (("EUR", 1.04 + week % 13 / 100), ("GBP", 1.21 + week % 17 / 100)):
                rates.set_rate(code, f"{rate:.2f}", by=actor, valid_from=today - timedelta(weeks=week))
    with stage.owner() as connection, connection.cursor() as cursor:
        _write(cursor, firm, str(pipeline.pk), steps, stage.scaled(DEALS))
        connection.execute("VACUUM (ANALYZE, PARALLEL 0) sales_deal, sales_stagestay, sales_win, sales_loss")
    with firm_context(firm.id):
        tallies.recount()
    return Firm.objects.get(pk=firm.pk)


def _write(cursor: Any, firm: Any, pipeline: str, steps: list[str], count: int) -> None:
    """Write deals, two stays each (three years of history), and the end of two of three."""
    from fairlead.sales import models

    start = f"(now() - interval '1080 days' * (1 - n::float8 / {count + 1}) - interval '3 days')"
    outcome = "(ARRAY['open', 'won', 'lost'])[1 + n % 3]"
    at = f"(ARRAY['{steps[1]}', '{steps[-2]}', '{steps[-1]}']::uuid[])[1 + n % 3]"
    deal = _id(0)
    own = {
        "firm_id": f"'{firm.id}'", "pipeline_id": f"'{pipeline}'", "owner_id": data._owner(cursor, firm),
        "currency": data.pick(CODES, "n / 3"), "value": "100000 + n % 900000", "created_at": start, "updated_at": start,
    }  # fmt: skip
    with data.without_indexes(cursor, "sales_deal"):
        data.insert(cursor, models.Deal, f"generate_series(1, {count}) n", {
            **own, "id": deal, "name": "'Deal ' || n", "sort_key": "'deal ' || n", "stage_id": at, "outcome": outcome,
            "base_value": "1000 + n % 9000", "stage_entered_at": start,
        })  # fmt: skip
    past = {**own, "deal_id": deal, "base_value": "100000 + n % 900000", "rate": "1"}
    with data.without_indexes(cursor, "sales_stagestay"):
        for turn, stays in ((0, "false"), (1, "n % 3 = 0")):
            data.insert(cursor, models.StageStay, f"generate_series(1, {count}) n", {
                **past, "id": _id(turn), "stage_id": f"'{steps[turn]}'",
                "entered_at": f"{start} + interval '{turn} days'",
                "left_at": f"CASE WHEN NOT ({stays}) THEN {start} + interval '{turn + 1} days' END",
                "seconds": f"CASE WHEN NOT ({stays}) THEN 86400 END",
            })  # fmt: skip
    for model, rest in ((models.Win, 1), (models.Loss, 2)):
        data.insert(cursor, model, f"generate_series(1, {count}) n", {
            **past, "id": _id(rest), "stage_id": f"'{steps[1]}'",
            "occurred_at": f"{start} + interval '2 days'", "seconds": "172800",
        }, f"WHERE n % 3 = {rest}")  # fmt: skip


def _id(turn: int) -> str:
    """Return the SQL of an id that grows with time, as ours do (UUIDv7)."""
    return f"(lpad(to_hex(n * 4::bigint + {turn}), 12, '0') || substr(md5('{turn} ' || n), 13))::uuid"
