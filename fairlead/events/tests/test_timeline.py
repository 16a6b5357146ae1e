"""Timelines page through any history by place, newest first."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import EventType, NewEvent, record_many, timeline
from fairlead.events.public import register as register_types
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
register_types(
    EventType("tests.note", "Noted", "noted", kind="tests-notes"),
    EventType("tests.mail", "Mailed", "mailed", kind="tests-mail"),
)


def pages(contact: UUID, **options: object) -> list[list[object]]:
    found, before = [], None
    while True:
        page = timeline(contact_id=contact, before=before, **options)  # type: ignore[arg-type]
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
        assert pages(contact, limit=3) == [[6, 5, 4], [3, 2, 1], [0]]
        assert pages(contact, limit=7) == [[6, 5, 4, 3, 2, 1, 0]]


def test_kinds_filter_and_other_firms_see_nothing(alice: Person, charlie: Person, contact: UUID) -> None:
    with firm_context(alice.firm.id):
        both = [NewEvent(t, ("contact", contact), contact, data={"n": t}) for t in ("tests.note", "tests.mail")]
        record_many(both, by=alice.actor)
        assert pages(contact, kinds={"tests-mail"}) == [["tests.mail"]]
        assert pages(contact, kinds=set()) == [[]]
    with firm_context(charlie.firm.id):
        assert pages(contact) == [[]]


def test_a_page_of_a_long_history_reads_an_index_and_few_rows(alice: Person, contact: UUID) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    kinds = ["tests.note"] * 3 + ["tests.mail"] * 20_000
    with firm_context(alice.firm.id):
        events = [
            NewEvent(kind, ("contact", contact), contact, data={"n": n}, occurred_at=start + timedelta(minutes=n))
            for n, kind in enumerate(kinds)
        ]
        record_many(events, by=alice.actor)
        for options in ({}, {"kinds": {"tests-notes"}}):
            assert timeline(contact_id=contact, limit=3, **options).events
            read = _rows_read(contact, **options)
            assert read <= 200, options


def _rows_read(contact: UUID, **options: object) -> int:
    """Return how many rows the page's statement touched outside of the index, by the database's own account."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        timeline(contact_id=contact, limit=3, **options)  # type: ignore[arg-type]
    statement = queries.captured_queries[-1]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        [[plan]] = [row[0] for row in cursor.fetchall()]
    return _touched(plan["Plan"])


def _touched(node: dict[str, object]) -> int:
    children = node.get("Plans", [])
    assert isinstance(children, list)
    own = 0
    if "Scan" in str(node["Node Type"]) and not str(node["Node Type"]).startswith("Bitmap Index"):
        own = int(node["Actual Rows"]) + int(node.get("Rows Removed by Filter", 0))  # type: ignore[call-overload]
    return own + sum(_touched(child) for child in children)
