"""/api/v1/calls, emails, meetings, activities, activity-options, feed."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db


def log(api: Api, ada: str, kind: str = "calls", **values: object) -> dict[str, object]:
    made = api.post(kind, {"about": [{"noun": "contact", "id": ada}], **values})
    assert made.status_code == 201, made.content
    found: dict[str, object] = made.json()
    return found


def test_a_call_is_logged_read_changed_deleted_restored(api: Api, ada: str) -> None:
    call = log(api, ada, body="<p>Hello</p>", duration_minutes=12, direction="inbound")
    path = f"calls/{call['id']}"
    assert api.get(path).json()["duration_minutes"] == 12
    assert api.patch(path, {"duration_minutes": 15}, If_Match='"1"').json()["version"] == 2
    problem(api.patch(path, {"duration_minutes": 1}, If_Match='"1"'), 412, "stale_version")
    assert api.get(f"{path}/revisions").json()["data"][0]["details"]["duration_minutes"] == 12
    assert api.delete(path).status_code == 204
    assert api.post(f"{path}/restore").status_code == 200


def test_a_call_is_planned_and_completed(api: Api, ada: str) -> None:
    call = log(api, ada, scheduled_at="2040-01-01T09:00:00Z")
    assert [c["id"] for c in api.get("calls?planned=true").json()["data"]] == [call["id"]]
    done = api.post(f"calls/{call['id']}/completions", {"duration_minutes": 5}).json()
    assert done["ended_at"] is not None and api.get("calls?planned=true").json()["data"] == []
    problem(api.post(f"calls/{call['id']}/completions"), 409, "conflict")


def test_calls_are_filtered_by_member_type_outcome_and_record(api: Api, ada: str, bob: Person) -> None:
    made = api.post("activity-options", {"kind": "call", "role": "outcome", "name": "Connected"}).json()
    call = log(api, ada, outcome=made["id"])
    log(Api(bob), ada)
    for query in (f"outcome={made['id']}", f"member={call['author']}", "mine=true"):
        assert [c["id"] for c in api.get(f"calls?{query}").json()["data"]] == [call["id"]], query
    assert len(api.get(f"calls?noun=contact&record={ada}").json()["data"]) == 2


def test_calls_are_counted(api: Api, ada: str) -> None:
    log(api, ada, duration_minutes=10)
    log(api, ada, duration_minutes=20, direction="inbound")
    found = api.get("calls/stats").json()
    assert (found["members"][0]["calls"], found["members"][0]["minutes"], found["members"][0]["inbound"]) == (2, 30, 1)
    assert found["outcomes"] == [{"outcome": "", "count": 2}]


def test_a_call_is_no_email(api: Api, ada: str) -> None:
    call = log(api, ada)
    for method, path in (("GET", "emails"), ("PATCH", "emails"), ("DELETE", "notes")):
        problem(api.call(method, f"{path}/{call['id']}", {} if method == "PATCH" else None), 404, "not_found")
    assert api.get(f"activities/{call['id']}").json()["kind"] == "call"


def test_emails_and_meetings_are_logged(api: Api, ada: str) -> None:
    assert log(api, ada, "emails", subject="Offer")["subject"] == "Offer"
    assert log(api, ada, "meetings", subject="Kick-off", location="Room 4", duration_minutes=60)["location"] == "Room 4"
    assert {a["kind"] for a in api.get("activities").json()["data"]} == {"email", "meeting"}
    assert len(api.get("activities?kind=email").json()["data"]) == 1


def test_a_call_stands_on_further_records(api: Api, ada: str) -> None:
    acme = api.post("companies", {"name": "Acme"}).json()["id"]
    call = log(api, ada)
    more = {"about": [{"noun": "company", "id": acme}]}
    assert len(api.post(f"calls/{call['id']}/associate", more).json()["about"]) == 2
    assert "call.associated" in {e["type"] for e in api.get(f"companies/{acme}/timeline").json()["data"]}
    assert len(api.post(f"calls/{call['id']}/dissociate", {"noun": "company", "id": acme}).json()["about"]) == 1


def test_options_are_added_renamed_archived(api: Api, bob: Person) -> None:
    made = api.post("activity-options", {"kind": "call", "role": "type", "name": "Coaching", "color": "violet"}).json()
    path = f"activity-options/{made['id']}"
    assert api.patch(path, {"name": "Mentoring"}).json()["name"] == "Mentoring"
    assert api.patch(path, {"archived": True}).json()["archived_at"] is not None
    problem(Api(bob).patch(path, {"name": "x"}), 403, "forbidden")


def test_feeds_are_of_the_firm_a_member_and_a_contact(api: Api, ada: str, bob: Person) -> None:
    log(api, ada)
    his = log(Api(bob), ada, "emails", subject="Hi")
    found = api.get(f"feed?member={bob.membership.id}").json()["data"]
    assert [e["data"]["activity"] for e in found] == [his["id"]]
    assert {"call.logged", "contact.created"} <= {e["type"] for e in api.get("feed").json()["data"]}
    assert [e["type"] for e in api.get(f"leads/{ada}/activities?kind=calls").json()["data"]] == ["call.logged"]


def test_another_firms_call_is_absent(api: Api, ada: str, charlie: Person) -> None:
    call, stranger = log(api, ada), Api(charlie)
    for method, path, body in (
        ("GET", f"calls/{call['id']}", None), ("PATCH", f"calls/{call['id']}", {"body": "x"}),
        ("DELETE", f"calls/{call['id']}", None), ("GET", f"calls/{call['id']}/revisions", None),
        ("POST", f"calls/{call['id']}/comments", {"body": "<p>x</p>"}), ("GET", f"activities/{call['id']}", None),
    ):  # fmt: skip
        problem(stranger.call(method, path, body), 404, "not_found")
    assert stranger.get("calls").json()["data"] == [] and stranger.get("feed").json()["data"] == []


def test_calls_are_counted_up_to_an_end_of_the_calendar_and_not_beyond(api: Api, ada: str) -> None:
    log(api, ada)
    assert api.get("calls/stats?until=0001-01-01T00:00:00Z").json()["members"] == []
    for beyond in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"):
        assert problem(api.get(f"calls/stats?until={beyond}"), 422, "invalid")["errors"][0]["parameter"] == "until"
