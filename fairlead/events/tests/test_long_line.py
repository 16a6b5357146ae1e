"""A batch reads of a long line what it hands on, however many events one transaction wrote."""

import pytest
from django.db import connections

from fairlead.accounts.tests.cast import Person
from fairlead.events.consuming import line
from fairlead.events.consuming.batch import _read
from fairlead.events.consuming.cursors import claim
from fairlead.events.models import Head
from fairlead.events.tests.reading import Seen, fetched, reader, write
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.tenancy.public import firm_context

# A test's own transaction is its own horizon, so this test commits.
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("only_ours"),
]


def test_a_batch_of_a_long_line_reads_an_index_and_few_rows(alice: Person, seen: Seen) -> None:
    write(alice, *range(3_000))
    wait_for_horizon()
    consumer = reader(seen, batch=10, start="now")
    line.introduce(consumer)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE events_event")  # which then knows nothing of what comes
    write(alice, *range(3_000))
    wait_for_horizon()
    line.dispatch()
    with firm_context(alice.firm.id):
        place = claim(consumer)
        assert place is not None
        before = fetched()
        assert len(_read(consumer, place, Head.rows().get(), 10)) == 10
        assert fetched() - before <= 100
