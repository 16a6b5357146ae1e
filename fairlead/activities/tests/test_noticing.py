"""Who is told of what happens to tasks and in conversations."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.models import Team, TeamMembership
from fairlead.accounts.tests import cast
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.comments import comment_on_activity
from fairlead.activities.actions.tasks import create_task
from fairlead.api.tests.client import Api
from fairlead.events.public import Event, record
from fairlead.notifications import following, rules
from fairlead.notifications.models import Notice
from fairlead.tenancy.public import Firm, Visibility, firm_context, system_actor

pytestmark = pytest.mark.django_db


def told(person: Person) -> dict[str, list[str]]:
    """Read the log as the consumer does; return the titles of the notices by the first name of who gets them."""
    found: dict[str, list[str]] = {}
    with firm_context(person.firm.id):
        following.follow(list(Event.rows().order_by("id")))
        for notice in Notice.rows().select_related("member__user").order_by("id"):
            found.setdefault(notice.member.user.first_name, []).append(notice.title)
    return found


def mention(person: Person) -> str:
    name = person.user.first_name
    mark = f'class="mention" data-type="mention" data-id="{person.membership.id}" data-label="{name}"'
    return f"<p><span {mark}>@{name}</span> look</p>"


@pytest.fixture
def ada(alice: Person) -> str:
    return str(Api(alice).post("contacts", {"first_name": "Ada"}).json()["id"])


def test_who_is_named_in_a_note_is_told(alice: Person, bob: Person, charlie: Person, ada: str) -> None:
    about = [{"noun": "contact", "id": ada}]
    answer = Api(alice).post("notes", {"body": mention(bob), "about": about})
    assert answer.status_code == 201, answer.content
    assert told(alice) == {"Bob": ["Alice Ash (test) mentioned you in a note about Ada"]}
    assert told(charlie) == {}


def test_who_may_not_see_the_record_is_told_nothing_of_it(alice: Person, bob: Person, ada: str) -> None:
    Firm.objects.filter(pk=alice.firm.pk).update(visibility=Visibility.OWNER)
    Api(alice).patch(f"contacts/{ada}", {"owner": str(alice.membership.id)})
    about = [{"noun": "contact", "id": ada}]
    note = Api(alice).post("notes", {"body": mention(bob), "about": about}).json()
    Api(alice).post(f"notes/{note['id']}/comments", {"body": mention(bob)})
    assert "Bob" not in told(alice)
    typed = {"kind": "note", "about": f"contact:{ada}", "body": mention(bob)}
    answer = alice.client().post(alice.url("activities/quick"), typed, headers={"HX-Request": "true"})
    assert "Bob Beech may not see it, and is not told." in answer.headers["Fairlead-Effects"]


def test_whom_it_is_about_is_told_to_those_alone_who_may_see_it(alice: Person, bob: Person, ada: str) -> None:
    Firm.objects.filter(pk=alice.firm.pk).update(visibility=Visibility.OWNER)
    Api(alice).patch(f"contacts/{ada}", {"owner": str(alice.membership.id)})
    ben = Api(bob).post("contacts", {"first_name": "Ben", "owner": str(bob.membership.id)}).json()["id"]
    both = [{"noun": "contact", "id": pk} for pk in (ada, ben)]
    Api(alice).post("notes", {"body": mention(bob), "about": both})
    assert told(alice) == {"Bob": ["Alice Ash (test) mentioned you in a note"]}


def test_a_comment_is_told_to_the_author_and_to_who_spoke_before(alice: Person, bob: Person, ada: str) -> None:
    note = Api(alice).post("notes", {"body": "<p>Hello</p>", "about": [{"noun": "contact", "id": ada}]}).json()
    Api(bob).post(f"notes/{note['id']}/comments", {"body": "<p>Well said</p>"})
    assert told(alice) == {"Alice": ["Bob Beech (test) commented on a note about Ada"]}
    Api(alice).post(f"notes/{note['id']}/comments", {"body": "<p>Thanks</p>"})
    assert told(alice)["Bob"] == ["Alice Ash (test) commented on a note about Ada"]


def test_a_comment_on_a_task_is_told_to_who_does_it(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        task = create_task({"title": "Call", "assignees": [bob.membership.id]}, by=alice.actor)
    Api(alice).post(f"tasks/{task.pk}/comments", {"body": "<p>Today, please</p>"})
    assert told(alice)["Bob"] == ["Alice Ash assigned you “Call”", "Alice Ash (test) commented on “Call”"]


def test_who_is_named_in_a_comment_is_told_of_that_alone(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        task = create_task({"title": "Call", "assignees": [bob.membership.id]}, by=alice.actor)
    Api(alice).post(f"tasks/{task.pk}/comments", {"body": mention(bob)})
    assert told(alice)["Bob"] == ["Alice Ash assigned you “Call”", "Alice Ash (test) mentioned you on “Call”"]


def test_reminders_reach_everybody_who_does_it_once(alice: Person, bob: Person) -> None:
    reads_times(alice, "Europe/Berlin", "")
    reads_times(bob, "America/New_York", "month_day")
    with firm_context(alice.firm.id):
        doers = [alice.membership.id, bob.membership.id]
        values = {"title": "Call", "assignees": doers, "due_on": "2030-01-02", "due_time": "04:00"}
        task = create_task(values, by=alice.actor)
        due = task.due_at.isoformat()
        for _ in range(2):  # a worker that was killed may write the second one
            data = {"title": "Call", "due": due, "minutes": 10}
            record("task.reminded", by=system_actor(alice.firm.id), subject=("task", task.pk), data=data)
        data = {"title": "Call", "due": due}
        record("task.overdue", by=system_actor(alice.firm.id), subject=("task", task.pk), data=data)
    assert told(alice)["Alice"] == ["Reminder: Call", "Overdue: Call"]
    assert told(alice)["Bob"] == ["Alice Ash assigned you “Call”", "Reminder: Call", "Overdue: Call"]
    with firm_context(alice.firm.id):
        texts = dict(Notice.rows().filter(title="Overdue: Call").values_list("member", "text"))
    assert texts == {
        alice.membership.id: "Due 2 Jan 2030, 04:00",
        bob.membership.id: "Due Jan 1, 2030, 22:00",  # it is still New Year's Day where Bob is
    }


def test_a_task_without_a_time_is_due_on_its_own_day_everywhere(alice: Person, bob: Person) -> None:
    reads_times(bob, "Pacific/Auckland", "")
    with firm_context(alice.firm.id):
        create_task({"title": "Call", "assignees": [bob.membership.id], "due_on": "2030-01-02"}, by=alice.actor)
    assert told(alice)["Bob"] == ["Alice Ash assigned you “Call”"]
    with firm_context(alice.firm.id):
        assert Notice.rows().get(member=bob.membership.id).text == "Due 2 January 2030"


def reads_times(person: Person, zone: str, style: str) -> None:
    """Let a person live in a zone, and write dates in a style."""
    person.user.time_zone, person.user.preferences = zone, {"date_format": style}
    person.user.save()


def test_somebody_who_is_gone_is_told_nothing_and_holds_nobody_up(alice: Person, bob: Person, ada: str) -> None:
    with firm_context(alice.firm.id):
        record("note.mentioned", by=alice.actor, subject=("contact", UUID(ada)), data={"member": str(uuid4())})
    Api(alice).post("notes", {"body": mention(bob), "about": [{"noun": "contact", "id": ada}]})
    assert told(alice) == {"Bob": ["Alice Ash (test) mentioned you in a note about Ada"]}


def test_many_tasks_at_once_are_told_in_one_notice(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        for title in ("Call", "Write", "Meet", "Bill", "Rest"):
            create_task({"title": title, "assignees": [bob.membership.id]}, by=alice.actor)
    assert told(alice)["Bob"] == ["Alice Ash assigned you 5 tasks"]
    with firm_context(alice.firm.id):
        notice = Notice.rows().get(member=bob.membership.id)
    assert (notice.text, notice.link) == ("“Call”, “Write”, “Meet” and 2 more", "tasks/mine/")


@pytest.mark.parametrize("visibility", [Visibility.EVERYONE, Visibility.TEAM])
def test_telling_twelve_asks_no_more_than_telling_two(alice: Person, ada: str, visibility: Visibility) -> None:
    Firm.objects.filter(pk=alice.firm.pk).update(visibility=visibility)
    people = [cast.join(alice.firm, f"Member{n}", "Elm") for n in range(12)]
    with firm_context(alice.firm.id):
        team = Team.objects.create(name="Audit")
        for person in (alice, *people):
            TeamMembership.objects.create(team=team, membership=person.membership)
    Api(alice).patch(f"contacts/{ada}", {"owner": str(alice.membership.id)})
    about = [{"noun": "contact", "id": ada}]
    asked = []
    for some in (people[:2], people):
        note = Api(alice).post("notes", {"body": "".join(map(mention, some)), "about": about}).json()["id"]
        with firm_context(alice.firm.id):
            for person in some:
                comment_on_activity(UUID(note), "<p>Well</p>", by=person.actor)
            comment_on_activity(UUID(note), "<p>Thank you all</p>", by=alice.actor)
            events = list(Event.rows().filter(type="note.mentioned", data__activity=note))
            events += Event.rows().filter(type="note.commented", actor_id=alice.membership.id).order_by("-id")[:1]
            with CaptureQueriesContext(connection) as queries:
                drafts = rules.drafts(events)
        assert len([d for d in drafts if d.member != alice.membership.id]) == 2 * len(some)
        asked.append(len(queries))
    assert asked[0] == asked[1]
