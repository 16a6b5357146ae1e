"""What a consumer could not handle is retried, discarded or replayed by those who may."""

from datetime import timedelta

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.actions.consumers import rewind
from fairlead.events.consuming import failures
from fairlead.events.models import Event, SetAside
from fairlead.events.public import discard_set_aside, retry_set_aside, set_asides
from fairlead.events.reads import lag
from fairlead.events.tests.reading import Seen, feed, reader, write
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, NotFound
from fairlead.tenancy.public import firm_context

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("only_ours"),
]


@pytest.fixture
def aside(alice: Person, seen: Seen, monkeypatch: pytest.MonkeyPatch) -> SetAside:
    monkeypatch.setattr(failures, "MOST_ATTEMPTS", 1)
    bad = {2}
    reader(seen, bad=bad)
    write(alice, 1, 2, 3)
    feed()
    bad.clear()
    with firm_context(alice.firm.id):
        [found] = set_asides()
    return found


def test_a_retry_hands_the_event_to_the_consumer_again(alice: Person, aside: SetAside, seen: Seen) -> None:
    with firm_context(alice.firm.id):
        retry_set_aside(aside.id, by=alice.actor)
    assert drain() == 1
    assert [n for _, n in seen] == [1, 3, 2]
    with firm_context(alice.firm.id):
        assert set_asides() == []
        [settled] = set_asides(settled=True)
        assert (settled.resolution, settled.resolved_by_id) == ("retried", alice.membership.id)
        with pytest.raises(Conflict):
            discard_set_aside(aside.id, by=alice.actor)


def test_a_retry_that_fails_again_stays_open(alice: Person, aside: SetAside, seen: Seen) -> None:
    from fairlead.events import consumers

    consumers._consumers.clear()
    reader(seen, bad={2})
    with firm_context(alice.firm.id):
        retry_set_aside(aside.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        [still] = set_asides()
        assert still.attempts == 2


def test_discarding_is_final_and_in_the_log(alice: Person, aside: SetAside, seen: Seen) -> None:
    with firm_context(alice.firm.id):
        discard_set_aside(aside.id, by=alice.actor)
        assert set_asides() == []
        assert Event.rows().filter(type="log.set_aside_discarded").exists()


def test_bob_may_not_and_charlie_sees_nothing(alice: Person, bob: Person, charlie: Person, aside: SetAside) -> None:
    with firm_context(alice.firm.id), pytest.raises(Forbidden):
        discard_set_aside(aside.id, by=bob.actor)
    with firm_context(charlie.firm.id):
        assert set_asides() == []
        with pytest.raises(NotFound):
            retry_set_aside(aside.id, by=charlie.actor)
    with firm_context(alice.firm.id), pytest.raises(Forbidden):
        rewind("tests.reader", clock.now(), by=bob.actor)


def test_rewinding_reads_one_firms_events_again(alice: Person, charlie: Person, seen: Seen) -> None:
    reader(seen, types={"tests.happened"})
    write(alice, 1)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        write(alice, 2, 3)
    write(charlie, 9)
    feed()
    seen.clear()
    with firm_context(alice.firm.id):
        rewind("tests.reader", clock.now() + timedelta(minutes=1), by=alice.actor)
        with pytest.raises(NotFound):
            rewind("tests.nobody", clock.now(), by=alice.actor)
    feed()
    assert seen == [(alice.firm.id, 2), (alice.firm.id, 3)]


def test_lag_counts_what_is_unread(alice: Person, charlie: Person, seen: Seen) -> None:
    reader(seen)
    feed()
    write(alice, 1, 2)
    write(charlie, 3)
    [before] = lag()
    assert (before.consumer, before.events) == ("tests.reader", 3)
    feed()
    [after] = lag()
    assert (after.firms, after.events, after.seconds) == (0, 0, 0.0)
