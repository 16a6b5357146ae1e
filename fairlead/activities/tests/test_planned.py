"""What is still to come: planned, moved, held, taken back; and nothing was held tomorrow."""

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities
from fairlead.activities.models import Activity
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TO_COME = "This is still to come: schedule it, or say when it was."


def log(person: Person, lady: Contact, kind: str = "call", **values: object) -> Activity:
    with clock.frozen(NOW), firm_context(person.firm.id):
        return activities.log_activity(kind, {"body": "<p>x</p>", **values}, [("contact", lady.id)], by=person.actor)


def edit(person: Person, found: Activity, **values: object) -> Activity:
    with clock.frozen(NOW), firm_context(person.firm.id):
        return activities.edit_activity(found.pk, values, by=person.actor)


def complete(person: Person, found: Activity, **values: object) -> Activity:
    with clock.frozen(NOW), firm_context(person.firm.id):
        return activities.complete_activity(found.pk, values, by=person.actor)


def revert(person: Person, found: Activity, to: int) -> Activity:
    with clock.frozen(NOW), firm_context(person.firm.id):
        return activities.revert_activity(found.pk, to, by=person.actor)


@pytest.mark.parametrize("kind", ["call", "meeting"])
@pytest.mark.parametrize("name", ["occurred_at", "started_at"])
def test_nothing_was_held_tomorrow(alice: Person, lady: Contact, kind: str, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        log(alice, lady, kind, **{name: NOW + DAY})
    assert refused.value.fields == {name: [TO_COME]}


@pytest.mark.parametrize("kind", ["email", "note"])
def test_nothing_was_written_tomorrow_nor_is_it_planned(alice: Person, lady: Contact, kind: str) -> None:
    with pytest.raises(InvalidInput, match="still to come: say when it was"):
        log(alice, lady, kind, occurred_at=NOW + DAY)
    with pytest.raises(InvalidInput, match="Only calls and meetings are planned"):
        log(alice, lady, kind, scheduled_at=NOW + DAY)


def test_clocks_may_differ_by_minutes(alice: Person, lady: Contact) -> None:
    assert log(alice, lady, occurred_at=NOW + timedelta(minutes=4)).is_planned is False


def test_what_has_just_begun_may_end_later(alice: Person, lady: Contact) -> None:
    assert log(alice, lady, "meeting", duration_minutes=60).ended_at == NOW + HOUR


@pytest.mark.parametrize("ended", [NOW - HOUR, NOW + 8 * DAY])
def test_an_end_alone_fits_a_beginning_now(alice: Person, lady: Contact, ended: datetime) -> None:
    with pytest.raises(InvalidInput, match="may last from 0"):
        log(alice, lady, ended_at=ended)


@pytest.mark.parametrize("moment", [NOW - DAY, NOW + 2 * DAY])
def test_a_planned_call_moves_and_stays_planned(alice: Person, lady: Contact, moment: datetime) -> None:
    moved = edit(alice, log(alice, lady, scheduled_at=NOW + DAY), scheduled_at=moment)
    assert (moved.is_planned, moved.scheduled_at, moved.occurred_at) == (True, moment, moment)


@pytest.mark.parametrize("name", ["occurred_at", "started_at", "ended_at"])
def test_a_planned_call_is_not_held_in_the_future(alice: Person, lady: Contact, name: str) -> None:
    planned = log(alice, lady, scheduled_at=NOW + DAY)
    with pytest.raises(InvalidInput) as refused:
        edit(alice, planned, **{name: NOW + DAY})
    assert refused.value.fields == {name: [TO_COME]}
    with pytest.raises(InvalidInput, match="still to come"):
        complete(alice, planned, started_at=NOW + DAY)


def test_a_plan_is_not_just_taken_away(alice: Person, lady: Contact) -> None:
    for moment in (NOW - DAY, NOW + DAY):
        with pytest.raises(InvalidInput):
            edit(alice, log(alice, lady, scheduled_at=moment), scheduled_at=None)


def test_a_planned_call_said_to_have_been_held_when_planned_stands_on_the_timeline(
    alice: Person, lady: Contact
) -> None:
    held = edit(alice, log(alice, lady, scheduled_at=NOW - DAY), occurred_at=NOW - DAY, duration_minutes=5)
    assert held.is_planned is False
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="call.logged").count() == 1
        assert Contact.rows().get(pk=lady.pk).last_activity_at == NOW - DAY


def test_other_edits_leave_a_plan_alone(alice: Person, lady: Contact) -> None:
    planned = log(alice, lady, scheduled_at=NOW + DAY)
    assert edit(alice, planned, duration_minutes=30, body="<p>Agenda</p>").is_planned is True


def test_what_stands_in_the_future_from_of_old_may_be_reworded(alice: Person, lady: Contact) -> None:
    held = log(alice, lady)
    with firm_context(alice.firm.id):
        Activity.rows().filter(pk=held.pk).update(occurred_at=NOW + DAY, started_at=NOW + DAY, ended_at=NOW + DAY)
    assert edit(alice, held, body="<p>y</p>", occurred_at=NOW + DAY).version == 2
    assert edit(alice, held, occurred_at=NOW).occurred_at == NOW


