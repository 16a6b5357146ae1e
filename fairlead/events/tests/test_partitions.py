"""Months are made ahead; an event without a month is told of and moved when its month is made."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from fairlead.accounts.tests.cast import Person
from fairlead.events import reads
from fairlead.events.health import check_partitions
from fairlead.events.jobs import apply_retention, make_partitions
from fairlead.events.models import Event
from fairlead.events.public import EventType, record
from fairlead.events.public import register as register_types
from fairlead.kernel import clock
from fairlead.kernel.health import Unwell
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
register_types(EventType("tests.happened", "Happened", "did {what}"))
FAR = datetime(2031, 5, 17, tzinfo=UTC)


def write(person: Person) -> None:
    with firm_context(person.firm.id):
        record("tests.happened", by=person.actor, subject=("thing", None))


def test_the_months_ahead_are_there(db: None) -> None:
    make_partitions()
    assert check_partitions()["strays"] == 0
    with clock.frozen(FAR):
        make_partitions()
    assert {"2031_05", "2031_06", "2031_07", "2031_08"} <= set(reads.partitions().months)


def test_an_event_without_a_month_is_told_of_and_moved_later(alice: Person) -> None:
    with clock.frozen(FAR):
        write(alice)
        with pytest.raises(Unwell, match="No partition for 2031-05"):
            check_partitions()
        assert reads.partitions().strays == 1
        make_partitions()
        assert check_partitions()["strays"] == 0
    with firm_context(alice.firm.id):
        assert Event.rows().count() == 1


def test_nothing_is_deleted_unless_a_retention_is_set(alice: Person) -> None:
    old = clock.now() - timedelta(days=400)
    with clock.frozen(old):
        make_partitions()
        write(alice)
    write(alice)
    apply_retention()
    with firm_context(alice.firm.id):
        assert Event.rows().count() == 2
    with override_settings(LOG_MONTHS=6):
        apply_retention()
    with firm_context(alice.firm.id):
        assert Event.rows().count() == 1
