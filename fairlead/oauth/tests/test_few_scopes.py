"""What is a person's own stands in no scope: a program within scopes is neither told of it nor changes it."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.models import CalendarFeed
from fairlead.api.tests.client import Api, problem
from fairlead.kernel import clock
from fairlead.notifications.models import Notice, Preference
from fairlead.oauth.models import Connection
from fairlead.oauth.tests.flow import Robin
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def notice(person: Person) -> Notice:
    with firm_context(person.firm.id):
        made: Notice = Notice.objects.create(
            member=person.membership, kind="mentioned", key="k", title="Alice: the client is bankrupt",
            occurred_at=clock.now(),
        )  # fmt: skip
        return made


def test_it_reads_no_notices_and_changes_no_wishes(alice: Person, bob: Person) -> None:
    told = notice(bob)
    robin, few, whole = Robin(alice).connected(bob, "tasks.view"), Api(bob, scopes=("tasks.view",)), Api(bob)
    for path in ("notifications", f"notifications/{told.pk}", "notifications/unread"):
        assert robin.calls(path).json()["code"] == "scoped"
        problem(few.get(path), 403, "scoped")
        assert whole.get(path).status_code == 200
    wish = {"data": [{"kind": "mentioned", "in_app": False, "mail": "never"}]}
    problem(few.patch("notification-preferences", wish), 403, "scoped")
    problem(few.patch("notification-preferences/schedule", {"digest_at": None}), 403, "scoped")
    with firm_context(bob.firm.id):
        assert not Preference.rows().exists()
    assert bob.client().get(bob.url("notifications/")).status_code == 200


def test_it_neither_sees_nor_ends_what_else_is_connected(alice: Person, bob: Person) -> None:
    wren, robin = (Robin(alice, name=name).connected(bob, "tasks.view") for name in ("Wren", "Robin"))
    with firm_context(bob.firm.id):
        other = Connection.rows().get(application=wren.application)
    assert robin.calls("connections").json()["code"] == "scoped"
    assert robin.calls(f"connections/{other.pk}", "delete").status_code == 403
    assert wren.calls().status_code == 200


def test_it_makes_no_calendar_address_that_outlives_it(alice: Person, bob: Person) -> None:
    robin, few = Robin(alice).connected(bob, "tasks.view"), Api(bob, scopes=("tasks.view",))
    everything = " ".join(sorted(bob.actor.permissions))
    assert Robin(alice, name="Wren").connected(bob, everything).calls("calendar-feed", "put").status_code == 403
    assert robin.calls("calendar-feed", "put").status_code == 403
    problem(few.call("PUT", "calendar-feed"), 403, "scoped")
    problem(few.call("PATCH", "signature", {"html": "<p>Pay to 123</p>"}), 403, "scoped")
    with firm_context(bob.firm.id):
        assert not CalendarFeed.rows().exists()
    assert Api(bob).call("PUT", "calendar-feed").status_code == 201
