"""The property segments stand on: what the log and the clock kept is what a full count finds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.accounts.tests.cast import Person
from fairlead.events.models import Cursor
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.people.actions import contacts as people
from fairlead.people.actions.companies import create_company, delete_companies, restore_companies, update_company
from fairlead.people.actions.consent import opt_in, opt_out
from fairlead.people.actions.lists import create_list, subscribe, unsubscribe
from fairlead.people.actions.tagging import tag_records, untag_records
from fairlead.people.actions.tags import create_tag
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import nouns
from fairlead.segments.actions.picks import add_people, remove_people
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.keeping import passing
from fairlead.segments.keeping.checking import CONSUMER, check
from fairlead.segments.keeping.judging import Judge
from fairlead.segments.keeping.recounting import difference
from fairlead.segments.models import Segment, SegmentDefect, SegmentMember
from fairlead.segments.tests.keeping import catch_up
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
CITIES, NUMBER = ("Berlin", "Rome", ""), st.integers(0, 4)
STEP = st.one_of(
    st.tuples(st.just("city"), NUMBER, st.sampled_from(CITIES)),
    st.tuples(st.just("score"), NUMBER, st.sampled_from(["3", "9", None])),
    st.tuples(st.just("company"), NUMBER, st.integers(0, 2)),
    st.tuples(st.just("industry"), st.integers(0, 1), st.sampled_from(["software", "finance", ""])),
    st.tuples(st.sampled_from(["tag", "untag", "subscribe", "unsubscribe", "pick", "unpick"]), NUMBER, st.none()),
    st.tuples(st.sampled_from(["bin", "restore", "out", "in"]), NUMBER, st.none()),
    st.tuples(st.sampled_from(["bin company", "restore company"]), st.integers(0, 1), st.none()),
    st.tuples(st.just("days"), st.none(), st.sampled_from([1, 5, 8, 31])),
    st.tuples(st.just("read"), st.none(), st.none()),
)


class World:
    """Five people, two companies, and segments of every kind of condition."""

    def __init__(self, alice: Person) -> None:
        self.alice, self.by, self.now = alice, alice.actor, START
        with self.at():
            field = {"label": "Score", "kind": "number"}
            create_field(nouns.get("contact"), field, by=self.by)
            self.tag = create_tag("VIP", by=self.by)
            self.list = create_list("News", by=self.by)
            self.companies = [create_company({"name": n}, by=self.by).pk for n in ("Acme", "Bolt")]
            names = ("Ada", "Ben", "Cid", "Dee", "Eve")
            self.people = [people.create_contact({"first_name": n}, by=self.by).pk for n in names]
            self.segments = [self._make(name, tree) for name, tree in self._trees()]
            self.picked = create_segment({"name": "Picked", "kind": "static"}, by=self.by)
            named = [str(s.pk) for s in self.segments[:3]] + [str(self.picked.pk)]
            for op in ("has_any", "has_all", "has_none"):
                self.segments.append(self._make(op, {"all": [{"segment": {"op": op, "value": named}}]}))
            last = str(self.segments[-1].pk)
            inner = {"any": [{"segment": {"op": "has_any", "value": [last]}}, {"field": "city", "op": "is_known"}]}
            self.segments += [self._make("deep", {"not": inner}), self.picked]
        with clock.frozen(self.now):
            drain()

    def _make(self, name: str, tree: Any) -> Segment:
        return create_segment({"name": name, "criteria": tree}, by=self.by)

    def _trees(self) -> Iterator[tuple[str, Any]]:
        week, window = {"amount": 7, "unit": "days"}, {"days": 30}
        yield "city", {"all": [{"field": "city", "op": "is", "value": "Berlin"}]}
        yield "tag", {"any": [{"tag": {"op": "has_any", "value": [str(self.tag.pk)]}}]}
        yield "list", {"all": [{"list": {"op": "not_in", "value": [str(self.list.pk)]}}]}
        yield "score", {"all": [{"field": "custom.score", "op": "gte", "value": 5}]}
        yield "industry", {"all": [{"field": "company.industry", "op": "is_not", "value": "software"}]}
        yield "new", {"all": [{"field": "created_at", "op": "in_last", "value": week}]}
        yield "fresh", {"all": [{"field": "updated_at", "op": "before", "value": "2026-03-05"}]}
        yield "busy", {"all": [{"event": {"type": "contact.updated", "op": ">=", "count": 2, "within": window}}]}
        yield "calm", {"all": [{"event": {"type": "record.tagged", "op": "none", "within": {"days": 7}}}]}
        yield "consent", {"not": {"field": "opt_in_status", "op": "is", "value": "OPTED_OUT"}}

    def at(self) -> Any:
        return At(self)

    def do(self, verb: str, number: Any, value: Any) -> None:
        """Take one step; what is not possible now (a person in the bin) is passed over by the actions."""
        if verb == "days":
            self.now += timedelta(days=value)
        elif verb == "read":
            with clock.frozen(self.now):
                catch_up(self.alice)
        else:
            with self.at():
                self._act(verb, number, value)

    def _act(self, verb: str, number: int, value: Any) -> None:
        by, ids = self.by, [self.people[number]] if number < len(self.people) else []
        if verb in ("city", "score", "company"):
            fields = {"city": "city", "score": "custom.score", "company": "company"}
            wanted = [None, *map(str, self.companies)][value] if verb == "company" else value
            living = people.access.contacts(by).filter(pk__in=ids).exists()
            if living and not (verb == "company" and wanted and not self._open(wanted)):
                people.update_contact(ids[0], {fields[verb]: wanted}, by=by)
        elif verb == "industry" and self._open(self.companies[number]):
            update_company(self.companies[number], {"industry": value}, by=by)
        elif verb == "bin company":
            delete_companies([self.companies[number]], by=by)
        elif verb == "restore company":
            restore_companies([self.companies[number]], by=by)
        elif verb in ("tag", "untag"):
            (tag_records if verb == "tag" else untag_records)("contact", ids, tag_ids=[self.tag.pk], by=by)
        else:
            self._more(verb, ids)

    def _open(self, pk: Any) -> bool:
        return bool(people.access.companies(self.by).filter(pk=pk).exists())

    def _more(self, verb: str, ids: Any) -> None:
        by = self.by
        acts: dict[str, Any] = {
            "subscribe": lambda: subscribe(self.list.pk, ids, by=by),
            "unsubscribe": lambda: unsubscribe(self.list.pk, ids, by=by),
            "pick": lambda: add_people(self.picked.pk, ids, by=by),
            "unpick": lambda: remove_people(self.picked.pk, ids, by=by),
            "bin": lambda: people.delete_contacts(ids, by=by),
            "restore": lambda: people.restore_contacts(ids, by=by),
            "out": lambda: opt_out(ids, by=by),
            "in": lambda: opt_in(ids, by=by),
        }
        if verb in acts:
            acts[verb]()

    def check(self) -> None:
        """Compare every segment with a full count, after the log is read and the clock has been looked at."""
        with clock.frozen(self.now):
            catch_up(self.alice)
            with self.at():
                passing.let_time_pass()
            catch_up(self.alice)
            with self.at():
                judge = Judge()
                for segment in Segment.rows():
                    assert difference(segment, judge) == ([], []), segment.name
                    assert segment.size == SegmentMember.rows().filter(segment_id=segment.pk).count(), segment.name


class At:
    """The firm of a world, at the world's time."""

    def __init__(self, world: World) -> None:
        self.frozen, self.firm = clock.frozen(world.now), firm_context(world.alice.firm.pk)

    def __enter__(self) -> None:
        self.frozen.__enter__()
        self.firm.__enter__()

    def __exit__(self, *raised: Any) -> None:
        self.firm.__exit__(*raised)
        self.frozen.__exit__(*raised)


@pytest.fixture
def world(alice: Person) -> World:
    return World(alice)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=12))
def test_membership_equals_a_full_count_after_any_edits(world: World, steps: list[tuple[Any, Any, Any]]) -> None:
    """The world goes on from example to example, so that later ones meet people with a past."""
    for step in steps:
        world.do(*step)
    world.check()


def test_a_difference_is_found_told_and_repaired(world: World) -> None:
    world.check()
    city = world.segments[0]
    with world.at():
        last = Event.rows().order_by("generation", "tx", "id").last()
        Cursor.objects.create(consumer=CONSUMER, generation=last.generation, tx=last.tx, event_id=last.pk)
        SegmentMember.objects.create(
            segment_id=city.pk, contact_id=world.people[0], entered_at=world.now, why="mischief"
        )
        assert check(world.segments[1].pk) is None
        defect = check(city.pk)
        assert isinstance(defect, SegmentDefect) and (defect.missing, defect.extra) == (0, 1)
        assert check(city.pk) is None
        people.update_contact(world.people[1], {"city": "Berlin"}, by=world.by)
        assert check(city.pk) is None, "what nobody has read yet is no defect"
        assert SegmentMember.rows().filter(segment_id=city.pk).count() == 1
