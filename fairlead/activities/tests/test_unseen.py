"""What somebody may not see stays as it is when they save, and is not told of by the way."""

import pytest

from fairlead.accounts.models import CustomRole, Membership
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, blocking
from fairlead.activities.actions.comments import comment_on_task
from fairlead.activities.actions.tasks import update_task
from fairlead.activities.models import Task, TaskDependency, TaskLink
from fairlead.activities.tests.task_cast import make
from fairlead.api.tests.client import Api, problem
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import Firm, Visibility, firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def ada(alice: Person) -> Contact:
    """Alice's contact, whom Bob may not see: everybody sees only what is theirs."""
    Firm.objects.filter(pk=alice.firm.pk).update(visibility=Visibility.OWNER)
    alice.firm.refresh_from_db()
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Ada", "owner": alice.membership.id}, by=alice.actor)


@pytest.fixture
def hers(alice: Person, bob: Person) -> Contact:
    """Bob's contact."""
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Hers", "owner": bob.membership.id}, by=alice.actor)


def test_who_saves_a_task_keeps_what_they_may_not_see_of_it(alice: Person, bob: Person, ada: Contact) -> None:
    secret = make(alice, title="Ask the lawyer")
    task = make(alice, about=[("contact", ada.id)], blockers=[secret.id], assignees=[bob.membership.id])
    bob.firm.refresh_from_db()
    form = bob.client().get(bob.url(f"tasks/{task.pk}/edit"), headers=HX).content.decode()
    assert "Ask the lawyer" not in form
    posted = {"title": "Call twice", "parts": "1", "version": str(task.version), "assignees": str(bob.membership.id)}
    assert bob.client().post(bob.url(f"tasks/{task.pk}/edit"), posted, headers=HX).status_code == 204
    with firm_context(alice.firm.id):
        assert Task.rows().get(pk=task.pk).title == "Call twice"
        assert TaskLink.rows().get(task=task).record_id == ada.id
        assert TaskDependency.rows().get(task=task).blocker_id == secret.id
        update_task(task.id, {"about": [], "blockers": []}, by=alice.actor)
        assert not TaskLink.rows().filter(task=task).exists() and not TaskDependency.rows().exists()


def test_what_a_program_reads_of_a_task_it_may_send_back(alice: Person, bob: Person, ada: Contact) -> None:
    secret = make(alice, title="Ask the lawyer")
    task = make(alice, about=[("contact", ada.id)], blockers=[secret.id], assignees=[bob.membership.id])
    bob.firm.refresh_from_db()
    api = Api(bob)
    read = api.get(f"tasks/{task.id}").json()
    kept = {name: read[name] for name in ("about", "blockers", "assignees")}
    assert api.patch(f"tasks/{task.id}", kept).json()["blockers"] == [str(secret.id)]


def test_a_blocker_that_is_not_ones_own_to_see_is_not_named(alice: Person, bob: Person, ada: Contact) -> None:
    secret, mine = make(alice, title="Ask the lawyer"), make(bob, title="Read the file")
    task = make(alice, blockers=[secret.id, mine.id], assignees=[bob.membership.id])
    bob.firm.refresh_from_db()
    refused = problem(Api(bob).post(f"tasks/{task.id}/completions"), 409, "blocked")["detail"]
    assert "“Read the file”, 1 task of colleagues" in refused and "lawyer" not in refused
    page = bob.client().get(bob.url(f"tasks/{task.pk}/")).content.decode()
    assert "Read the file" in page and "lawyer" not in page
    assert "lawyer" in alice.client().get(alice.url(f"tasks/{task.pk}/")).content.decode()
    with firm_context(alice.firm.id):
        waits = make(alice, title="Tell the board", blockers=[mine.id])
    assert "Tell the board" not in bob.client().get(bob.url(f"tasks/{mine.pk}/")).content.decode()
    with firm_context(alice.firm.id):
        assert blocking.open_blockers(waits) == [mine]


def test_a_timeline_tells_nothing_of_tasks_that_one_may_not_see(
    alice: Person, bob: Person, ada: Contact, hers: Contact
) -> None:
    task = make(alice, title="Find another adviser", about=[("contact", ada.id)])
    with firm_context(alice.firm.id):
        comment_on_task(task.id, "<p>Before the winter</p>", by=alice.actor)
        update_task(task.id, {"about": [("contact", ada.id), ("contact", hers.id)]}, by=alice.actor)
        comment_on_task(task.id, "<p>They are unhappy</p>", by=alice.actor)
        ada.owner_id = bob.membership.id
        ada.save(update_fields=["owner"])
    bob.firm.refresh_from_db()
    for record in (ada, hers):
        page = bob.client().get(bob.url(f"contacts/{record.pk}/timeline"), headers=HX).content.decode()
        told = Api(bob).get(f"contacts/{record.pk}/timeline").content.decode()
        for said in ("another adviser", "Before the winter", "unhappy"):
            assert said not in page and said not in told
    assert "another adviser" not in Api(bob).get("feed").content.decode()
    own = alice.client().get(alice.url(f"contacts/{ada.pk}/timeline"), headers=HX)  # the owner of the firm sees all
    assert "another adviser" in own.content.decode()


def test_who_may_not_read_notes_and_tasks_reads_none_on_a_timeline(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        activities.write_note("<p>Owes us money</p>", [("contact", ada.id)], by=alice.actor)
        make(alice, title="Send a reminder", about=[("contact", ada.id)])
        role = CustomRole.objects.create(name="Desk", permissions=["contacts.view"])
        Membership.rows().filter(pk=bob.membership.pk).update(custom_role=role)
    page = bob.client().get(bob.url(f"contacts/{ada.pk}/timeline"), headers=HX)
    assert page.status_code == 200
    told = [page, Api(alice, ("contacts.view",)).get(f"contacts/{ada.pk}/timeline")]
    told.append(Api(alice, ("contacts.view",)).get("feed"))
    for answer in told:
        assert "Owes us" not in answer.content.decode() and "reminder" not in answer.content.decode()
    assert "Owes us" in Api(alice).get(f"contacts/{ada.pk}/timeline").content.decode()


def test_a_note_is_never_about_a_task_alone_where_nobody_would_see_it(alice: Person) -> None:
    task = make(alice)
    about = [{"noun": "task", "id": str(task.id)}]
    problem(Api(alice).post("notes", {"body": "<p>Done</p>", "about": about}), 422, "invalid")
    came = {**HX, "Referer": f"http://testserver{alice.url(f'tasks/{task.pk}/')}"}
    form = alice.client().get(alice.url("activities/quick"), headers=came).content.decode()
    assert f"task:{task.pk}" not in form
