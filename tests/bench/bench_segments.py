"""Segments: one contact's change beside 200 segments of a million contacts, and a full count of one segment."""

from collections.abc import Iterator
from typing import Any

from tests.bench.data import STAGES, TAGS, contact_id, filler
from tests.bench.figures import Figure, benchmark, median_ms, watch
from tests.bench.stage import Stage

SEGMENTS = 200
CITIES = 900


def tree(number: int) -> dict[str, Any]:
    """Return the criteria of a segment: a field, a tag, a stage, or behaviour, each in turn, mixed with a city."""
    from hashlib import md5
    from uuid import UUID

    tag = str(UUID(md5(f"bench tag {1 + number % TAGS}".encode()).hexdigest()))
    city = {"field": "city", "op": "is", "value": f"City {number % CITIES}"}
    stage = {"field": "lifecycle", "op": "is", "value": STAGES[number % len(STAGES)]}
    tagged = {"tag": {"op": "has_any", "value": [tag]}}
    window = {"within": {"days": 30}}
    opened = {"event": {"type": "note.written", "op": ">=", "count": 1, **window}}
    kinds = ({"all": [city]}, {"all": [stage, tagged]}, {"any": [city, opened]}, {"all": [tagged, {"not": stage}]})
    return dict(kinds[number % len(kinds)])


@filler
def segments(cursor: Any, stage: Stage, firm: Any) -> None:
    """Segments with their dependencies; the members of the first, a city's, are there already."""
    import json

    from fairlead.records.public import Criteria, nouns
    from fairlead.segments.keeping.dependencies import keys
    from fairlead.segments.models import Segment, SegmentDependency
    from fairlead.tenancy.public import firm_context

    with firm_context(firm.id):
        for number in range(SEGMENTS):
            made = Segment.objects.create(
                name=f"Segment {number}", name_norm=f"segment {number}", criteria=tree(number)
            )
            node = Criteria(nouns.get("contact"), json.loads(json.dumps(tree(number))), by=stage.actor).node
            SegmentDependency.objects.bulk_create([SegmentDependency(segment=made, key=key) for key in keys(node)])


@benchmark("segments")
def follow(stage: Stage) -> Iterator[Figure]:
    """The consumer's whole work for one change, its share in the database, a birth, a recount beside the count."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from fairlead.events.public import Event
    from fairlead.segments.keeping import following, recounting
    from fairlead.segments.keeping.judging import Judge
    from fairlead.segments.models import Segment
    from fairlead.tenancy.public import firm_context

    with firm_context(stage.firm.id), connection.cursor() as cursor:
        cursor.execute(f"SELECT {contact_id(stage.firm, '77')}")
        [contact] = cursor.fetchone()
        found = Segment.rows().order_by("created_at", "id")
        first = found[0]
        judge = Judge()
        while not recounting.repair(first, judge, "criteria"):
            pass
        count = median_ms(lambda: judge.criteria(first).filter(judge.noun.visible(judge.actor)).count())  # type: ignore[union-attr]
        recount = median_ms(lambda: recounting.difference(first, judge))
        yield Figure("segments: full count of one", recount, "ms", count, at_most=1000)
        for name, event in _events(contact, Event):
            following.follow([event])
            with CaptureQueriesContext(connection) as asked, watch() as taken:
                following.follow([event])
            spent = sum(float(query["time"]) for query in asked.captured_queries) * 1000
            yield Figure(f"segments: {name}, whole", taken.seconds * 1000, "ms", at_most=2000)
            yield Figure(f"segments: {name}, database", spent, "ms", at_most=50)


def _events(contact: Any, event: Any) -> Iterator[tuple[str, Any]]:
    common = {"subject_noun": "contact", "subject_id": contact, "contact_id": contact}
    yield "a changed city", event(type="contact.updated", data={"changes": {"city": ["", "City 4"]}}, **common)
    yield "a changed stage", event(type="contact.updated", data={"changes": {"lifecycle": ["", "lead"]}}, **common)
    yield "a note", event(type="note.written", data={}, **common)
    yield "a new contact", event(type="contact.created", data={}, **common)
