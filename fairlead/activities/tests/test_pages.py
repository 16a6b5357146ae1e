"""Every page and dialog of the room opens, for who may see it, and for nobody else."""

import re
from html import unescape
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, snippets, task_templates
from fairlead.activities.actions.completing import complete_task
from fairlead.activities.actions.options import furnish
from fairlead.activities.actions.tasks import create_task, update_task
from fairlead.activities.models import Activity
from fairlead.people.actions.contacts import create_contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
PAGES = (
    "activities/", "activities/?kind=call&mine=1", "activities/quick", "activities/quick?kind=meeting",
    "activities/templates/", "calls/", "calls/?days=7&direction=inbound", "calls/scheduled/", "calls/statistics/",
    "tasks/", "tasks/mine/", "tasks/team/", "tasks/team/?done=1", "tasks/widget", "tasks/new", "tasks/feed",
    "tasks/templates/", "tasks/templates/new", "snippets/", "snippets/new", "snippets/choices?q=log",
    "settings/signature/", "settings/activities/", "settings/activities/new?kind=call&role=type",
    "notifications/", "notifications/newest", "notifications/count", "settings/notifications/",
)  # fmt: skip


@pytest.fixture
def things(alice: Person) -> dict[str, str]:
    with firm_context(alice.firm.id):
        furnish(alice.actor)
        snippets.add_usual_snippets(by=alice.actor)
        ada = create_contact({"first_name": "Ada", "last_name": "Lovelace"}, by=alice.actor)
        about = [("contact", ada.id)]
        call = activities.log_activity("call", {"body": "<p>Hello</p>", "duration_minutes": 5}, about, by=alice.actor)
        values = {"title": "Call back", "due_on": "2030-01-02", "about": about, "checklist": ["One", "Two"],
                  "rrule": "FREQ=WEEKLY", "reminders": [10]}  # fmt: skip
        task = create_task(values, by=alice.actor)
        template = {"name": "Review", "title": "Prepare the review", "due_in_days": 3, "checklist": ["Read"]}
        made = task_templates.save_task_template(template, by=alice.actor)
        return {"ada": str(ada.id), "call": str(call.id), "task": str(task.id), "template": str(made.id)}


def test_a_task_keeps_the_reminders_and_the_rule_that_nobody_offers(alice: Person, things: dict[str, str]) -> None:
    with firm_context(alice.firm.id):
        given = {"reminders": [30, 4320], "rrule": "FREQ=MONTHLY;BYDAY=1MO", "due_time": "09:00"}
        update_task(UUID(things["task"]), given, by=alice.actor)
    shown = alice.client().get(alice.url(f"tasks/{things['task']}/edit")).content.decode()
    for words in ("30 minutes before", "3 days before", "Every month on the first Monday"):
        assert words in shown
    assert re.findall(r'name="reminders"\s+value="(\d+)"\s+checked', shown) == ["30", "4320"]
    wrong = {"title": "Call back", "due_on": "2030-01-02", "rrule": "every day", "rrule_own": "each <b>", "parts": "1"}
    refused = alice.client().post(alice.url("tasks/new"), wrong)
    assert refused.status_code == 422
    assert "no rule that can be followed" in refused.content.decode() and "each &lt;b&gt;" in refused.content.decode()


def test_a_template_keeps_the_reminder_and_the_rule_that_nobody_offers(alice: Person, things: dict[str, str]) -> None:
    with firm_context(alice.firm.id):
        given = {"remind_minutes": 30, "rrule": "FREQ=MONTHLY;BYDAY=1MO"}
        task_templates.save_task_template(given, by=alice.actor, template_id=UUID(things["template"]))
    one = alice.url(f"tasks/templates/{things['template']}/")
    shown = alice.client().get(one).content.decode()
    assert 'value="30" selected' in shown and 'value="FREQ=MONTHLY;BYDAY=1MO" selected' in shown
    typed = {"name": "Review", "title": "Prepare", "type": "todo", "priority": "3_normal", "checklist": "x" * 301}
    refused = alice.client().post(one, typed)
    assert refused.status_code == 422 and "steps of at most 300 characters" in refused.content.decode()


