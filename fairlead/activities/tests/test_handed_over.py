"""Who deactivates a member is told what passed on, in words and numbers."""

from datetime import timedelta
from html import unescape

import pytest

from fairlead.accounts import handover
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities
from fairlead.activities.handover import PLANNED
from fairlead.activities.models import Activity
from fairlead.activities.tests.task_cast import make
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.people.actions.contacts import create_contact, delete_contacts
from fairlead.tenancy.public import firm_context, system_actor

pytestmark = pytest.mark.django_db


def own(bob: Person) -> None:
    """Two contacts of Bob's, a third in the bin, and a task."""
    with firm_context(bob.firm.id):
        names = ("Ada", "Grace", "Joan")
        made = [create_contact({"first_name": n, "owner": str(bob.membership.pk)}, by=bob.actor) for n in names]
        delete_contacts([made[2].pk], by=bob.actor)
    make(bob, title="Ring up", assignees=[bob.membership.pk])


def deactivate(alice: Person, bob: Person) -> str:
    where = alice.url(f"settings/members/{bob.membership.pk}/deactivate/")
    return unescape(alice.client().post(where, {"successor": str(alice.membership.pk)}, follow=True).content.decode())


def test_the_toast_counts_what_passed_to_whom(alice: Person, bob: Person) -> None:
    own(bob)
    assert "Bob Beech is deactivated. Alice Ash takes over 2 contacts and 1 task." in deactivate(alice, bob)


def test_the_toast_says_when_nothing_passed(alice: Person, bob: Person) -> None:
    assert "Alice Ash takes over nothing, because nothing was theirs." in deactivate(alice, bob)


def test_the_api_counts_too(alice: Person, bob: Person) -> None:
    own(bob)
    path, values = f"members/{bob.membership.pk}/deactivation", {"successor": str(alice.membership.pk)}
    assert Api(alice).post(path, {**values, "last_day": "2099-03-31"}).json()["handed_over"] == {}
    moved = Api(alice).post(path, values).json()["handed_over"]
    assert (moved["contacts"], moved["tasks"], moved["deals"]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({"contacts": 0}, ""),
        ({"companies": 1}, "1 company"),
        ({"contacts": 1_200, "companies": 0, "shared views": 1}, "1,200 contacts and 1 shared view"),
        ({"contacts": 2, "companies": 3, "deals": 1}, "2 contacts, 3 companies and 1 deal"),
        ({"assignment rules": 1, "shared snippets": 2}, "1 assignment rule and 2 shared snippets"),
    ],
)
def test_counts_read_as_people_write_them(moved: dict[str, int], words: str) -> None:
    assert handover.said(moved) == words


def test_calls_still_to_come_pass_on_and_held_ones_stay(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(bob.firm.id):
        about = [("contact", create_contact({"first_name": "Ada"}, by=bob.actor).pk)]
        coming = clock.now() + timedelta(days=3)
        planned = activities.log_activity("call", {"scheduled_at": coming}, about, by=bob.actor)
        held = activities.log_activity("call", {}, about, by=bob.actor)
    assert "takes over 1 planned activity." in deactivate(alice, bob)
    with firm_context(alice.firm.id):
        authors = dict(Activity.rows().values_list("pk", "author_id"))
        told = Event.rows().get(type="call.handed_over")
    assert (authors[planned.pk], authors[held.pk]) == (alice.membership.pk, bob.membership.pk)
    assert (told.data["to"], told.data["activity"]) == ("Alice Ash", str(planned.pk))
    page = alice.client().get(alice.url(f"contacts/{about[0][1]}/timeline")).content.decode()
    assert "over to Alice Ash" in unescape(page)
    assert "Ada" in alice.client().get(alice.url("tasks/mine/")).content.decode()


def test_a_last_day_hands_planned_calls_over_too(alice: Person, bob: Person) -> None:
    with firm_context(bob.firm.id):
        about = [("contact", create_contact({"first_name": "Ada"}, by=bob.actor).pk)]
        activities.log_activity("meeting", {"scheduled_at": clock.now() + timedelta(days=3)}, about, by=bob.actor)
        by = system_actor(bob.firm.pk, "Last day", via="job")
        handover.pass_on_all(PLANNED, bob.membership.pk, alice.membership.pk, by=by)
        assert Activity.rows().get().author_id == alice.membership.pk
