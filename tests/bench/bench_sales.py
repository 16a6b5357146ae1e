"""Sales: a board of 5,000 open deals, a drop on it, the analytics of 500,000 deals with 5,000,000 stays in stages."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg

from tests.bench.data import _owner, filler, insert, without_indexes
from tests.bench.figures import Figure, benchmark, median_ms, percentile, watch
from tests.bench.stage import Stage

DEALS, OPEN = 500_000, 5_000
DROPS, VIEWS = 200, 40
DAYS = 1_080  # three years of history
# The way of a deal: the stage (6 is an end), which time it is there, whether it came back.
WAY = [(1, 1, False), (2, 1, False), (3, 1, False), (2, 2, True), (3, 2, False), (4, 1, False), (3, 3, True),
       (4, 2, False), (5, 1, False), (6, 1, False)]  # fmt: skip


@filler
def deals(cursor: psycopg.Cursor[Any], stage: Stage, firm: Any) -> None:
    """Write a pipeline of closed deals with ten stays each, and one with 5,000 open deals."""
    from fairlead.sales import tallies
    from fairlead.sales.actions.pipelines import create_pipeline
    from fairlead.sales.models import Stage as Step
    from fairlead.tenancy.public import firm_context

    with firm_context(firm.id):
        made = [create_pipeline("sales", by=stage.actor, name=name) for name in ("History", "Board")]
        steps = [[str(pk) for pk in Step.rows().filter(pipeline=p).order_by("position").values_list("pk", flat=True)]
                 for p in made]  # fmt: skip
    count = stage.scaled(DEALS)
    _closed(cursor, firm, str(made[0].pk), steps[0], count)
    _stays(cursor, firm, str(made[0].pk), steps[0], count)
    _open(cursor, firm, str(made[1].pk), steps[1], stage.scaled(OPEN, 500))
    with firm_context(firm.id):
        tallies.recount()


def _start(count: int) -> str:
    return f"(now() - interval '{DAYS} days' * (1 - n::float8 / {count}) - interval '20 days')"


def _closed(cursor: psycopg.Cursor[Any], firm: Any, pipeline: str, steps: list[str], count: int) -> None:
    from fairlead.sales import models

    owner, start = _owner(cursor, firm), _start(count)
    won = "n % 3 = 0"
    with without_indexes(cursor, "sales_deal"):
        insert(cursor, models.Deal, f"generate_series(1, {count}) n", {
            "id": f"md5('{firm.slug} deal ' || n)::uuid", "firm_id": f"'{firm.id}'", "name": "'Deal ' || n",
            "sort_key": "'deal ' || n", "pipeline_id": f"'{pipeline}'", "owner_id": owner, "currency": "'USD'",
            "stage_id": f"(CASE WHEN {won} THEN '{steps[5]}' ELSE '{steps[6]}' END)::uuid",
            "outcome": f"CASE WHEN {won} THEN 'won' ELSE 'lost' END", "value": "100000 + n % 900000",
            "base_value": "1000 + n % 9000", "created_at": start, "updated_at": start, "stage_entered_at": start,
            "closed_at": f"{start} + interval '10 days'",
        })  # fmt: skip
    for model, test in ((models.Win, won), (models.Loss, f"NOT ({won})")):
        insert(cursor, model, f"generate_series(1, {count}) n", {
            "id": f"md5('{firm.slug} {model.__name__} ' || n)::uuid", "firm_id": f"'{firm.id}'",
            "deal_id": f"md5('{firm.slug} deal ' || n)::uuid", "pipeline_id": f"'{pipeline}'",
            "stage_id": f"'{steps[4]}'", "owner_id": owner, "occurred_at": f"{start} + interval '10 days'",
            "value": "100000 + n % 900000", "currency": "'USD'", "base_value": "100000 + n % 900000",
            "seconds": "864000", "created_at": "now()", "updated_at": "now()",
        }, f"WHERE {test}")  # fmt: skip


def _stays(cursor: psycopg.Cursor[Any], firm: Any, pipeline: str, steps: list[str], count: int) -> None:
    from fairlead.sales import models

    places = ",".join(str(place) for place, *_ in WAY)
    visits = ",".join(str(visit) for _, visit, _ in WAY)
    back = ",".join(str(came_back).lower() for *_, came_back in WAY)
    ids = ",".join(f"'{pk}'" for pk in steps)
    source = f"""(SELECT n, k, visit, back, CASE WHEN place = 6 AND n % 3 <> 0 THEN 7 ELSE place END AS place,
            lag(place) OVER (PARTITION BY n ORDER BY k) AS before
        FROM generate_series(1, {count}) n,
            unnest(ARRAY[{places}], ARRAY[{visits}], ARRAY[{back}]) WITH ORDINALITY AS w(place, visit, back, k)) s"""
    moment = f"({_start(count)} + k * interval '1 day')"
    with without_indexes(cursor, "sales_stagestay"):
        insert(cursor, models.StageStay, source, {
            "id": f"md5('{firm.slug} stay ' || n || ' ' || k)::uuid", "firm_id": f"'{firm.id}'",
            "deal_id": f"md5('{firm.slug} deal ' || n)::uuid", "pipeline_id": f"'{pipeline}'",
            "stage_id": f"(ARRAY[{ids}]::uuid[])[place]", "from_stage_id": f"(ARRAY[{ids}]::uuid[])[before]",
            "owner_id": _owner(cursor, firm), "entered_at": moment, "visit": "visit", "is_regression": "back",
            "left_at": f"CASE WHEN k < 10 THEN {moment} + interval '1 day' END",
            "seconds": "CASE WHEN k < 10 THEN 86400 END",
            "exit": "CASE WHEN k = 10 THEN '' WHEN k < 9 THEN 'forward' WHEN n % 3 = 0 THEN 'won' ELSE 'lost' END",
            "advanced_at": f"CASE WHEN visit = 1 AND (k < 9 OR n % 3 = 0) THEN {moment} END",
            "base_value": "100000 + n % 900000", "created_at": moment, "updated_at": moment,
        })  # fmt: skip


def _open(cursor: psycopg.Cursor[Any], firm: Any, pipeline: str, steps: list[str], count: int) -> None:
    from fairlead.sales import models

    ids = ",".join(f"'{pk}'" for pk in steps[:5])
    common = {"firm_id": f"'{firm.id}'", "pipeline_id": f"'{pipeline}'", "owner_id": _owner(cursor, firm),
              "stage_id": f"(ARRAY[{ids}]::uuid[])[1 + n % 5]", "created_at": "now()",
              "updated_at": "now()"}  # fmt: skip
    insert(cursor, models.Deal, f"generate_series(1, {count}) n", {
        **common, "id": f"md5('{firm.slug} open ' || n)::uuid", "name": "'Open deal ' || n",
        "sort_key": "'open deal ' || n", "currency": "'USD'", "value": "100000 + n", "base_value": "1000 + n / 100.0",
        "rank": "n", "stage_entered_at": "now() - n % 40 * interval '1 day'",
        "expected_close": "current_date + n % 200",
    })  # fmt: skip
    insert(cursor, models.StageStay, f"generate_series(1, {count}) n", {
        **common, "id": f"md5('{firm.slug} open stay ' || n)::uuid", "deal_id": f"md5('{firm.slug} open ' || n)::uuid",
        "entered_at": "now() - n % 40 * interval '1 day'", "base_value": "100000 + n",
    })  # fmt: skip


@benchmark("sales")
def sales(stage: Stage) -> Iterator[Figure]:
    """Measure the board's page, drops on it and the analytics, as the application role under row-level security."""
    import django

    django.setup()
    yield from _board(stage)
    yield from _analytics(stage)


