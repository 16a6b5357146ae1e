"""Days away: none that are past, none twice."""

from datetime import UTC, datetime

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.assignment.actions import availability
from fairlead.assignment.models import Absence
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


def away(person: Person, first: str, last: str) -> Absence:
    with clock.frozen(NOON), firm_context(person.firm.pk):
        return availability.set_absence({"first_day": first, "last_day": last}, by=person.actor)


def test_days_that_are_past_are_refused_and_those_that_reach_today_are_not(bob: Person) -> None:
    with pytest.raises(InvalidInput) as refused:
        away(bob, "2027-03-01", "2027-03-09")
    assert refused.value.fields == {"last_day": ["These days are past."]}
    assert away(bob, "2027-03-01", "2027-03-10").pk


def test_days_noted_already_are_refused(alice: Person, bob: Person) -> None:
    away(bob, "2027-04-01", "2027-04-10")
    for first, last in (("2027-04-01", "2027-04-10"), ("2027-04-10", "2027-04-20"), ("2027-03-20", "2027-05-01")):
        with pytest.raises(InvalidInput, match="Bob Beech is away from 1 Apr 2027 to 10 Apr 2027 already"):
            away(bob, first, last)
    assert away(bob, "2027-04-11", "2027-04-20").pk and away(alice, "2027-04-01", "2027-04-10").pk


def test_the_audit_writes_days_as_every_page_does(alice: Person, bob: Person) -> None:
    away(bob, "2027-04-01", "2027-04-10")
    page = alice.client().get(alice.url("settings/audit/?type=absence.set")).content.decode()
    assert "noted that Bob Beech is away from 1 Apr 2027 to 10 Apr 2027" in page and "2027-04-01" not in page


def test_the_api_and_the_page_say_so_at_the_field(bob: Person, charlie: Person) -> None:
    past = {"first_day": "2020-01-01", "last_day": "2020-01-02"}
    assert "These days are past." in str(problem(Api(bob).post("absences", past), 422, "invalid"))
    page = bob.client().post(bob.url("settings/workload/away"), past)
    assert (page.status_code, b"These days are past." in page.content) == (422, True)
    far = {"first_day": "2999-01-01", "last_day": "2999-01-02"}
    assert [Api(person).post("absences", far).status_code for person in (bob, charlie)] == [201, 201]
