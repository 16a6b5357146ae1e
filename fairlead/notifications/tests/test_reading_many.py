"""Marking very many notices as read: the newest at once, the others right after, what comes meanwhile not at all."""

from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.notifications import reads
from fairlead.notifications.actions import reading
from fairlead.notifications.models import LivePost, Notice
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 2)


def told(person: Person, *titles: str, **more: Any) -> None:
    given = {"member": person.membership, "kind": "task_assigned", "occurred_at": clock.now(), **more}
    with firm_context(person.firm.id):
        for title in titles:
            Notice.objects.create(key=f"task_assigned:{title}", title=title, **given)


def unread(person: Person) -> list[str]:
    with firm_context(person.firm.id):
        return [n.title for n in reads.newest(person.actor, unread=True)]


def test_all_become_read_the_newest_first(alice: Person, bob: Person, charlie: Person) -> None:
    for person in (alice, bob, charlie):
        told(person, *"ABCDEFG")
    told(alice, "mailed only", shown=False)
    with firm_context(alice.firm.id):
        assert reading.mark_all_read(by=alice.actor) == 7
        assert Notice.rows().get(member=alice.membership, title="A").read_at is None
    assert unread(alice) == list("EDCBA")
    told(alice, "H")
    with firm_context(alice.firm.id):
        LivePost.rows().delete()
    drain()
    assert unread(alice) == ["H"], "nobody has seen it"
    assert (unread(bob), unread(charlie)) == (list("GFEDCBA"), list("GFEDCBA"))
    with firm_context(alice.firm.id):
        assert Notice.rows().filter(read_at__isnull=False).count() == 7, "what is not shown is left alone"
        assert {p.member_id for p in LivePost.rows()} == {alice.membership.pk}, "her bell is told of each piece"


def test_few_become_read_within_the_request(alice: Person) -> None:
    told(alice, "A", "B")
    with firm_context(alice.firm.id):
        assert reading.mark_all_read(by=alice.actor) == 2
    assert unread(alice) == [] and drain() == 0


def test_the_api_and_the_page_say_how_many(alice: Person, bob: Person) -> None:
    for person in (alice, bob):
        told(person, *"ABCDE")
    assert Api(alice).post("notifications/readings").json() == {"count": 5}
    answer = bob.client().post(bob.url("notifications/read"), headers={"HX-Request": "true"})
    assert "5 marked as read" in str(answer.headers)
    drain()
    assert (unread(alice), unread(bob)) == ([], [])
