"""Digests lose nothing: not what comes after today's, not what is more than fits, and keep the quiet hours."""

from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPDataError

import pytest
from django.core import mail

from fairlead.accounts.models import User
from fairlead.accounts.tests.cast import Person
from fairlead.kernel import clock
from fairlead.kernel.letters import Letter, Unanswered
from fairlead.notifications.actions import digesting, wishing
from fairlead.notifications.models import Digest, Notice
from fairlead.notifications.tests.test_notices import assign
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)  # a Monday


@pytest.fixture(autouse=True)
def by_digest(alice: Person, bob: Person) -> None:
    """Bob, in London, is told of his tasks in a digest at two in the afternoon."""
    User.objects.filter(pk=bob.user.pk).update(time_zone="Europe/London")
    with clock.frozen(NOON), firm_context(alice.firm.id):
        wishing.set_preferences({"task_assigned": {"in_app": True, "mail": "digest"}}, by=bob.actor)
    at(alice, bob, 14)


def at(alice: Person, bob: Person, hour: int | None, moment: datetime = NOON) -> None:
    with clock.frozen(moment), firm_context(alice.firm.id):
        wishing.set_rhythm({"digest_at": None if hour is None else time(hour)}, by=bob.actor)


def send(person: Person, moment: datetime) -> None:
    with clock.frozen(moment):
        while digesting.send_next(person.firm.id):
            pass


def test_what_comes_after_todays_digest_comes_tomorrow_though_its_time_was_changed(alice: Person, bob: Person) -> None:
    assign(alice, bob)
    send(alice, NOON + timedelta(hours=2))
    assign(alice, bob, "Call Charles")
    at(alice, bob, 17, NOON + timedelta(hours=3))
    send(alice, NOON + timedelta(hours=5))
    assert len(mail.outbox) == 1
    send(alice, NOON + timedelta(days=1, hours=5))
    assert len(mail.outbox) == 2 and "Call Charles" in mail.outbox[1].body


def test_more_than_fits_is_counted_and_led_to(alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digesting, "MOST", 2)
    for number in range(3):  # more at once would be one notice
        assign(alice, bob, f"Call {number}")
    send(alice, NOON + timedelta(hours=2))
    [digest] = mail.outbox
    assert "3 things to know" in digest.subject and "And 1 older one: http" in digest.body
    assert "Call 2" in digest.body and "Call 0" not in digest.body
    with firm_context(alice.firm.id):
        assert Digest.rows().get().count == 3 and not Notice.rows().filter(in_digest=True).exists()


def test_it_waits_for_monday_over_a_quiet_weekend(alice: Person, bob: Person) -> None:
    friday = NOON + timedelta(days=4, hours=3)
    with clock.frozen(friday), firm_context(alice.firm.id):
        assert wishing.set_rhythm({"quiet_weekends": True}, by=bob.actor).digest_due == NOON + timedelta(
            days=7, hours=2
        )
    assign(alice, bob)
    send(alice, friday + timedelta(days=1))
    assert mail.outbox == []
    send(alice, NOON + timedelta(days=7, hours=2))
    assert len(mail.outbox) == 1


def test_who_had_no_digest_is_not_told_of_what_came_meanwhile(alice: Person, bob: Person) -> None:
    at(alice, bob, None)
    assign(alice, bob, "Old")
    at(alice, bob, 14)
    assign(alice, bob, "New")
    send(alice, NOON + timedelta(hours=2))
    assert "1 thing to know" in mail.outbox[0].subject and "New" in mail.outbox[0].body


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> pytest.MonkeyPatch:
    def fail(letter: Letter) -> None:
        raise error

    monkeypatch.setattr(Letter, "send", fail)
    return monkeypatch


def test_one_that_the_mail_server_refuses_comes_later_the_same_day_and_once(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(alice, bob)
    with monkeypatch.context() as refusing:
        failing(refusing, SMTPDataError(451, b"greylisted"))
        send(alice, NOON + timedelta(hours=2))
        send(alice, NOON + timedelta(hours=2, minutes=15))
    assign(alice, bob, "Call Charles")
    send(alice, NOON + timedelta(hours=2, minutes=29))
    assert mail.outbox == [], "it waits a quarter of an hour"
    send(alice, NOON + timedelta(hours=2, minutes=30))
    send(alice, NOON + timedelta(hours=5))
    [digest] = mail.outbox
    assert "2 things to know" in digest.subject and "Call Charles" in digest.body
    with firm_context(alice.firm.id):
        assert (Digest.rows().get().state, Digest.rows().get().count) == ("sent", 2)


def test_what_was_refused_until_the_evening_is_in_tomorrows(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        wishing.set_rhythm({"quiet_from": time(14, 10), "quiet_until": time(20)}, by=bob.actor)
    assign(alice, bob)
    with monkeypatch.context() as refusing:
        failing(refusing, ConnectionRefusedError())
        send(alice, NOON + timedelta(hours=2))
    send(alice, NOON + timedelta(hours=3))
    assert mail.outbox == [], "not in the quiet hours"
    send(alice, NOON + timedelta(days=1, hours=2))
    assert len(mail.outbox) == 1 and "Call Ada" in mail.outbox[0].body


def test_one_that_the_mail_server_never_answered_is_not_repeated(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(alice, bob)
    with monkeypatch.context() as silent:
        failing(silent, Unanswered("It did not say."))
        send(alice, NOON + timedelta(hours=2))
    send(alice, NOON + timedelta(days=1, hours=2))
    assert mail.outbox == []
    with firm_context(alice.firm.id):
        assert Digest.rows().get().state == "sending"
