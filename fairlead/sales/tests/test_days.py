"""Whose day it is: boards tell that of whoever looks, what a program reads and what is kept, the firm's."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.tasks import create_task
from fairlead.kernel.clock import frozen
from fairlead.sales import board, due
from fairlead.sales.actions.close_dates import shift_close_date
from fairlead.sales.actions.founding import furnish
from fairlead.sales.health import health
from fairlead.sales.models import Deal, Pipeline
from fairlead.sales.tests import making
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)  # 17:00 on Monday the 9th in Los Angeles
MONDAY = date(2026, 3, 9)


@pytest.fixture
def deal(alice: Person) -> Deal:
    """A deal that should close on Monday, with a task at eight that evening."""
    Firm.objects.filter(pk=alice.firm.pk).update(time_zone="America/Los_Angeles")
    alice.user.time_zone = "America/Los_Angeles"
    alice.user.save()
    with firm_context(alice.firm.id):
        furnish(alice.actor)
    made = making.deal(alice, expected_close=MONDAY.isoformat())
    values = {"title": "Call", "due_on": MONDAY.isoformat(), "due_time": "20:00", "about": [("deal", made.pk)]}
    with frozen(EVENING - timedelta(hours=2)), firm_context(alice.firm.id):
        create_task(values, by=alice.actor)
    return made


def test_the_board_tells_the_day_of_whoever_looks(alice: Person, deal: Deal) -> None:
    with frozen(EVENING), firm_context(alice.firm.id), timezone.override(ZoneInfo("America/Los_Angeles")):
        stages = making.stages(Pipeline.rows().get())
        card = board.cards_of(alice.actor, [deal.pk], {s.pk: s for s in stages})[deal.pk]
        assert (card.is_overdue, card.task_state) == (False, "today")
        found = {b.key: b.count for b in due.buckets(alice.actor, stages, board.Wanted())}
    assert found["today"] == 1 and found["overdue"] == 0


def test_health_and_moved_dates_count_the_firms_days(alice: Person, deal: Deal) -> None:
    with frozen(EVENING), firm_context(alice.firm.id):
        found = health(Deal.rows().select_related("stage").get(pk=deal.pk), alice.actor)
        assert found is not None and "The expected close date is past." not in found.reasons
        Deal.rows().filter(pk=deal.pk).update(expected_close=None)
        assert shift_close_date(deal.pk, 7, by=alice.actor).expected_close == MONDAY + timedelta(days=7)


def test_a_firm_elsewhere_has_its_own_day(alice: Person, charlie: Person, deal: Deal) -> None:
    Firm.objects.filter(pk=charlie.firm.pk).update(time_zone="Pacific/Auckland")
    with frozen(EVENING):
        assert Firm.objects.get(pk=alice.firm.pk).today == MONDAY
        assert Firm.objects.get(pk=charlie.firm.pk).today == MONDAY + timedelta(days=1)
