"""Applications and connections belong to one firm and one member, and end with either."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fairlead.accounts.actions import keys, members
from fairlead.accounts.tests.cast import Person, join
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound
from fairlead.oauth.actions import applications, connections, tokens
from fairlead.oauth.models import AccessToken, Application, Connection, Grant, RefreshToken
from fairlead.oauth.tests.flow import BACK, Robin
from fairlead.tenancy.public import Role, firm_context, remove_firm

pytestmark = pytest.mark.django_db


def at(person: Person, name: str, **kwargs: Any) -> str:
    return reverse(f"oauth:{name}", kwargs={"firm": person.firm.slug, **kwargs})


def test_who_does_not_work_in_the_firm_finds_no_application(alice: Person, bob: Person, charlie: Person) -> None:
    robin = Robin(alice)
    lost = charlie.client().get(robin.asks())
    assert lost.status_code == 404 and "No application that you may use has this client_id" in lost.content.decode()
    assert charlie.client().get("/oauth/authorize?client_id=fla_0_0").status_code == 404
    query = robin.asks().partition("?")[2]
    absent = Robin(charlie).asks(client_id=robin.client_id.replace("fla_", "fla_f")).partition("?")[2]
    own = charlie.client()
    assert {own.get(f"{at(charlie, 'consent')}?{q}").status_code for q in (query, absent)} == {404}
    login = Client().get(robin.asks())
    assert (login.status_code, login["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_a_token_of_one_firm_opens_no_other(alice: Person, bob: Person, charlie: Person) -> None:
    robin = Robin(alice).connected(bob)
    robin.access = robin.access.replace(alice.firm.id.hex, charlie.firm.id.hex)
    assert robin.calls().status_code == 401
    moved = robin.client_id.replace(alice.firm.id.hex, charlie.firm.id.hex)
    data = {"grant_type": "refresh_token", "refresh_token": robin.refresh, "client_id": moved}
    assert Client().post("/oauth/token", {**data, "client_secret": robin.secret}).status_code == 401
    other = Robin(alice)
    assert other.refreshed(robin.refresh).json()["error"] == "invalid_grant"
    assert robin.refreshed().status_code == 200


def test_it_never_may_more_than_the_member_may_now(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob, "contacts.view audit.view members.manage")
    assert robin.calls().json()["permissions"] == ["contacts.view"]
    assert robin.calls("audit").status_code == 403
    with firm_context(alice.firm.id):
        members.update_member(bob.membership.id, {"role": "admin"}, by=alice.actor)
    assert robin.calls("audit").status_code == 200
    with firm_context(alice.firm.id):
        applications.update_application(robin.application.id, {"scopes": ["contacts.view"]}, by=alice.actor)
    assert robin.calls("audit").status_code == 403


def test_what_it_does_stands_under_both_names(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob)
    headers = {"Idempotency-Key": "one"}
    body = {"data": {"first_name": "Ada"}, "content_type": "application/json", "headers": headers}
    first, again = robin.calls("contacts", "post", **body), robin.calls("contacts", "post", **body)
    assert first.json()["id"] == again.json()["id"]
    assert again["Idempotency-Replayed"] == "true"
    assert '"key";q=' in first["RateLimit-Policy"]
    with firm_context(alice.firm.id):
        event = Event.rows().get(type="contact.created")
        connection = Connection.rows().get()
    assert (event.actor_kind, event.actor_label, event.via) == ("application", "Bob Beech (Robin)", "api")
    assert (event.actor_id, event.key_id) == (bob.membership.id, connection.id)
    assert connection.last_used_at is not None


def test_it_leaves_nothing_behind_that_outlives_it(alice: Person) -> None:
    robin = Robin(alice).connected(alice, "keys.create applications.manage")
    post = {"data": {"name": "Mine"}, "content_type": "application/json"}
    assert robin.calls("keys", "post", **post).status_code == 403
    twin = {"name": "Twin", "redirect_uris": [BACK]}
    assert robin.calls("applications", "post", data=twin, content_type="application/json").status_code == 403
    assert robin.calls(f"applications/{robin.application.id}/rotation", "post").status_code == 403
    with firm_context(alice.firm.id):
        key, _ = keys.create_key({"name": "Old"}, by=alice.actor)
    assert robin.calls(f"keys/{key.id}/rotation", "post").status_code == 403


def ended(robin: Robin) -> bool:
    robin_calls, refreshed = robin.calls().status_code, robin.refreshed().status_code
    return robin_calls == 401 and refreshed in (400, 401)


def test_a_member_takes_it_back_with_one_click(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob)
    page = bob.client().get(at(bob, "connections"))
    assert b"Robin" in page.content
    with firm_context(alice.firm.id):
        connection = Connection.rows().get()
    stop = at(bob, "end_connection", connection_id=connection.pk)
    assert alice.client().post(stop).status_code == 404  # it is Bob's
    assert bob.client().post(stop).status_code == 302
    assert ended(robin)
    assert b"Robin" not in bob.client().get(at(bob, "connections")).content


def test_a_code_is_worth_nothing_once_it_is_taken_back(alice: Person, bob: Person) -> None:
    robin = Robin(alice)
    robin.agreed(bob)
    with firm_context(alice.firm.id):
        connections.disconnect(Connection.rows().get().pk, by=bob.actor)
    assert robin.exchange().json()["error"] == "invalid_grant"


def test_deactivating_the_member_ends_it(alice: Person, bob: Person) -> None:
    robin, waiting = Robin(alice).connected(bob), Robin(alice)
    waiting.agreed(bob)
    with firm_context(alice.firm.id):
        members.deactivate_member(bob.membership.id, successor_id=alice.membership.id, by=alice.actor)
        assert Event.rows().get(type="member.deactivated").data["connections_ended"] == 2
    assert ended(robin)
    assert waiting.exchange().status_code == 400
    with firm_context(alice.firm.id):
        members.reactivate_member(bob.membership.id, by=alice.actor)
    assert ended(robin)  # back at work, the person is asked again


def test_deleting_the_application_ends_it(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob)
    delete = at(alice, "delete_application", application_id=robin.application.pk)
    assert bob.client().post(delete).status_code == 403
    assert alice.client().post(delete).status_code == 302
    assert ended(robin)


def test_a_new_secret_replaces_the_old_one(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob)
    page = alice.client().post(at(alice, "rotate_secret", application_id=robin.application.pk))
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert robin.refreshed().status_code == 401
    assert robin.calls().status_code == 200  # who is connected stays so
    with firm_context(alice.firm.id):
        robin.secret = applications.rotate_secret(robin.application.pk, by=alice.actor)[1]
    assert robin.refreshed().status_code == 200


def test_an_old_secret_works_for_its_grace_and_one_before_it_no_longer(alice: Person, bob: Person) -> None:
    robin, first = Robin(alice).connected(bob), ""
    page = at(alice, "rotate_secret", application_id=robin.application.pk)
    with clock.frozen(datetime(2030, 1, 1, tzinfo=UTC)):
        Robin.connected(robin, bob)
        first = robin.secret
        assert alice.client().post(page, {"grace_hours": "24"}).status_code == 200
        assert alice.client().post(page, {"grace_hours": "9000"}).status_code == 422
        assert "Old secret until" in alice.client().get(at(alice, "applications")).content.decode()
        assert robin.refreshed().status_code == 200
        body = {"grant_type": "refresh_token", "refresh_token": robin.refresh, "client_id": robin.client_id,
                "client_secret": first}  # fmt: skip
        assert Client().post("/oauth/token", body).status_code == 200
        Robin.connected(robin, bob)
    with clock.frozen(datetime(2030, 1, 2, 1, tzinfo=UTC)):
        assert robin.refreshed().status_code == 401
        made = Api(alice).post(f"applications/{robin.application.pk}/rotation?grace_hours=2").json()
        assert made["previous_until"] == "2030-01-02T03:00:00Z"
        assert robin.refreshed().status_code == 401, "Two rotations ago."
        robin.secret = made["client_secret"]
        assert robin.refreshed().status_code == 200
    assert Api(alice).post(f"applications/{robin.application.pk}/rotation?grace_hours=169").status_code == 422


@pytest.mark.parametrize(
    "uri",
    [
        "http://robin.example/back", "http://localhost/back", "https://*.robin.example/back", "robin://back",
        "https://robin.example/#x", "https://a:b@robin.example/", "https://robin.example:x/", "//robin.example/",
        "https://robin.example/ö", "javascript:alert(1)", "https:///back",
    ],
)  # fmt: skip
def test_addresses_are_https_or_loopback(alice: Person, uri: str) -> None:
    with pytest.raises(InvalidInput):
        Robin(alice, redirect_uris=[uri])


def test_applications_over_the_api(alice: Person, bob: Person, charlie: Person) -> None:
    api, body = Api(alice), {"name": "Wren", "redirect_uris": [BACK], "scopes": ["contacts.view"]}
    made = api.post("applications", body)
    assert (made.status_code, len(made.json()["client_secret"])) == (201, 64)
    path = f"applications/{made.json()['id']}"
    assert "client_secret" not in api.get(path).json()
    assert api.patch(path, {"redirect_uris": ["http://evil.example"]}).status_code == 422
    assert api.patch(path, {"name": "Wren 2", "kind": "public"}).status_code == 422
    assert api.patch(path, {"name": "Wren 2"}).json()["name"] == "Wren 2"
    assert api.post(f"{path}/rotation").json()["client_secret"] != made.json()["client_secret"]
    assert api.post("applications", {**body, "scopes": ["contacts.fly"]}).status_code == 422
    assert Api(bob).get("applications").status_code == 403
    for method, sent in (("GET", None), ("PATCH", {"name": "Mine"}), ("DELETE", None)):
        assert Api(charlie).call(method, path, sent).status_code == 404
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404


def test_connections_over_the_api(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob)
    mine = Api(bob).get("connections").json()["data"]
    assert [(c["name"], c["scopes"]) for c in mine] == [("Robin", ["contacts.view", "contacts.edit"])]
    assert Api(alice).get("connections").json()["data"] == []
    assert Api(alice).delete(f"connections/{mine[0]['id']}").status_code == 404
    assert Api(bob).delete(f"connections/{mine[0]['id']}").status_code == 204
    assert ended(robin)


def test_the_401_says_what_is_wrong_as_rfc_6750_wants(alice: Person) -> None:
    def challenge(**headers: str) -> HttpResponse:
        return Client().get("/api/v1/me", headers=headers)

    assert challenge()["WWW-Authenticate"] == 'Bearer realm="Fairlead"'
    for text in (f"flt_{alice.firm.id.hex}_0", "flt_x", "whatever", f"flk_{alice.firm.id.hex}_0"):
        shown = challenge(Authorization=f"Bearer {text}")
        assert shown.status_code == 401
        assert 'error="invalid_token"' in shown["WWW-Authenticate"]
    robin = Robin(alice).connected(alice, "contacts.view")
    beyond = robin.calls("tags", "post", data={"name": "VIP"}, content_type="application/json")
    assert (beyond.status_code, 'error="insufficient_scope"' in beyond["WWW-Authenticate"]) == (403, True)


def test_only_a_person_connects(alice: Person, bob: Person) -> None:
    robin = Robin(alice)
    reader = join(alice.firm, "Rita", "Rowan", Role.READ_ONLY)
    assert reader.client().get(reader.client().get(robin.asks())["Location"]).status_code == 403
    with firm_context(alice.firm.id), pytest.raises(Forbidden):
        applications.register_application({"name": "X", "redirect_uris": [BACK]}, by=bob.actor)
    with firm_context(alice.firm.id), pytest.raises(NotFound):
        connections.disconnect(robin.application.pk, by=bob.actor)


def test_what_is_over_is_forgotten(alice: Person, bob: Person, charlie: Person) -> None:
    robin = Robin(alice).connected(bob)
    robin.refreshed()
    with firm_context(alice.firm.id):
        assert tokens.forget_tokens() == 0  # a spent token is kept: it may come again
        AccessToken.rows().update(expires="2020-01-01T00:00:00Z")
        RefreshToken.rows().exclude(revoked=None).update(revoked="2020-01-01T00:00:00Z")
        Grant.rows().update(expires="2020-01-01T00:00:00Z")
        assert tokens.forget_tokens() == 4
        assert not RefreshToken.rows().exists()
        assert not Grant.rows().exists()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_removed_firm_takes_them_along(alice: Person, bob: Person, charlie: Person) -> None:
    robin, other = Robin(alice).connected(bob), Robin(charlie).connected(charlie)
    remove_firm(alice.firm.id)
    assert robin.calls().status_code == 401
    assert robin.refreshed().status_code == 401
    with firm_context(charlie.firm.id):
        assert Application.rows().count() == 1
    assert other.calls().status_code == 200
