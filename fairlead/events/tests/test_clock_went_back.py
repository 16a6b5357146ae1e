"""The clock goes back by an hour, over the turn of a month: nothing of the log is passed over or read twice."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.jobs import make_partitions
from fairlead.events.models import Event
from fairlead.events.tests.reading import Seen, feed, reader, write
from fairlead.kernel import clock, ids
from fairlead.tenancy.public import firm_context

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("only_ours"),
]
HOUR = timedelta(hours=1)
NEW_MONTH = datetime(2027, 2, 1, 0, 5, tzinfo=UTC)


@contextmanager
def at(moment: datetime, *, started_anew: bool) -> Iterator[None]:
    """Let the clock of a process show `moment`; one that was started anew knows of no later time."""
    with pytest.MonkeyPatch.context() as patched, clock.frozen(moment):
        patched.setattr(ids, "time", SimpleNamespace(time_ns=lambda: int(moment.timestamp() * 1_000_000_000)))
        if started_anew:
            patched.setattr(ids, "_last", 0)
        yield


def test_ids_of_one_process_go_on_growing() -> None:
    before = [ids.uuid7() for _ in range(3)]
    with at(datetime.fromtimestamp(time.time(), UTC) - HOUR, started_anew=False):
        after = [ids.uuid7() for _ in range(3)]
        texts = ids.uuid7_texts(3)
    assert sorted(before + after) == before + after
    assert texts == sorted(texts) and texts[0] > after[-1].hex


@pytest.mark.parametrize("started_anew", [False, True])
def test_what_is_written_after_is_read_after_and_once(
    alice: Person, charlie: Person, seen: Seen, started_anew: bool
) -> None:
    reader(seen, batch=2)
    with at(NEW_MONTH, started_anew=True):
        make_partitions()
        write(alice, 1, 2, 3)
        write(charlie, 10)
        feed()
    with at(NEW_MONTH - HOUR, started_anew=started_anew):
        write(alice, 4, 5, 6)
        write(charlie, 11)
        feed()
    with at(NEW_MONTH, started_anew=started_anew):
        write(alice, 7)
        feed()
        feed()
    assert [n for firm, n in seen if firm == alice.firm.id] == [1, 2, 3, 4, 5, 6, 7]
    assert [n for firm, n in seen if firm == charlie.firm.id] == [10, 11]
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="tests.happened").count() == 7
