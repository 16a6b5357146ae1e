"""The room's part of the API."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from fairlead.accounts.actions import keys, teams
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


def caller(person: Person, scopes: list[str] | None = None) -> Call:
    """Return a function that calls the API with a key of the person: `call("post", "teams", {...})`."""
    with firm_context(person.firm.id):
        _, text = keys.create_key({"name": "Test", "scopes": scopes or []}, by=person.actor)
    client = Client(headers={"Authorization": f"Bearer {text}"})

    def call(method: str, path: str, body: Any = None) -> Any:
        data = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(client, method)(f"/api/v1/{path}", **data)

    return call


def test_me_tells_who_where_and_what(bob: Person) -> None:
    me = caller(bob, ["members.view"])("get", "me").json()
    assert (me["email"], me["firm"]["slug"], me["permissions"]) == (bob.user.email, "alder", ["members.view"])


def test_a_key_that_does_not_reach_is_not_told_that_its_owner_may_not(alice: Person) -> None:
    refused = problem(Api(alice, scopes=("contacts.view",)).get("audit"), 403, "forbidden")
    assert refused["detail"] == "This key, or the role behind it, does not allow this: see the audit."


def test_without_a_key_nothing_is_told(alice: Person) -> None:
    for path in ("me", "firm", "members", "audit", "keys"):
        assert Client().get(f"/api/v1/{path}").status_code == 401
        assert alice.client().get(f"/api/v1/{path}").status_code == 401


def test_the_firm_is_read_and_changed(alice: Person, bob: Person) -> None:
    call = caller(alice)
    assert call("patch", "firm", {"seats": 9}).json()["seats"] == 9
    assert call("patch", "firm", {"country": "XX"}).status_code == 422
    assert call("get", "firm/seats").json() == {"limit": 9, "members": 2, "invited": 0, "used": 2, "free": 7, "idle": 0}
    assert caller(bob)("patch", "firm", {"name": "Bob's"}).status_code == 403


def test_members_are_listed_changed_and_deactivated(alice: Person, bob: Person) -> None:
    call = caller(alice)
    assert {m["name"] for m in call("get", "members").json()["data"]} == {"Alice Ash", "Bob Beech"}
    assert call("get", "members?unseen_since=2026-01-01T00:00:00Z").json()["data"] == []
    path = f"members/{bob.membership.id}"
    assert call("patch", path, {"role": "manager"}).json()["role_label"] == "Manager"
    gone = call("post", f"{path}/deactivation", {"successor": str(alice.membership.id)})
    assert gone.json()["deactivated_at"] is not None and gone.json()["handed_over"]["contacts"] == 0
    assert [m["name"] for m in call("get", "members?active=true").json()["data"]] == ["Alice Ash"]
    assert call("delete", f"{path}/deactivation").json()["deactivated_at"] is None


def test_a_deactivated_members_key_stops_at_once(alice: Person, bob: Person) -> None:
    his = caller(bob)
    assert his("get", "me").status_code == 200
    caller(alice)("post", f"members/{bob.membership.id}/deactivation", {"successor": str(alice.membership.id)})
    assert his("get", "me").status_code == 401


def test_invitations_come_and_go(alice: Person) -> None:
    call = caller(alice)
    made = call("post", "invitations", {"email": "eve@elm.example", "role": "manager"})
    assert (made.status_code, made.json()["state"]) == (201, "open")
    path = f"invitations/{made.json()['id']}"
    assert call("post", f"{path}/sending").status_code == 200
    assert call("delete", path).status_code == 204
    assert call("get", path).json()["state"] == "revoked"
    assert call("post", "invitations", {"email": "nonsense"}).status_code == 422


def test_teams_and_their_people(alice: Person, bob: Person, charlie: Person) -> None:
    call = caller(alice)
    team = call("post", "teams", {"name": "Tax"}).json()
    people = call("put", f"teams/{team['id']}/members", {"members": [str(bob.membership.id)]}).json()
    assert people == {"members": [str(bob.membership.id)], "leads": []}
    stranger = {"members": [str(charlie.membership.id)]}
    assert call("put", f"teams/{team['id']}/members", stranger).status_code == 422
    assert call("patch", f"teams/{team['id']}", {"kind": "department"}).json()["kind"] == "department"
    assert call("delete", f"teams/{team['id']}").status_code == 204


def test_roles_hold_only_declared_rights(alice: Person) -> None:
    call = caller(alice)
    role = call("post", "roles", {"name": "Auditor", "permissions": ["audit.view"]}).json()
    assert call("patch", f"roles/{role['id']}", {"permissions": ["audit.fly"]}).status_code == 422
    for method, path, body in (
        ("post", "roles", {"name": "Nobody"}),
        ("post", "roles", {"name": "Nobody", "permissions": []}),
        ("patch", f"roles/{role['id']}", {"permissions": []}),
    ):
        refused = call(method, path, body)
        assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "permissions"
    assert call("patch", f"roles/{role['id']}", {"description": "Looks only"}).json()["permissions"] == ["audit.view"]
    assert "audit.view" in {p["name"] for p in call("get", "permissions").json()["data"]}
    assert call("delete", f"roles/{role['id']}").status_code == 204


def test_a_key_cannot_make_itself_wider(alice: Person) -> None:
    narrow = caller(alice, ["keys.create", "members.view"])
    made = narrow("post", "keys", {"name": "Wider"}).json()
    assert made["scopes"] == ["keys.create", "members.view"]
    assert made["key"].startswith("flk_")
    assert narrow("post", "keys", {"name": "Boss", "scopes": ["audit.view"]}).status_code == 403
    with firm_context(alice.firm.id):
        wide, _ = keys.create_key({"name": "Wide"}, by=alice.actor)
    assert narrow("post", f"keys/{wide.id}/rotation").status_code == 403


def test_a_key_ends_by_revocation_rotation_and_time(alice: Person) -> None:
    call = caller(alice)
    expires = clock.now().isoformat()
    assert call("post", "keys", {"name": "Old", "expires_at": expires}).status_code == 422
    made = call("post", "keys", {"name": "Short", "expires_at": "2999-01-01T00:00:00Z"}).json()
    other = Client(headers={"Authorization": f"Bearer {made['key']}"})
    assert other.get("/api/v1/me").status_code == 200
    fresh = call("post", f"keys/{made['id']}/rotation").json()
    assert other.get("/api/v1/me").status_code == 401
    renewed = Client(headers={"Authorization": f"Bearer {fresh['key']}"})
    assert renewed.get("/api/v1/me").status_code == 200
    assert call("get", f"keys/{made['id']}").json()["last_used_at"] is not None
    assert call("delete", f"keys/{made['id']}").status_code == 204
    assert renewed.get("/api/v1/me").status_code == 401


def test_the_audit_is_read_by_admins(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        teams.create_team({"name": "Tax"}, by=alice.actor)
    found = caller(alice)("get", "audit?type=team.created").json()["data"]
    assert [(e["actor_label"], e["text"]) for e in found] == [("Alice Ash", "created the team Tax")]
    assert caller(alice)("get", "audit?sensitive=true&since=2020-01-01").status_code == 200
    assert caller(alice)("get", "audit?since=someday").status_code == 422
    assert caller(bob)("get", "audit").status_code == 403
    theirs = caller(charlie)("get", "audit").json()["data"]
    assert {e["type"] for e in theirs} == {"key.created"}


def test_what_a_key_does_is_told_of_the_key(alice: Person) -> None:
    caller(alice)("post", "teams", {"name": "Tax"})
    with firm_context(alice.firm.id):
        event = Event.rows().get(type="team.created")
    assert (event.via, event.actor_kind, event.actor_label) == ("api", "key", "Alice Ash (Test)")
    assert event.key_id is not None


def test_a_profile_is_read_and_changed_by_whose_it_is(alice: Person, bob: Person, charlie: Person) -> None:
    api = Api(bob)
    read = api.get("profile")
    assert read.json() == {
        "first_name": "Bob", "last_name": "Beech", "email": bob.user.email, "time_zone": read.json()["time_zone"],
        "language": "en", "date_format": "", "start_page": "", "has_photo": False,
    }  # fmt: skip
    wanted = {"first_name": "Rob 😀", "time_zone": "Asia/Tokyo", "date_format": "iso", "start_page": "contacts"}
    changed = api.patch("profile", wanted, If_Match=read["ETag"])
    assert changed.status_code == 200 and wanted.items() <= changed.json().items(), changed.content
    problem(api.patch("profile", {"first_name": "Bert"}, If_Match=read["ETag"]), 412, "stale_version")
    for wrong in ({"time_zone": "Mars/One"}, {"date_format": "yes"}, {"start_page": "moon"}, {"email": "x@y.example"}):
        told = api.patch("profile", {"last_name": "Oak", **wrong})
        assert (told.status_code, [e["field"] for e in told.json()["errors"]]) == (422, list(wrong))
    assert api.get("profile").json()["last_name"] == "Beech", "Nothing is half done."
    assert Api(alice).get("profile").json()["first_name"] == "Alice"
    with firm_context(bob.firm.id):
        event = Event.rows().get(type="member.profile_changed")
        assert (event.actor_id, event.via) == (bob.membership.id, "api")
        assert event.data["fields"] == "first name, time zone, date format, start page"
    with firm_context(charlie.firm.id):
        assert not Event.rows().filter(type="member.profile_changed").exists()


def test_a_key_within_scopes_reads_a_profile_and_changes_none(bob: Person) -> None:
    api = Api(bob, scopes=("contacts.view",))
    assert api.get("profile").json()["first_name"] == "Bob"
    problem(api.patch("profile", {"first_name": "Rob"}), 403, "scoped")
    problem(api.delete("profile/photo"), 403, "scoped")
    assert api.get("profile").json()["first_name"] == "Bob"


def test_a_photo_is_set_fetched_and_taken_away(bob: Person, alice: Person) -> None:
    api, drawn = Api(bob), BytesIO()
    problem(api.get("profile/photo"), 404, "not_found")
    Image.new("RGB", (900, 300), (200, 30, 30)).save(drawn, "PNG")
    for content, status in ((b"no picture", 422), (drawn.getvalue(), 200)):
        sent = encode_multipart(BOUNDARY, {"photo": SimpleUploadedFile("me.png", content)})
        answer = api.call("PUT", "profile/photo", sent, Content_Type=MULTIPART_CONTENT)
        assert answer.status_code == status, answer.content
    assert answer.json()["has_photo"] is True
    photo = api.get("profile/photo")
    assert photo["Content-Type"] == "image/webp"
    assert Image.open(BytesIO(b"".join(photo.streaming_content))).size == (512, 171)  # type: ignore[attr-defined]
    problem(Api(alice).get("profile/photo"), 404, "not_found")
    assert api.delete("profile/photo").status_code == 204
    problem(api.get("profile/photo"), 404, "not_found")