def _board(stage: Stage) -> Iterator[Figure]:
    from django.test import Client

    from fairlead.accounts.public import Membership
    from fairlead.sales.models import Deal, Pipeline
    from fairlead.sales.models import Stage as Step
    from fairlead.tenancy.public import firm_context

    browser, base = Client(), f"/f/{stage.firm.slug}/deals/"
    with firm_context(stage.firm.id):
        browser.force_login(Membership.rows().select_related("user").get(pk=stage.actor.membership_id).user)
        pipeline = Pipeline.rows().get(name="Board")
        cards = list(Deal.rows().filter(pipeline=pipeline).values_list("pk", flat=True))
        steps = list(Step.rows().filter(pipeline=pipeline, kind="open").exclude(name="Proposal made"))
    page = f"{base}board/{pipeline.pk}/"
    assert browser.get(page).status_code == 200
    yield Figure("sales: board of 5,000 open deals", _timed(lambda: browser.get(page), VIEWS), "ms", at_most=300)
    lot, dice = random.Random(7).sample(cards, min(len(cards), stage.scaled(DROPS, 40))), random.Random(8)

    def drop() -> None:
        answer = browser.post(f"{base}move", {"deal": lot.pop(), "stage": dice.choice(steps).pk})
        assert answer.status_code == 200, answer.content

    yield Figure("sales: drop confirmed, 95th percentile", _timed(drop, len(lot)), "ms", at_most=100)


def _timed(work: Any, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        with watch() as measured:
            work()
        times.append(measured.seconds * 1000)
    return percentile(times, 0.95)


def _analytics(stage: Stage) -> Iterator[Figure]:
    from fairlead.sales import access
    from fairlead.sales.analytics.report import report
    from fairlead.sales.analytics.scope import scope
    from fairlead.sales.models import Pipeline
    from fairlead.tenancy.public import firm_context

    with firm_context(stage.firm.id):
        actor, pipeline = stage.actor, Pipeline.rows().get(name="History")
        steps = access.stages(actor, pipeline.pk)
        year = scope(actor, stage.firm, pipeline.pk)
        ever = scope(actor, stage.firm, pipeline.pk, since=date(2000, 1, 1))
        assert report(ever, steps).funnel[0].entered.count == stage.scaled(DEALS)
        for name, over in (("12 months", year), ("all time", ever)):
            taken = median_ms(lambda over=over: report(over, steps))  # type: ignore[misc]
            yield Figure(f"sales: analytics, {name} of 5,000,000 stays", taken, "ms", at_most=1_000)