def test_going_back_to_an_earlier_plan_is_no_holding(alice: Person, lady: Contact) -> None:
    planned = log(alice, lady, scheduled_at=NOW - DAY)
    edit(alice, planned, scheduled_at=NOW + DAY)
    back = revert(alice, planned, 1)
    assert (back.is_planned, back.scheduled_at, back.occurred_at) == (True, NOW - DAY, NOW - DAY)


def test_a_call_marked_as_held_by_mistake_is_planned_again(alice: Person, lady: Contact) -> None:
    planned = log(alice, lady, scheduled_at=NOW + DAY, duration_minutes=30)
    edit(alice, planned, scheduled_at=NOW + 2 * DAY)
    complete(alice, planned, duration_minutes=5, body="<p>Oops</p>")
    back = revert(alice, planned, 2)
    assert (back.is_planned, back.scheduled_at, back.started_at) == (True, NOW + 2 * DAY, None)
    assert (back.duration_minutes, back.text) == (30, "x")
    first = revert(alice, planned, 1)
    assert (first.is_planned, first.scheduled_at) == (True, NOW + DAY)
    again = revert(alice, planned, 3)
    assert (again.is_planned, again.started_at, again.duration_minutes, again.text) == (False, NOW, 5, "Oops")


def test_what_was_completed_before_plans_were_kept_stays_held(alice: Person, lady: Contact) -> None:
    planned = log(alice, lady, scheduled_at=NOW + DAY)
    edit(alice, planned, scheduled_at=NOW + 2 * DAY)
    complete(alice, planned)
    with firm_context(alice.firm.id):
        planned.revisions.filter(version=2).delete()
    back = revert(alice, planned, 1)
    assert (back.is_planned, back.started_at, back.scheduled_at) == (False, NOW, NOW + DAY)


def test_the_api_judges_as_pages_do(alice: Person, lady: Contact) -> None:
    api, about = Api(alice), {"about": [{"noun": "contact", "id": str(lady.pk)}]}
    told = problem(api.post("calls", {**about, "occurred_at": "2999-01-01T10:00:00Z"}), 422, "invalid")
    assert TO_COME in str(told)
    made = api.post("calls", {**about, "scheduled_at": "2999-01-01T10:00:00Z"}).json()
    problem(api.patch(f"calls/{made['id']}", {"occurred_at": "2999-01-01T10:00:00Z"}), 422, "invalid")
    problem(api.post(f"calls/{made['id']}/completions", {"started_at": "2999-01-01T10:00:00Z"}), 422, "invalid")
    problem(api.post("emails", {**about, "subject": "Hi", "scheduled_at": "2999-01-01T10:00:00Z"}), 422, "invalid")
    assert api.post(f"calls/{made['id']}/completions", {"duration_minutes": 5}).json()["version"] == 2
    back = api.post(f"calls/{made['id']}/revert", {"version": 1}).json()
    assert (back["scheduled_at"], back["started_at"]) == ("2999-01-01T10:00:00Z", None)
    assert [c["id"] for c in api.get("calls?planned=true").json()["data"]] == [made["id"]]


def test_the_form_leaves_the_seconds_alone_and_the_history_speaks_words(alice: Person, lady: Contact) -> None:
    client, odd = alice.client(), datetime(2026, 3, 2, 12, 0, 42, tzinfo=UTC)
    held = log(alice, lady, occurred_at=odd)
    page = client.get(alice.url(f"activities/{held.pk}/edit"), headers={"HX-Request": "true"}).content.decode()
    shown = page.partition('name="at"')[2].partition('value="')[2].partition('"')[0]
    typed = {"at": shown, "body": "<p>y</p>", "direction": "outbound"}
    assert client.post(alice.url(f"activities/{held.pk}/edit"), typed, headers={"HX-Request": "true"}).status_code < 300
    edit(alice, held, occurred_at=odd + HOUR)
    with firm_context(alice.firm.id):
        assert held.revisions.get(version=1).details == {}
    told = client.get(alice.url(f"activities/{held.pk}/history"), headers={"HX-Request": "true"}).content.decode()
    assert "Beginning was" in told and "<dd>2026-" not in told and "Occurred at" not in told


def test_a_moment_beyond_the_calendar_is_refused(alice: Person, lady: Contact) -> None:
    alice.user.__class__.objects.filter(pk=alice.user.pk).update(time_zone="America/New_York")
    typed = {"kind": "call", "about": f"contact:{lady.pk}", "at": "9999-12-31T23:00", "plan": "1"}
    answer = alice.client().post(alice.url("activities/quick"), typed, headers={"HX-Request": "true"})
    assert (answer.status_code, b"the calendar still has" in answer.content) == (422, True)


def test_another_firm_plans_nothing_here(charlie: Person, alice: Person, lady: Contact) -> None:
    planned = log(alice, lady, scheduled_at=NOW + DAY)
    problem(Api(charlie).post(f"calls/{planned.pk}/revert", {"version": 1}), 404, "not_found")


def test_what_is_planned_says_what_it_is_and_what_for(alice: Person, lady: Contact) -> None:
    log(alice, lady, "meeting", scheduled_at=NOW + DAY, subject="Site visit")
    log(alice, lady, "call", scheduled_at=NOW + DAY, subject="The lease")
    mine = " ".join(alice.client().get(alice.url("tasks/mine/")).text.split())
    assert "Meeting: Site visit · Ada Lovelace" in mine and "Call: The lease · Ada Lovelace" in mine
    assert "The lease" in alice.client().get(alice.url("calls/scheduled/")).text
