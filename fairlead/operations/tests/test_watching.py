"""Watching the installation: incidents are written down, and the operators are told when they last."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail

from fairlead.accounts.public import User
from fairlead.accounts.tests.cast import Person
from fairlead.kernel.clock import now
from fairlead.kernel.health import Finding
from fairlead.kernel.letters import Unanswered
from fairlead.operations import watching
from fairlead.operations.models import Incident

pytestmark = pytest.mark.django_db
WELL = Finding("disk", "ok")
FULL = Finding("disk", "failing", "Less than 1 GiB of disk is free.", "Make room.")
SLOW = Finding("disk", "degraded", "It is slow.")


@pytest.fixture(autouse=True)
def operator(alice: Person, charlie: Person) -> Iterator[Person]:
    User.objects.filter(pk=alice.user.pk).update(is_operator=True)
    User.objects.filter(pk=charlie.user.pk).update(is_operator=False)
    mail.outbox.clear()
    yield alice


def age(minutes: int) -> None:
    Incident.objects.update(began_at=now() - timedelta(minutes=minutes))


def look(*findings: Finding) -> None:
    watching.write_down(findings)
    watching.tell()


def test_what_passes_at_once_calls_nobody() -> None:
    look(FULL)
    look(WELL)
    assert Incident.objects.get().ended_at is not None
    assert mail.outbox == []


def test_what_lasts_is_told_once_to_the_operators_and_so_is_its_end(operator: Person) -> None:
    look(FULL)
    age(3)
    look(FULL)
    look(FULL)
    (told,) = mail.outbox
    assert told.to == [operator.user.email]
    assert told.subject == "Fairlead: disk is failing"
    assert "Less than 1 GiB of disk is free." in told.body and "Make room." in told.body
    look(WELL)
    look(WELL)
    assert [m.subject for m in mail.outbox[1:]] == ["Fairlead: disk is well again"]


def test_people_can_still_work_so_it_may_wait_longer() -> None:
    look(SLOW)
    age(3)
    look(SLOW)
    assert mail.outbox == []
    age(16)
    look(SLOW)
    assert [m.subject for m in mail.outbox] == ["Fairlead: disk is degraded"]


def test_it_got_worse_in_the_same_incident() -> None:
    look(SLOW)
    age(3)
    look(FULL)
    assert Incident.objects.get().status == "failing"
    assert [m.subject for m in mail.outbox] == ["Fairlead: disk is failing"]


def test_a_check_that_is_gone_ends_its_incident() -> None:
    look(FULL, Finding("old", "failing", "Gone."))
    look(FULL)
    assert Incident.objects.get(check_name="old").ended_at is not None


def test_a_mail_that_cannot_leave_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    look(FULL)
    age(3)
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", lambda self: (_ for _ in ()).throw(OSError("no server")))
        with pytest.raises(OSError, match="no server"):
            look(FULL)
    look(FULL)
    assert len(mail.outbox) == 1


def test_one_that_may_have_left_is_not_sent_every_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    look(FULL)
    age(3)
    with monkeypatch.context() as silent:
        silent.setattr(mail.EmailMessage, "send", lambda self: (_ for _ in ()).throw(Unanswered("no word")))
        look(FULL)
    look(FULL)
    assert mail.outbox == []


def test_without_an_operator_nothing_is_sent_and_nothing_breaks() -> None:
    User.objects.update(is_operator=False)
    look(FULL)
    age(3)
    look(FULL)
    assert mail.outbox == []


def test_the_job_looks_at_the_real_checks() -> None:
    watching.watch()
    assert not Incident.objects.filter(check_name="database").exists()