def test_a_first_day_begins_with_contacts(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        create_contact({"first_name": "Zoe"}, by=charlie.actor)
    assert f'{alice.url("contacts/import/")}"' in alice.page("tasks/mine/")
    assert "Nothing to do" in charlie.page("tasks/mine/")
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada"}, by=alice.actor)
    page = alice.page("tasks/mine/")
    assert "Nothing to do" in page and "Begin with" not in page


def test_the_tab_of_the_list_opens_with_what_is_still_to_be_done(alice: Person, things: dict[str, str]) -> None:
    with firm_context(alice.firm.id):
        done = create_task({"title": "Sign it", "due_on": "2030-01-01"}, by=alice.actor)
        complete_task(done.id, by=alice.actor)
    client = alice.client()
    tab = re.search(r'href="([^"]*/tasks/\?criteria=[^"]*)"', client.get(alice.url("tasks/mine/")).content.decode())
    assert tab
    shown = client.get(unescape(tab[1])).content.decode()
    assert "Call back" in shown and "Sign it" not in shown
    assert "Sign it" in client.get(alice.url("tasks/")).content.decode()


def test_pages_open(alice: Person, things: dict[str, str]) -> None:
    client = alice.client()
    own = [
        f"activities/{things['call']}/", f"activities/{things['call']}/edit", f"activities/{things['call']}/history",
        f"activities/{things['call']}/comments", f"activities/{things['call']}/associate",
        f"activities/composer?kind=call&about=contact:{things['ada']}", f"tasks/{things['task']}/",
        f"activities/composer?kind=task&about=contact:{things['ada']}", f"tasks/{things['task']}/edit",
        f"tasks/{things['task']}/assign", f"tasks/{things['task']}/delete", f"tasks/{things['task']}/comments",
        f"tasks/templates/{things['template']}/", f"tasks/new?template={things['template']}",
        f"contacts/{things['ada']}/", f"contacts/{things['ada']}/timeline", f"calls/?record=contact:{things['ada']}",
        f"contacts/{things['ada']}/panels/calls-contact", f"contacts/{things['ada']}/panels/open-tasks-contact",
        f"contacts/{things['ada']}/panels/recent-notes-contact",
    ]  # fmt: skip
    wrong = {}
    for path in [*PAGES, *own]:
        for headers in ({}, HX):
            response = client.get(alice.url(path), headers=headers)
            if response.status_code != 200:
                wrong[path] = response.status_code
    assert wrong == {}


def test_a_refused_call_says_what_and_where(alice: Person, things: dict[str, str]) -> None:
    client, there, ada = alice.client(), alice.url("activities/quick"), f"contact:{things['ada']}"

    def log(**typed: str) -> tuple[int, str]:
        answer = client.post(there, {"kind": "call", "body": "<p>Hello</p>", **typed}, headers=HX)
        return answer.status_code, answer.content.decode() + unescape(answer.headers.get("Fairlead-Effects", ""))

    status, told = log()
    assert status == 422 and "Choose at least one record that it is about." in told and 'aria-invalid="true"' in told
    assert "Minutes: A whole number is expected." in log(about=ada, duration_minutes="ten")[1]
    assert "When: This is still to come" in log(about=ada, at="2999-01-01T10:00")[1]
    assert "When: Say when it is to be." in log(about=ada, plan="1")[1]
    assert log(about=ada, at="2999-01-01T10:00", plan="1")[0] == 204
    assert "Call scheduled." in log(about=ada, at="2999-01-01T10:00", plan="1")[1]
    with firm_context(alice.firm.id):
        planned = Activity.rows().filter(scheduled_at__isnull=False).latest("created_at")
    one = alice.url(f"activities/{planned.pk}/")
    later = {"at": "2999-01-02T10:00", "body": "<p>Later</p>", "direction": "outbound"}
    assert client.post(f"{one}edit", later, headers=HX).status_code == 204
    assert client.post(f"{one}complete", later, headers=HX).status_code == 422


def test_a_stranger_finds_nothing(charlie: Person, things: dict[str, str]) -> None:
    client = charlie.client()
    for path in (f"activities/{things['call']}/", f"tasks/{things['task']}/", f"tasks/{things['task']}/edit",
                 f"tasks/templates/{things['template']}/", f"activities/{things['call']}/comments"):  # fmt: skip
        assert client.get(charlie.url(path)).status_code == 404
    for verb in ("complete", "snooze", "reopen", "restore", "delete", "assign", "steps"):
        assert client.post(charlie.url(f"tasks/{things['task']}/{verb}"), {"text": "x"}, headers=HX).status_code == 404
