"""Consumers read each firm's events in order, exactly once, and are not stopped by a bad one."""

from datetime import timedelta

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.consuming import failures, line
from fairlead.events.consuming.batch import Outcome, consume
from fairlead.events.models import ConsumerState, Cursor, SetAside
from fairlead.events.tests.reading import Seen, feed, reader, write
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context

# A test's own transaction is its own horizon, so these tests commit.
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("only_ours"),
]


def test_events_arrive_once_in_order_and_for_one_firm_at_a_time(alice: Person, charlie: Person, seen: Seen) -> None:
    reader(seen, batch=3)
    write(alice, *range(8))
    write(charlie, 100)
    write(alice, 8)
    feed()
    assert [n for firm, n in seen if firm == alice.firm.id] == list(range(9))
    assert [n for firm, n in seen if firm == charlie.firm.id] == [100]
    feed()
    assert len(seen) == 10


def test_firms_rotate_by_batches(alice: Person, charlie: Person, seen: Seen) -> None:
    consumer = reader(seen, batch=2)
    write(alice, *range(6))
    write(charlie, 100)
    line.introduce(consumer)
    wait_for_horizon()
    line.dispatch()
    for _ in range(2):
        for firm_id in line.behind(consumer):
            consume(consumer, firm_id)
    assert [n for _, n in seen] in ([0, 1, 100, 2, 3], [100, 0, 1, 2, 3])


def test_a_consumer_gets_only_its_types_and_passes_over_the_rest(alice: Person, seen: Seen) -> None:
    consumer = reader(seen, types={"tests.other"})
    write(alice, 1, 2, 3)
    write(alice, 4, kind="tests.other")
    write(alice, 5)
    feed()
    assert [n for _, n in seen] == [4]
    assert line.behind(consumer) == []


def test_a_new_consumer_may_start_now(alice: Person, seen: Seen) -> None:
    write(alice, 1)
    reader(seen, start="now")
    feed()
    write(alice, 2)
    feed()
    assert [n for _, n in seen] == [2]


def test_work_and_cursor_are_rolled_back_together(alice: Person, seen: Seen) -> None:
    consumer = reader(seen, bad={1}, batch=2)
    write(alice, 0, 1)
    line.introduce(consumer)
    wait_for_horizon()
    line.dispatch()
    assert consume(consumer, alice.firm.id) is Outcome.FAILED
    with firm_context(alice.firm.id):
        cursor = Cursor.rows().get()
    assert (cursor.tx, cursor.width) == (0, 1)


def test_a_bad_event_is_retried_later_then_set_aside_and_the_line_goes_on(
    alice: Person, charlie: Person, seen: Seen
) -> None:
    reader(seen, bad={3}, batch=failures.SHRINK)
    write(alice, *range(6))
    write(charlie, 100)
    moment = clock.now()
    for _ in range(failures.MOST_ATTEMPTS):
        with clock.frozen(moment):
            feed()
        moment += timedelta(seconds=max(failures.BACKOFF) + 1)
    with clock.frozen(moment):
        feed()
    assert [n for firm, n in seen if firm == alice.firm.id] == [0, 1, 2, 4, 5]
    assert [n for firm, n in seen if firm == charlie.firm.id] == [100]
    with firm_context(alice.firm.id):
        aside = SetAside.rows().get()
        assert aside.error.startswith("ValueError: cannot read 3")
        assert aside.attempts == failures.MOST_ATTEMPTS
        assert Cursor.rows().get().width is None, "the batches grow again"
    with firm_context(charlie.firm.id):
        assert not SetAside.rows().exists()


def test_while_an_event_waits_for_its_retry_nothing_behind_it_is_read(alice: Person, seen: Seen) -> None:
    reader(seen, bad={0}, batch=1)
    write(alice, 0, 1)
    with clock.frozen(clock.now()):
        feed()
        feed()
    assert seen == []
    with firm_context(alice.firm.id):
        assert Cursor.rows().get().attempts == 1


def test_consumed_heads_are_passed_over_for_good(alice: Person, charlie: Person, seen: Seen) -> None:
    reader(seen)
    write(alice, 1)
    feed()
    write(charlie, 2)
    feed()
    assert ConsumerState.objects.get().seq == 2
