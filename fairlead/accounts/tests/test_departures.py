"""A last day: set in advance, kept by the firm's calendar, taken back."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from fairlead.accounts import jobs
from fairlead.accounts.actions import departures, members
from fairlead.accounts.models import Membership
from fairlead.accounts.tests.cast import Person, join
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.kernel.text import squeeze
from fairlead.tenancy.public import Firm, Role, firm_context

pytestmark = pytest.mark.django_db
LAST = date(2027, 3, 31)
ON_THE_DAY = datetime(2027, 3, 31, 23, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
THE_DAY_AFTER = datetime(2027, 4, 1, 0, 30, tzinfo=ZoneInfo("America/Los_Angeles"))


@pytest.fixture(autouse=True)
def in_los_angeles(firm_a: Firm) -> None:
    Firm.objects.filter(pk=firm_a.pk).update(time_zone="America/Los_Angeles")


@pytest.fixture
def inside(firm_a: Firm) -> Iterator[None]:
    with firm_context(firm_a.id):
        yield


def plan(leaver: Person, successor: Person, by: Person) -> None:
    departures.plan_departure(leaver.membership.id, last_day=LAST, successor_id=successor.membership.id, by=by.actor)


def end_at(moment: datetime, firm: Firm) -> None:
    """Let the schedule call at a moment."""
    with clock.frozen(moment):
        jobs.end_memberships(firm_id=firm.id)


def is_active(person: Person) -> bool:
    return Membership.rows().get(pk=person.membership.pk).is_active


def test_who_had_their_last_day_is_deactivated_by_itself(
    alice: Person, bob: Person, charlie: Person, inside: None
) -> None:
    plan(bob, alice, by=alice)
    end_at(ON_THE_DAY, alice.firm)
    assert is_active(bob)
    end_at(THE_DAY_AFTER, alice.firm)
    assert not is_active(bob)
    assert is_active(alice)
    event = Event.rows().get(type="member.deactivated")
    assert (event.actor_kind, event.data["successor"]) == ("system", alice.user.name)
    assert event.actor_label == "Fairlead (planned by Alice Ash)", "Who gets what was Bob's knows whom to ask."
    with firm_context(charlie.firm.id):
        assert is_active(charlie)


def test_an_owner_takes_over_when_the_successor_has_left(alice: Person, bob: Person, inside: None) -> None:
    dana = join(alice.firm, "Dana", "Dogwood")
    plan(bob, dana, by=alice)
    members.deactivate_member(dana.membership.id, successor_id=alice.membership.id, by=alice.actor)
    end_at(THE_DAY_AFTER, alice.firm)
    assert Event.rows().filter(type="member.deactivated", data__successor=alice.user.name).count() == 2


def test_the_last_owner_stays(alice: Person, bob: Person, inside: None) -> None:
    with pytest.raises(Conflict, match="last owner"):
        plan(alice, bob, by=alice)
    erin = join(alice.firm, "Erin", "Elm", Role.OWNER)
    plan(alice, bob, by=erin)
    plan(erin, bob, by=alice)
    end_at(THE_DAY_AFTER, alice.firm)
    assert [is_active(alice), is_active(erin)].count(True) == 1


def test_a_last_day_is_refused_to_who_may_not_and_when_it_makes_no_sense(
    alice: Person, bob: Person, charlie: Person, inside: None
) -> None:
    with pytest.raises(Forbidden):
        plan(alice, bob, by=bob)
    with pytest.raises(NotFound):
        plan(charlie, alice, by=alice)
    with pytest.raises(InvalidInput, match="successor"):
        plan(bob, charlie, by=alice)
    with pytest.raises(InvalidInput, match="past"), clock.frozen(THE_DAY_AFTER):
        plan(bob, alice, by=alice)
    with pytest.raises(Conflict, match="no last day"):
        departures.cancel_departure(bob.membership.id, by=alice.actor)


def test_it_is_set_and_taken_back_on_the_pages(alice: Person, bob: Person) -> None:
    client, page = alice.client(), reverse("accounts:members", kwargs={"firm": alice.firm.slug})
    where = {"firm": alice.firm.slug, "member_id": bob.membership.id}
    values = {"successor": str(alice.membership.id), "last_day": "2099-03-31"}
    assert client.post(reverse("accounts:deactivate", kwargs=where), values).status_code == 302
    told = squeeze(client.get(page).content.decode())
    assert "Bob Beech works until 31 Mar 2099, then Alice Ash takes over." in told
    assert "Last day 31 Mar 2099" in told and "then Alice Ash</span>" in told
    assert bob.client().get(page).status_code == 200
    assert client.post(reverse("accounts:stay", kwargs=where)).status_code == 302
    assert "Last day" not in client.get(page).content.decode()
    wrong = client.post(reverse("accounts:deactivate", kwargs=where), values | {"last_day": "2001-01-01"})
    assert (wrong.status_code, b"This day is past" in wrong.content) == (422, True)


def test_it_is_set_and_taken_back_over_the_api(alice: Person, bob: Person) -> None:
    api, path = Api(alice), f"members/{bob.membership.id}/deactivation"
    planned = api.post(path, {"successor": str(alice.membership.id), "last_day": "2099-03-31"}).json()
    assert (planned["last_day"], planned["deactivated_at"]) == ("2099-03-31", None)
    assert api.delete(path).json()["last_day"] is None
    assert Api(bob).post(path, {"successor": str(alice.membership.id), "last_day": "2099-03-31"}).status_code == 403
