"""Open boards: told of what changed, read again as deep as they are."""

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.public import write_note
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.notifications.models import LivePost
from fairlead.sales import jobs
from fairlead.sales.board import DEEPEST, SLICE
from fairlead.sales.models import Deal
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_what_happens_to_deals_is_told_once_to_the_whole_firm(alice: Person, charlie: Person) -> None:
    making.pipeline(alice)
    deals = [making.deal(alice, title) for title in ("Kestrel website", "Osprey audit")]
    with firm_context(alice.firm.id):
        jobs.follow(list(Event.rows().filter(subject_id__in=[d.pk for d in deals])))
        [post] = LivePost.rows().filter(topic=jobs.TOPIC)
        assert post.member_id is None
    with firm_context(charlie.firm.id):
        assert not LivePost.rows().exists()


def test_what_concerns_no_deal_is_not_told(alice: Person) -> None:
    contact = making.contact(alice)
    with firm_context(alice.firm.id):
        jobs.follow(list(Event.rows().filter(subject_id=contact.pk)))
        assert not LivePost.rows().filter(topic=jobs.TOPIC).exists()


@pytest.mark.parametrize(("shown", "cards"), [("", SLICE), ("7", SLICE), ("23", 23), ("9" * 5000, 25), ("-1", SLICE)])
def test_a_board_is_read_again_as_deep_as_it_was(alice: Person, shown: str, cards: int) -> None:
    assert cards <= DEEPEST
    pipeline = making.pipeline(alice)
    with clock.frozen(clock.now()):
        for at in range(25):
            making.deal(alice, f"Deal {at}")
    page = alice.client().get(alice.url(f"deals/board/{pipeline.pk}/?shown={shown}")).content.decode()
    assert page.count("data-deal=") == cards
    assert ("data-more" in page) == (cards < 25)


def test_the_last_activity_is_the_latest_whatever_was_written_last(alice: Person) -> None:
    making.pipeline(alice)
    with clock.frozen(START):
        deal = making.deal(alice)
    about, days = [("deal", deal.pk)], (5, 2)
    with clock.frozen(START + timedelta(days=6)), firm_context(alice.firm.id):
        for day in days:
            write_note("<p>Met</p>", about, by=alice.actor, occurred_at=START + timedelta(days=day))
        jobs.follow(list(Event.rows().filter(subject_id=deal.pk).order_by("id")))
        assert Deal.rows().get(pk=deal.pk).last_activity_at == START + timedelta(days=5)
