"""A history is read in stretches by place, newest first, whatever happened at the same moment."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event, EventType, NewEvent, newest, record_many
from fairlead.events.public import register as register_types
from fairlead.events.tests.reading import fetched
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
register_types(
    EventType("tests.note", "Noted", "noted", kind="tests-notes"),
    EventType("tests.mail", "Mailed", "mailed", kind="tests-mail"),
)


def history(contact: UUID, types: list[str] | None = None) -> QuerySet[Event, Event]:
    rows = Event.rows().filter(contact_id=contact)
    return rows if types is None else rows.filter(type__in=types)


def pages(rows: QuerySet[Event, Event], limit: int) -> list[list[object]]:
    found, before = [], None
    while True:
        page = newest(rows, limit=limit, before=before)
        found.append([e.data.get("n") for e in page.events])
        before = page.next
        if before is None:
            return found


@pytest.fixture
def contact() -> UUID:
    return uuid4()


def test_pages_follow_each_other_also_where_moments_are_equal(alice: Person, contact: UUID) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    with firm_context(alice.firm.id):
        events = [
            NewEvent("tests.note", ("contact", contact), contact, data={"n": n}, occurred_at=moment) for n in range(7)
        ]
        record_many(events, by=alice.actor)
        assert pages(history(contact), 3) == [[6, 5, 4], [3, 2, 1], [0]]
        assert pages(history(contact), 7) == [[6, 5, 4, 3, 2, 1, 0]]


def test_kinds_filter_and_other_firms_see_nothing(alice: Person, charlie: Person, contact: UUID) -> None:
    with firm_context(alice.firm.id):
        both = [NewEvent(t, ("contact", contact), contact, data={"n": t}) for t in ("tests.note", "tests.mail")]
        record_many(both, by=alice.actor)
        assert pages(history(contact, ["tests.mail"]), 9) == [["tests.mail"]]
        assert pages(history(contact, []), 9) == [[]]
    with firm_context(charlie.firm.id):
        assert pages(history(contact), 9) == [[]]


def test_a_page_of_a_long_history_reads_an_index_and_few_rows(alice: Person, contact: UUID) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    kinds = ["tests.note"] * 3 + ["tests.mail"] * 20_000
    with firm_context(alice.firm.id):
        events = [
            NewEvent(kind, ("contact", contact), contact, data={"n": n}, occurred_at=start + timedelta(minutes=n))
            for n, kind in enumerate(kinds)
        ]
        record_many(events, by=alice.actor)
        for types in (None, ["tests.note"]):
            assert _rows_read(history(contact, types)) <= 200, types


def _rows_read(rows: QuerySet[Event, Event]) -> int:
    """Return how many events a stretch reads, by the database's own account of the transaction."""
    before = fetched()
    assert newest(rows, limit=3).events
    return fetched() - before
