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
from fairlead.kernel.errors import InvalidInput
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import nouns
from fairlead.sales import requirements, tallies
from fairlead.sales.actions import emptying, moving, stages
from fairlead.sales.actions.line_items import set_line_items
from fairlead.sales.models import CloseDateChange, Deal, Stage, StageStay, StayTally
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SUMS = [Sum(name, default=0) for name in tallies.SUMS]


def kept(since: datetime) -> dict[str, Any]:
    """Return all that the moves left behind; of versions and ranks what they mean."""
    deals = (
        "name", "pipeline_id", "stage_id", "stage_entered_at", "regressions", "version", "last_activity_at",
        "expected_close",
    )  # fmt: skip
    dates = (
        "deal__name", "pipeline_id", "owner_id", "changed_at", "changed_by_id", "changed_by_label", "before", "after",
        "days", "value", "currency", "rate", "base_value",
    )  # fmt: skip
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
        "dates": list(CloseDateChange.rows().order_by("deal__name").values_list(*dates)),
        "order": list(Deal.rows().order_by("stage", "rank").values_list("stage", "name")),
        "stays": list(StageStay.rows().order_by("deal__name", "entered_at", "visit").values_list(*stays)),
        "events": list(Event.rows().filter(occurred_at__gte=since).order_by("data__title", "type").values_list(*told)),
        "sums": [row for row in sums if any(row[len(keys) :])],
    }


def outcome(person: Person, act: Callable[[], object]) -> dict[str, Any]:
    """Do something, return what it left behind, and take it back."""
    with firm_context(person.firm.id), clock.frozen(NOON), transaction.atomic():
        act()
        found = kept(NOON)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("to", ["further on", "back", "elsewhere", "elsewhere, later"])
def test_sets_agree_with_one_by_one(alice: Person, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third, *_ = making.stages(making.pipeline(alice))
    there = making.stages(making.pipeline(alice, name="Other"))
    with clock.frozen(NOON - timedelta(days=3)):
        due = ("2027-05-01", None, "2027-06-01")
        made = [making.deal(alice, n, stage=first.pk, expected_close=day) for n, day in zip("ABC", due, strict=True)]
    with firm_context(alice.firm.id), clock.frozen(NOON - timedelta(days=1, seconds=7)):
        for deal in made:
            moving.move_deal(deal.pk, second.pk, by=alice.actor)
        moving.move_deal(made[0].pk, third.pk, by=alice.actor)
        moving.move_deal(made[0].pk, second.pk, by=alice.actor)
        Deal.rows().filter(pk=made[1].pk).update(stage=first)  # from several stages at once
        StageStay.rows().filter(deal=made[1], left_at=None).update(stage=first)
        tallies.recount()
    target: Stage = {"further on": third, "back": first}.get(to, there[1])
    if to == "elsewhere, later":
        with firm_context(alice.firm.id):
            stages.update_stage(target.pk, {"shift_close_days": "14"}, by=alice.actor)
            target.refresh_from_db()
    monkeypatch.setattr(emptying, "CHUNK", 2)
    rows = Deal.rows if to != "back" else lambda: Deal.rows().filter(stage=second)
    as_sets = outcome(alice, lambda: emptying.move_out(rows(), target, by=alice.actor))
    ids = [d.pk for d in made if to != "back" or d != made[1]]
    one_by_one = outcome(alice, lambda: [moving.move_deal(pk, target.pk, by=alice.actor) for pk in ids])
    for part in as_sets:
        assert as_sets[part] == one_by_one[part], part
    later = 2 if to == "elsewhere, later" else 0
    assert (len(as_sets["events"]), len(as_sets["dates"])) == (len(ids) + later, 2 + later)


def test_what_many_deals_lack_is_what_each_lacks(alice: Person) -> None:
    full: dict[str, Any] = {
        "value": 1, "expected_close": "2027-05-01", "owner": alice.membership.id, "next_step": "Call",
        "contact": making.contact(alice).pk, "company": making.company(alice).pk, "priority": "high",
        "source": "Fair", "description": "Text", "custom": {"tier": "gold", "likes": ["a"], "note": "[]"},
    }  # fmt: skip
    with firm_context(alice.firm.id):
        for label, kind in (("Tier", "text"), ("Likes", "multi_select"), ("Note", "text")):
            options = [{"label": "A", "value": "a"}] if kind == "multi_select" else []
            create_field(nouns.get("deal"), {"label": label, "kind": kind, "options": options}, by=alice.actor)
    stage = making.stages(making.pipeline(alice))[1]
    bare, whole = making.deal(alice, "Bare"), making.deal(alice, "Whole", **full)
    with firm_context(alice.firm.id):
        set_line_items(whole.pk, [{"name": "Hours", "quantity": "1", "unit_price": "1"}], by=alice.actor)
        Deal.rows().filter(pk=bare.pk).update(owner=None, source="")
        bare.refresh_from_db()
        for name in requirements.offered():
            stage.required_fields = [name]
            requirements.check_all(Deal.rows().filter(pk=whole.pk), stage)
            with pytest.raises(InvalidInput) as told:
                requirements.check_all(Deal.rows(), stage)
            assert list(told.value.fields) == requirements.missing(bare, stage) == [name]
        Deal.rows().filter(pk=bare.pk).update(custom={"tier": "", "likes": [], "note": None})
        for name in ("custom.tier", "custom.likes", "custom.note"):
            stage.required_fields = ["owner", name]
            with pytest.raises(InvalidInput):
                requirements.check_all(Deal.rows().filter(pk=bare.pk), stage)
