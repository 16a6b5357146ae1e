"""The protocol from the first address to the last token, over HTTP."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.oauth.models import AccessToken, Connection, Grant, RefreshToken
from fairlead.oauth.tests.flow import BACK, Robin
from fairlead.shell.api import limits
from fairlead.tenancy.public import declared, firm_context

pytestmark = pytest.mark.django_db


def test_code_tokens_call_refresh_reuse(alice: Person, bob: Person) -> None:
    robin = Robin(alice)
    told = robin.agreed(bob)
    assert (told["state"], told["iss"]) == ("s t&te", "http://localhost:8000")
    got = robin.exchange()
    assert got.json().keys() >= {"access_token", "refresh_token", "expires_in", "token_type", "scope"}
    assert got["Cache-Control"] == "no-store"
    me = robin.calls().json()
    assert (me["email"], me["permissions"]) == (bob.user.email, ["contacts.edit", "contacts.view"])
    first, old = robin.access, robin.refresh
    assert robin.refreshed().status_code == 200
    assert robin.refresh != old
    assert robin.calls().status_code == 200
    robin.access, renewed = first, robin.access
    assert robin.calls().status_code == 401  # refreshed away
    robin.access = renewed
    stolen = robin.refreshed(old)
    assert (stolen.status_code, stolen.json()["error"]) == (400, "invalid_grant")
    assert robin.calls().status_code == 401  # whoever has the copy: the whole family has ended
    assert robin.refreshed().status_code == 400
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="application.token_reused").count() == 1


def test_nothing_that_opens_a_door_is_stored(alice: Person, bob: Person) -> None:
    robin = Robin(alice)
    robin.agreed(bob)
    with firm_context(alice.firm.id):
        assert Grant.rows().get().code != robin.code
        robin.exchange()
        stored = str(list(AccessToken.rows().values())) + str(list(RefreshToken.rows().values()))
        stored += str(list(type(robin.application).rows().values())) + str(list(Event.rows().values("data")))
    for text in (robin.access, robin.refresh, robin.secret):
        assert text not in stored
        assert text.rpartition("_")[2] not in stored


def test_the_code_needs_its_verifier_its_address_and_its_time(alice: Person, bob: Person) -> None:
    robin = Robin(alice)
    robin.agreed(bob)
    for changes in (
        {"code_verifier": "x" * 43}, {"code_verifier": ""}, {"redirect_uri": f"{BACK}/"}, {"redirect_uri": ""},
        {"code": "made-up"},
    ):  # fmt: skip
        assert robin.exchange(**changes).status_code == 400, changes
    with firm_context(alice.firm.id):
        Grant.rows().update(expires=clock.now() - timedelta(seconds=1))
    assert robin.exchange().json()["error"] == "invalid_grant"
    robin.agreed(bob)
    assert robin.exchange().status_code == 200
    assert robin.calls().status_code == 200
    assert robin.exchange().json()["error"] == "invalid_grant"  # once,
    assert robin.calls().status_code == 401  # and who tries again had a copy
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="application.token_reused").count() == 1


def test_a_secret_is_asked_of_who_has_one(alice: Person, bob: Person) -> None:
    robin = Robin(alice)
    robin.agreed(bob)
    data = {"grant_type": "authorization_code", "code": robin.code, "redirect_uri": BACK}
    data |= {"code_verifier": robin.verifier}
    wrong = robin.post("token", data, secret="wrong")
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert Client().post("/oauth/token", {**data, "client_id": robin.client_id}).status_code == 401
    assert Client().post("/oauth/token", {**data, "client_id": "fla_0_0"}).json() == {"error": "invalid_client"}
    assert Client().post("/oauth/token", data).status_code == 401
    assert Client(headers={"Authorization": "Basic %%%"}).post("/oauth/token", data).status_code == 401
    in_body = {**data, "client_id": robin.client_id, "client_secret": robin.secret}
    assert Client().post("/oauth/token", in_body).status_code == 200


def test_a_public_application_needs_no_secret_and_any_port_of_loopback(alice: Person, bob: Person) -> None:
    robin = Robin(alice, kind="public", redirect_uris=["http://127.0.0.1/back", "http://[::1]/back"])
    for back in ("http://127.0.0.1:51004/back", "http://[::1]:51004/back"):
        robin.agreed(bob, redirect_uri=back)
        assert robin.exchange(redirect_uri=back).status_code == 200
    assert robin.calls().status_code == 200
    assert robin.refreshed().status_code == 200
    assert robin.post("introspect", {"token": robin.access}).json() == {"active": False}
    assert robin.post("revoke", {"token": robin.access}).status_code == 200
    assert robin.calls().status_code == 401


@pytest.mark.parametrize(
    "back",
    [
        "https://robin.example/back/", "https://robin.example/back?x=1", "https://robin.example:444/back",
        "http://robin.example/back", "https://evil.example/back", "https://robin.example:x/back", "javascript:alert(1)",
        "https://robin.example/back#x", "https://ROBIN.example/back", "https://robin.example/back\x00", "https://a@robin.example/back",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_an_address_that_is_not_registered(alice: Person, bob: Person, back: str) -> None:
    robin, client = Robin(alice), bob.client()
    page = client.get(client.get(robin.asks(redirect_uri=back))["Location"])
    assert (page.status_code, page.has_header("Location")) == (400, False)


def test_without_a_challenge_or_with_a_plain_one_there_is_no_code(alice: Person, bob: Person) -> None:
    robin, client = Robin(alice), bob.client()
    for changes in ({"code_challenge": None}, {"code_challenge_method": "plain"}, {"code_challenge_method": None}):
        page = client.get(client.get(robin.asks(**changes))["Location"])
        assert page.status_code == 303, changes
        assert page["Location"].startswith(f"{BACK}?error=invalid_request"), page["Location"]
        assert "iss=" in page["Location"]
    assert "error=unsupported_response_type" in client.get(
        client.get(robin.asks(response_type="token"))["Location"]
    ).get("Location", "")


def test_what_is_no_request_is_refused(alice: Person, bob: Person) -> None:
    robin, client = Robin(alice), bob.client()
    consent = f"/f/{alice.firm.slug}/authorize/"
    for query in ("", "?client_id", "?client_id=%zz", "?a&b", "?client_id=%00"):
        assert client.get(consent + query).status_code in (400, 404), query
        assert Client().get("/oauth/authorize" + query).status_code == 302
        assert client.get("/oauth/authorize" + query).status_code in (302, 404)
    assert "error=invalid_request" in client.get(f"{consent}?client_id={robin.client_id}&flag")["Location"]
    for challenge in ("short", "x" * 200, "x" * 42 + "\x00"):
        page = client.get(client.get(robin.asks(code_challenge=challenge))["Location"])
        assert "error=invalid_request" in page["Location"]
    for path in ("token", "revoke", "introspect"):
        for data in (
            {},
            {"token": "\x00"},
            {"grant_type": "password", "username": "x"},
            {"code": "\x00", "client_id": "x"},
        ):
            assert robin.post(path, data).status_code < 500
            assert robin.post(f"{path}?a&b=%zz", data).status_code < 500
    assert Client().post("/oauth/token", {"client_id": f"{robin.client_id[:-1]}\x00"}).status_code == 401


def test_saying_no_is_told(alice: Person, bob: Person) -> None:
    told = Robin(alice).agreed(bob, answer="deny")
    assert (told["error"], told["state"]) == ("access_denied", "s t&te")
    with firm_context(alice.firm.id):
        assert not Connection.rows().exists()


def test_a_person_grants_less_than_was_asked_for(alice: Person, bob: Person) -> None:
    robin = Robin(alice)
    robin.agreed(bob, without=["contacts.edit"])
    told = robin.exchange().json()
    assert told["scope"] == "contacts.view", "The token's answer says what was granted (RFC 6749, 3.3)."
    assert robin.calls("contacts").status_code == 200
    assert robin.calls("contacts", "post", data={"first_name": "A"}, content_type="application/json").status_code == 403
    assert robin.refreshed().json()["scope"] == "contacts.view"
    assert robin.refreshed(scope="contacts.view contacts.edit").json()["error"] == "invalid_scope"
    with firm_context(bob.firm.id):
        assert Connection.rows().get().scopes == ["contacts.view"]


def test_what_is_unticked_later_ends_for_tokens_of_before(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob)
    before = robin.access
    robin.connected(bob, without=["contacts.edit"])
    robin.access = before
    assert robin.calls("me").json()["permissions"] == ["contacts.view"]
    assert robin.post("introspect", {"token": before}).json()["scope"] == "contacts.view"
    with firm_context(alice.firm.id):
        assert Connection.rows().get().scopes == ["contacts.view"]


def test_what_is_asked_for_another_time_takes_nothing_away(alice: Person, bob: Person) -> None:
    robin = Robin(alice).connected(bob, "contacts.view")
    before = robin.access
    robin.connected(bob, "tasks.view")
    assert robin.calls("me").json()["permissions"] == ["tasks.view"]
    robin.access = before
    assert robin.calls("me").json()["permissions"] == ["contacts.view"]
    with firm_context(alice.firm.id):
        assert Connection.rows().get().scopes == ["contacts.view", "tasks.view"], "The page shows all it may do."


def test_nothing_ticked_is_no_answer_and_nothing_is_added(alice: Person, bob: Person) -> None:
    robin, client = Robin(alice), bob.client()
    page = client.get(robin.asks())["Location"]
    empty = client.post(page, {"allow": "yes"})
    assert empty.status_code == 422 and "Tick what it may do" in empty.content.decode()
    back = client.post(page, {"allow": "yes", "granted": ["contacts.view", "members.manage"]})
    robin.code = parse_qs(urlsplit(back["Location"]).query)["code"][0]
    assert robin.exchange().json()["scope"] == "contacts.view"


def test_scopes_do_not_grow(alice: Person, bob: Person) -> None:
    robin, client = Robin(alice, scopes=["contacts.view", "tags.manage"]), bob.client()
    for scopes in ("contacts.view contacts.edit", "contacts.fly"):
        page = client.get(client.get(robin.asks(scopes))["Location"])
        told = parse_qs(urlsplit(page["Location"]).query)
        assert told["error"] == ["invalid_scope"] and told["state"]
        assert told["error_description"] == [f"This application may not ask for: {scopes.split()[-1]}"]
    strange = client.get(client.get(robin.asks('contacts.view "<b>\n'))["Location"])["Location"]
    assert parse_qs(urlsplit(strange).query)["error"] == ["invalid_scope"] and "b%3E" not in strange
    robin.connected(bob, "contacts.view")
    assert robin.refreshed(scope="contacts.view tags.manage").json()["error"] == "invalid_scope"
    assert robin.calls("tags", "post", data={"name": "VIP"}, content_type="application/json").status_code == 403
    robin.connected(bob, None)  # what it was registered with
    assert robin.calls().json()["permissions"] == ["contacts.view", "tags.manage"]


def test_revocation_and_introspection(alice: Person, bob: Person) -> None:
    robin, other = Robin(alice).connected(bob), Robin(alice)
    told = robin.post("introspect", {"token": robin.access}).json()
    assert (told["active"], told["sub"], told["client_id"]) == (True, str(bob.membership.id), robin.client_id)
    assert robin.post("introspect", {"token": robin.refresh}).json()["active"] is True
    for text in (robin.access, robin.refresh, "x"):
        assert other.post("introspect", {"token": text}).json() == {"active": False}
        assert other.post("revoke", {"token": text}).status_code == 200
    assert robin.post("introspect", {"token": robin.access}, secret="x").status_code == 401
    assert robin.calls().status_code == 200
    assert robin.post("revoke", {"token": robin.refresh}).status_code == 200
    assert robin.calls().status_code == 401
    assert robin.post("introspect", {"token": robin.access}).json() == {"active": False}
    assert robin.refreshed().status_code == 400
    with firm_context(alice.firm.id):
        types = set(Event.rows().filter(type__startswith="application.").values_list("type", flat=True))
    assert types >= {"application.connected", "application.logged_in", "application.logged_out"}


def test_the_metadata_names_every_address() -> None:
    found = Client().get("/.well-known/oauth-authorization-server").json()
    assert found["issuer"] == "http://localhost:8000"
    assert found["code_challenge_methods_supported"] == ["S256"]
    for name in ("token", "revocation", "introspection"):
        path = found[f"{name}_endpoint"].removeprefix(found["issuer"])
        assert Client().post(path).status_code == 401
        assert Client().get(path).status_code == 405


def test_the_endpoints_are_limited_by_address(settings: Any) -> None:
    settings.API_LIMITS, settings.BEHIND_PROXY = {"address": 2}, True
    limits.clear()
    statuses = [Client().post("/oauth/token", headers={"X-Forwarded-For": "203.0.113.9"}) for _ in range(3)]
    assert [s.status_code for s in statuses] == [401, 401, 429]
    assert int(statuses[-1]["Retry-After"]) > 0
    assert Client().post("/oauth/token", headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 401
    limits.clear()


def test_the_openapi_document_offers_it_with_every_permission_as_a_scope() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert {"oauth2": []} in document["security"]
    flow = document["components"]["securitySchemes"]["oauth2"]["flows"]["authorizationCode"]
    metadata = Client().get("/.well-known/oauth-authorization-server").json()
    assert (flow["authorizationUrl"], flow["tokenUrl"]) == (
        metadata["authorization_endpoint"], metadata["token_endpoint"],
    )  # fmt: skip
    assert list(flow["scopes"]) == metadata["scopes_supported"] == [p.name for p in declared()]


def test_an_access_token_costs_no_more_questions_than_a_key(alice: Person, bob: Person) -> None:
    robin, api = Robin(alice).connected(bob), Api(bob)
    counts = []
    for call in (lambda: robin.calls("tags"), lambda: api.get("tags")):
        call()  # notes when it was used last
        with CaptureQueriesContext(connection) as asked:
            assert call().status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
