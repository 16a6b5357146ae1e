"""What the health check says of segments, of a single one too."""

from datetime import timedelta

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.kernel import clock
from fairlead.kernel.health import Unwell
from fairlead.segments import health
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.models import Segment
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_a_segment_that_waits_for_its_recount_is_told(alice: Person) -> None:
    assert health.check()["stale"] == 0
    with firm_context(alice.firm.id):
        made = create_segment({"name": "Berlin", "kind": "static"}, by=alice.actor)
        Segment.rows().filter(pk=made.pk).update(stale_since=clock.now() - timedelta(hours=2))
    with pytest.raises(Unwell, match="1 segment waits for a recount"):
        health.check()
