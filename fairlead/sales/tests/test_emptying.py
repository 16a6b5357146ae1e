"""Many deals brought to a stage as sets: all that is kept and told is as if they had been moved one by one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.sales import tallies
from fairlead.sales.actions import emptying, moving
from fairlead.sales.models import Deal, Stage, StageStay, StayTally
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SUMS = [Sum(name, default=0) for name in tallies.SUMS]


def kept(since: datetime) -> dict[str, Any]:
    """Return all that the moves left behind; of versions and ranks what they mean."""
    deals = ("name", "pipeline_id", "stage_id", "stage_entered_at", "regressions", "version", "last_activity_at")
    stays = (
        "deal__name", "stage_id", "from_stage_id", "pipeline_id", "owner_id", "entered_at", "left_at", "seconds",
        "exit", "moved_by_id", "moved_by_label", "visit", "is_regression", "advanced_at", "value", "currency", "rate",
        "base_value", "is_foreign",
    )  # fmt: skip
    told = ("type", "occurred_at", "contact_id", "company_id", "actor_id", "verdict", "data")
    keys = ("pipeline_id", "day", "stage_id", "back_from_id", "owner_id")
    sums = StayTally.rows().order_by(*keys).values_list(*keys).annotate(*SUMS)
    return {
        "deals": list(Deal.rows().order_by("name").values_list(*deals)),
        "order": list(Deal.rows().order_by("stage", "rank").values_list("stage", "name")),
        "stays": list(StageStay.rows().order_by("deal__name", "entered_at", "visit").values_list(*stays)),
        "events": list(Event.rows().filter(occurred_at__gte=since).order_by("data__title").values_list(*told)),
        "sums": [row for row in sums if any(row[len(keys) :])],
    }


def outcome(person: Person, act: Callable[[], object]) -> dict[str, Any]:
    """Do something, return what it left behind, and take it back."""
    with firm_context(person.firm.id), clock.frozen(NOON), transaction.atomic():
        act()
        found = kept(NOON)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("to", ["further on", "back", "elsewhere"])
def test_sets_agree_with_one_by_one(alice: Person, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third, *_ = making.stages(making.pipeline(alice))
    there = making.stages(making.pipeline(alice, name="Other"))
    with clock.frozen(NOON - timedelta(days=3)):
        made = [making.deal(alice, name, stage=first.pk) for name in ("A", "B", "C")]
    with firm_context(alice.firm.id), clock.frozen(NOON - timedelta(days=1, seconds=7)):
        for deal in made:
            moving.move_deal(deal.pk, second.pk, by=alice.actor)
        moving.move_deal(made[0].pk, third.pk, by=alice.actor)
        moving.move_deal(made[0].pk, second.pk, by=alice.actor)
        Deal.rows().filter(pk=made[1].pk).update(stage=first)  # from several stages at once
        StageStay.rows().filter(deal=made[1], left_at=None).update(stage=first)
        tallies.recount()
    target: Stage = {"further on": third, "back": first, "elsewhere": there[1]}[to]
    monkeypatch.setattr(emptying, "CHUNK", 2)
    rows = Deal.rows if to != "back" else lambda: Deal.rows().filter(stage=second)
    as_sets = outcome(alice, lambda: moving.move_out(rows(), target, by=alice.actor))
    ids = [d.pk for d in made if to != "back" or d != made[1]]
    one_by_one = outcome(alice, lambda: [moving.move_deal(pk, target.pk, by=alice.actor) for pk in ids])
    for part in as_sets:
        assert as_sets[part] == one_by_one[part], part
    assert len(as_sets["events"]) == len(ids)
