"""The property last activity stands on: what edits and the log keep is what the data say when asked anew."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities
from fairlead.activities.jobs import roll_up
from fairlead.activities.models import Activity, ActivityLink
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.kernel.errors import FairleadError
from fairlead.people.actions import contacts
from fairlead.people.actions.companies import create_company
from fairlead.people.models import Company, Contact
from fairlead.people.nouns.company import COMPANY
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.duplicates.public import merge_records, undo_merge
from fairlead.records.public import Merge
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.keeping.judging import Judge
from fairlead.segments.keeping.recounting import difference
from fairlead.segments.models import Segment
from fairlead.segments.tests.keeping import catch_up
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
RECENT = START + timedelta(days=10)
RECORD, DAY = st.integers(0, 6), st.integers(0, 20)
STEP = st.one_of(
    st.tuples(st.just("log"), st.lists(RECORD, min_size=1, max_size=3, unique=True), DAY),
    st.tuples(st.sampled_from(["date", "plan"]), RECORD, DAY),
    st.tuples(st.sampled_from(["delete", "restore", "hold"]), DAY, st.none()),
    st.tuples(st.sampled_from(["put on", "take off"]), RECORD, DAY),
    st.tuples(st.just("move"), st.integers(0, 3), st.sampled_from([None, 4, 5, 6])),
    st.tuples(st.sampled_from(["bin", "back"]), st.integers(0, 3), st.none()),
    st.tuples(st.just("merge"), RECORD, RECORD),
    st.tuples(st.sampled_from(["undo", "read"]), st.none(), st.none()),
)


class World:
    """Four people (0 to 3), three companies (4 to 6), and a segment of those whose company is in touch."""

    def __init__(self, alice: Person) -> None:
        self.alice, self.by = alice, alice.actor
        self.read: set[UUID] = set()
        with self.at():
            companies = [create_company({"name": n}, by=self.by).pk for n in ("Acme", "Bolt", "Cog")]
            people = [contacts.create_contact({"first_name": n}, by=self.by).pk for n in ("Ada", "Ben", "Cid", "Dee")]
            self.records: list[tuple[str, UUID]] = [("contact", pk) for pk in people]
            self.records += [("company", pk) for pk in companies]
            tree = {"all": [{"field": "company.last_activity_at", "op": "after", "value": RECENT.isoformat()}]}
            create_segment({"name": "In touch", "criteria": tree}, by=self.by)
        with clock.frozen(START):
            drain()

    def at(self) -> Any:
        return firm_context(self.alice.firm.pk)

    def do(self, verb: str, one: Any, other: Any) -> None:
        """Take one step; what is not possible now (somebody in the bin) is refused and changes nothing."""
        if verb == "read":
            catch_up(self.alice)
            return
        with self.at():
            try:
                getattr(self, "_" + verb.replace(" ", "_"))(one, other)
            except FairleadError:
                return

    def _log(self, about: list[int], day: int) -> None:
        values = {"occurred_at": START + timedelta(days=day)}
        activities.log_activity("call", values, [self.records[n] for n in about], by=self.by)

    def _plan(self, number: int, day: int) -> None:
        values = {"scheduled_at": START + timedelta(days=day)}
        activities.log_activity("meeting", values, [self.records[number]], by=self.by)

    def _date(self, number: int, day: int) -> None:
        values = {"occurred_at": START + timedelta(days=day), "started_at": START + timedelta(days=day)}
        activities.edit_activity(self._some(number), values, by=self.by)

    def _hold(self, number: int, _: Any) -> None:
        activities.complete_activity(self._some(number), {"started_at": START + timedelta(days=number)}, by=self.by)

    def _delete(self, number: int, _: Any) -> None:
        activities.delete_activity(self._some(number), by=self.by)

    def _restore(self, number: int, _: Any) -> None:
        activities.restore_activity(self._some(number), by=self.by)

    def _put_on(self, record: int, number: int) -> None:
        activities.associate_activity(self._some(number), [self.records[record]], by=self.by)

    def _take_off(self, record: int, number: int) -> None:
        activities.dissociate_activity(self._some(number), *self.records[record], by=self.by)

    def _move(self, number: int, company: int | None) -> None:
        to = self.records[company][1] if company else None
        contacts.update_contact(self.records[number][1], {"company": to}, by=self.by)

    def _bin(self, number: int, _: Any) -> None:
        contacts.delete_contacts([self.records[number][1]], by=self.by)

    def _back(self, number: int, _: Any) -> None:
        contacts.restore_contacts([self.records[number][1]], by=self.by)

    def _merge(self, winner: int, loser: int) -> None:
        noun, pk = self.records[winner]
        if noun == self.records[loser][0]:
            merge_records(CONTACT if noun == "contact" else COMPANY, pk, self.records[loser][1], {}, by=self.by)

    def _undo(self, *_: Any) -> None:
        last = Merge.rows().filter(undone_at=None).order_by("-created_at").first()
        if last is not None:
            undo_merge(last.pk, by=self.by)

    def _some(self, number: int) -> UUID:
        ids = list(Activity.rows().order_by("pk").values_list("pk", flat=True))
        return ids[number % len(ids)] if ids else UUID(int=0)

    def check(self) -> None:
        """Read what is new in the log, and compare with the activities and the people as they are now."""
        with self.at():
            news = [e for e in Event.rows().order_by("generation", "tx", "id") if e.pk not in self.read]
            self.read.update(e.pk for e in news)
            roll_up(news)
            for company in Company.rows():
                people = Contact.rows().filter(company=company, deleted_at=None, last_activity_at__isnull=False)
                moments = [*people.values_list("last_activity_at", flat=True), *self._moments(company.pk)]
                assert company.last_activity_at == max(moments, default=None), company.name
        catch_up(self.alice)
        with self.at():
            judge = Judge()
            for segment in Segment.rows():
                assert difference(segment, judge) == ([], [])

    def _moments(self, record: UUID) -> list[datetime]:
        links = ActivityLink.rows().filter(record_id=record, activity__deleted_at=None).select_related("activity")
        return [link.activity.occurred_at for link in links if not link.activity.is_planned]


@pytest.fixture
def world(alice: Person) -> World:
    return World(alice)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=10, max_size=25))
def test_last_activity_of_companies_is_what_the_data_say(world: World, steps: list[tuple[Any, Any, Any]]) -> None:
    """The world goes on from example to example, so that later ones meet records with a past."""
    for step in steps:
        world.do(*step)
    world.check()
