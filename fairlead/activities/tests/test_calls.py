"""Calls, meetings and emails: logged, planned, changed, counted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities import access, reads
from fairlead.activities.actions import activities, comments, options
from fairlead.activities.models import Activity, ActivityRevision, Comment
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
Option = Callable[[str, str], UUID]


def log(person: Person, lady: Contact, kind: str = "call", **values: object) -> Activity:
    with firm_context(person.firm.id):
        return activities.log_activity(kind, values, [("contact", lady.id)], by=person.actor)


def test_a_call_is_outbound_and_has_begun_now(alice: Person, lady: Contact) -> None:
    with clock.frozen(NOON):
        call = log(alice, lady, body="<p>Hello</p>")
    assert (call.direction, call.started_at, call.occurred_at, call.duration_minutes) == ("outbound", NOON, NOON, 0)


def test_a_call_needs_no_words(alice: Person, lady: Contact) -> None:
    assert log(alice, lady).text == ""


def test_an_end_follows_from_the_length(alice: Person, lady: Contact) -> None:
    call = log(alice, lady, occurred_at=NOON, duration_minutes=25)
    assert call.ended_at == NOON + timedelta(minutes=25)


def test_a_length_follows_from_the_end(alice: Person, lady: Contact) -> None:
    call = log(alice, lady, started_at=NOON, ended_at=NOON + timedelta(minutes=7))
    assert call.duration_minutes == 7


def test_a_call_cannot_end_before_it_began(alice: Person, lady: Contact) -> None:
    with pytest.raises(InvalidInput, match="ended before"):
        log(alice, lady, started_at=NOON, ended_at=NOON - timedelta(minutes=1))


@pytest.mark.parametrize("minutes", [-1, 10_081])
def test_lengths_have_bounds(alice: Person, lady: Contact, minutes: int) -> None:
    with pytest.raises(InvalidInput, match="minutes"):
        log(alice, lady, duration_minutes=minutes)


def test_a_direction_is_one_of_two(alice: Person, lady: Contact) -> None:
    with pytest.raises(InvalidInput, match="inbound"):
        log(alice, lady, direction="sideways")


def test_a_moment_has_a_zone(alice: Person, lady: Contact) -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        log(alice, lady, occurred_at=datetime(2027, 1, 1))


def test_an_unknown_value_is_named(alice: Person, lady: Contact) -> None:
    with pytest.raises(InvalidInput) as error:
        log(alice, lady, colour="red")
    assert error.value.fields == {"colour": ["There is no such value."]}


def test_type_and_outcome_are_the_firms_own(alice: Person, lady: Contact, option: Option) -> None:
    call = log(alice, lady, type=option("call", "Coaching"), outcome=option("call", "Connected"))
    assert call.type and call.outcome and (call.type.name, call.outcome.name) == ("Coaching", "Connected")
    with firm_context(alice.firm.id):
        event = Event.rows().get(type="call.logged")
    assert (event.data["type"], event.data["outcome"]) == ("Coaching", "Connected")


def test_an_outcome_of_a_meeting_is_none_of_a_call(alice: Person, lady: Contact, option: Option) -> None:
    with pytest.raises(InvalidInput, match="outcome"):
        log(alice, lady, outcome=option("meeting", "Held"))


def test_an_archived_outcome_is_no_longer_chosen_but_stays(alice: Person, lady: Contact, option: Option) -> None:
    busy = option("call", "Busy")
    call = log(alice, lady, outcome=busy)
    with firm_context(alice.firm.id):
        options.archive_option(busy, by=alice.actor)
        kept = activities.edit_activity(call.id, {"body": "<p>x</p>", "outcome": busy}, by=alice.actor)
        assert kept.outcome_id == busy
    with pytest.raises(InvalidInput):
        log(alice, lady, outcome=busy)


def test_a_call_stands_on_each_record_and_its_company(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        other = create_contact({"first_name": "Charles"}, by=alice.actor)
        about = [("contact", lady.id), ("contact", other.id), ("company", lady.company_id)]
        activities.log_activity("call", {}, about, by=alice.actor)
        found = list(Event.rows().filter(type__startswith="call.").order_by("id").values_list("type", "contact_id"))
        first = Event.rows().get(type="call.logged")
    assert found == [("call.logged", lady.id), ("call.associated", other.id), ("call.associated", None)]
    assert first.company_id == lady.company_id


def test_a_call_moves_last_activity(alice: Person, lady: Contact) -> None:
    log(alice, lady, occurred_at=NOON)
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=lady.pk).last_activity_at == NOON


def test_a_planned_call_does_not(alice: Person, lady: Contact) -> None:
    call = log(alice, lady, scheduled_at=NOON)
    assert call.is_planned and call.ended_at is None
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=lady.pk).last_activity_at is None
        assert [p.activity.pk for p in reads.upcoming(alice.actor)] == [call.pk]
        assert reads.recent(alice.actor) == []


def test_a_planned_call_is_held_once(alice: Person, lady: Contact, option: Option) -> None:
    call = log(alice, lady, scheduled_at=NOON)
    with firm_context(alice.firm.id):
        held = {
            "started_at": NOON + timedelta(minutes=5),
            "duration_minutes": 20,
            "outcome": option("call", "Connected"),
        }
        done = activities.complete_activity(call.id, held, by=alice.actor)
        assert (done.is_planned, done.started_at, done.duration_minutes) == (False, NOON + timedelta(minutes=5), 20)
        assert done.scheduled_at == NOON and reads.upcoming(alice.actor) == []
        assert [e.occurred_at for e in Event.rows().filter(type="call.logged")] == [done.occurred_at]
        with pytest.raises(Conflict, match="not planned"):
            activities.complete_activity(call.id, held, by=alice.actor)


def test_an_edit_keeps_what_was_said_and_when(alice: Person, lady: Contact) -> None:
    call = log(alice, lady, occurred_at=NOON, duration_minutes=5, body="<p>First</p>")
    with firm_context(alice.firm.id):
        activities.edit_activity(call.id, {"body": "<p>Second</p>", "duration_minutes": 9}, by=alice.actor, version=1)
        kept = ActivityRevision.rows().get()
        assert (kept.body, kept.details["duration_minutes"], kept.version) == ("<p>First</p>", 5, 1)
        with pytest.raises(StaleVersion):
            activities.edit_activity(call.id, {"body": "<p>Third</p>"}, by=alice.actor, version=1)
        assert activities.edit_activity(call.id, {}, by=alice.actor).version == 2


def test_going_back_brings_times_and_choices_back_too(alice: Person, lady: Contact, option: Option) -> None:
    first = {"occurred_at": NOON, "duration_minutes": 5, "body": "<p>First</p>", "outcome": option("call", "Connected")}
    with firm_context(alice.firm.id):
        call = log(alice, lady, **first)
        activities.edit_activity(call.id, {"duration_minutes": 9, "outcome": None}, by=alice.actor)
        activities.edit_activity(call.id, {"occurred_at": NOON - timedelta(days=1), "subject": "Fees"}, by=alice.actor)
        back = activities.revert_activity(call.id, 1, by=alice.actor)
        assert (back.occurred_at, back.duration_minutes, back.ended_at) == (NOON, 5, NOON + timedelta(minutes=5))
        assert (back.subject, back.outcome.name, back.body, back.version) == ("", "Connected", "<p>First</p>", 4)
        again = activities.revert_activity(call.id, 3, by=alice.actor)
        assert (again.occurred_at, again.duration_minutes) == (NOON - timedelta(days=1), 9)
        assert (again.subject, again.outcome) == ("Fees", None)


def test_a_call_that_moves_appears_where_it_belongs(alice: Person, lady: Contact) -> None:
    call = log(alice, lady, occurred_at=NOON, duration_minutes=5)
    with firm_context(alice.firm.id):
        moved = activities.edit_activity(call.id, {"occurred_at": NOON - timedelta(days=1)}, by=alice.actor)
        assert moved.ended_at == moved.occurred_at + timedelta(minutes=5)
        moments = set(Event.rows().filter(type="call.logged").values_list("occurred_at", flat=True))
    assert moments == {NOON, NOON - timedelta(days=1)}
    html = alice.client().get(alice.url(f"contacts/{lady.id}/timeline")).content.decode()
    assert html.count("logged a call") == 1


def test_only_who_logged_it_and_managers_change_it(alice: Person, bob: Person, lady: Contact) -> None:
    call = log(alice, lady)
    with firm_context(alice.firm.id):
        for verb in (lambda: activities.edit_activity(call.id, {"body": "<p>x</p>"}, by=bob.actor),
                     lambda: activities.delete_activity(call.id, by=bob.actor)):  # fmt: skip
            with pytest.raises(Forbidden):
                verb()
    his = log(bob, lady)
    with firm_context(alice.firm.id):
        assert activities.edit_activity(his.id, {"body": "<p>x</p>"}, by=alice.actor).version == 2


def test_a_deleted_call_comes_back(alice: Person, lady: Contact) -> None:
    call = log(alice, lady)
    with firm_context(alice.firm.id):
        activities.delete_activity(call.id, by=alice.actor)
        with pytest.raises(NotFound):
            access.activity(alice.actor, call.id)
        activities.restore_activity(call.id, by=alice.actor)
        assert access.activity(alice.actor, call.id).pk == call.pk


def test_another_firm_neither_reads_nor_writes_it(alice: Person, charlie: Person, lady: Contact) -> None:
    call = log(alice, lady)
    with firm_context(charlie.firm.id):
        for verb in (
            lambda: access.activity(charlie.actor, call.id),
            lambda: activities.edit_activity(call.id, {"body": "<p>x</p>"}, by=charlie.actor),
            lambda: activities.delete_activity(call.id, by=charlie.actor),
            lambda: comments.comment_on_activity(call.id, "<p>x</p>", by=charlie.actor),
            lambda: activities.log_activity("call", {}, [("contact", lady.id)], by=charlie.actor),
        ):
            with pytest.raises(NotFound):
                verb()
        assert reads.call_stats(charlie.actor, NOON - timedelta(days=9999), NOON + timedelta(days=9999)) == []


def test_calls_are_counted_by_member_outcome_and_period(
    alice: Person, bob: Person, lady: Contact, option: Option
) -> None:
    yes, no = option("call", "Connected"), option("call", "No answer")
    log(alice, lady, occurred_at=NOON, duration_minutes=10, outcome=yes)
    log(alice, lady, occurred_at=NOON, duration_minutes=0, outcome=no, direction="inbound")
    log(bob, lady, occurred_at=NOON, duration_minutes=5, outcome=yes)
    log(bob, lady, occurred_at=NOON - timedelta(days=40), duration_minutes=90)
    log(bob, lady, scheduled_at=NOON)
    since, until = NOON - timedelta(days=30), NOON + timedelta(days=1)
    with firm_context(alice.firm.id):
        first, second = reads.call_stats(alice.actor, since, until)
        assert (first.name, first.calls, first.inbound, first.outbound, first.connected) == ("Alice Ash", 2, 1, 1, 1)
        assert (first.minutes, first.average, second.minutes) == (10, 5.0, 5)
        rows = reads.calls_between(alice.actor, since, until)
        assert [(name, count) for name, _, count in reads.outcomes_of(rows)] == [("Connected", 2), ("No answer", 1)]
        assert [f.name for f in reads.call_stats(alice.actor, since, until, member=bob.membership.id)] == ["Bob Beech"]


def test_an_email_needs_a_subject_or_words(alice: Person, lady: Contact) -> None:
    with pytest.raises(InvalidInput, match="what the email was about"):
        log(alice, lady, "email")
    assert log(alice, lady, "email", subject=" Offer  ").subject == "Offer"


def test_a_meeting_has_a_place(alice: Person, lady: Contact) -> None:
    assert log(alice, lady, "meeting", location="Room 4", duration_minutes=60).location == "Room 4"


def test_comments_name_members_once(alice: Person, bob: Person, lady: Contact) -> None:
    call = log(alice, lady)
    mark = f'<span class="mention" data-type="mention" data-id="{bob.membership.id}" data-label="Bob">@Bob</span>'
    with firm_context(alice.firm.id):
        made = comments.comment_on_activity(call.id, f"<p>{mark} look<script>x</script></p>", by=alice.actor)
        assert "<script" not in made.body
        comments.edit_comment(made.id, f"<p>{mark} look here</p>", by=alice.actor)
        assert Event.rows().filter(type="call.mentioned").count() == 1
        assert Event.rows().get(type="call.comment_edited").data["text"].endswith("look here")
        with pytest.raises(Forbidden):
            comments.delete_comment(made.id, by=bob.actor)
        comments.delete_comment(made.id, by=alice.actor)
        assert reads.comments_of(activity_id=call.id) == [] and Comment.rows().count() == 1
        with pytest.raises(InvalidInput):
            comments.comment_on_activity(call.id, "<p> </p>", by=alice.actor)


def test_options_are_named_once_sorted_and_need_the_right(alice: Person, bob: Person, option: Option) -> None:
    option("call", "Connected")
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput, match="already"):
            options.create_option("call", "outcome", "CONNECTED", by=alice.actor)
        with pytest.raises(Forbidden):
            options.create_option("call", "outcome", "Other", by=bob.actor)
        with pytest.raises(InvalidInput, match="colour"):
            options.create_option("call", "outcome", "Other", by=alice.actor, color="#fff")
        made = options.create_option("call", "outcome", "Call back", by=alice.actor, color="teal")
        order = [made.pk, *(o.pk for o in reads.options(alice.actor, "call", "outcome") if o.pk != made.pk)]
        options.sort_options(order, by=alice.actor)
        assert reads.options(alice.actor, "call", "outcome")[0].name == "Call back"
        assert Event.rows().get(type="activity_option.reordered").data["order"][:2] == ["Call back", "Connected"]
        late = options.create_option("call", "outcome", "Sent a letter", by=alice.actor)
        options.sort_options(order[::-1], by=alice.actor)  # as somebody sees them who does not know of the letter
        assert [o.pk for o in reads.options(alice.actor, "call", "outcome")] == [*order[::-1], late.pk]
        assert Event.rows().filter(type="activity_option.reordered").count() == 2
        assert options.add_usual_options(by=alice.actor) == 0
        with pytest.raises(NotFound):
            options.update_option(uuid4(), by=alice.actor, name="x")
