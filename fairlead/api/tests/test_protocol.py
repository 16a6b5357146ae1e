"""What holds at every address: problems, strictness, repeats."""

import json
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from fairlead.accounts.tests.cast import Person
from fairlead.api.actions.answers import KEPT_FOR
from fairlead.api.jobs import purge
from fairlead.api.models import KeptAnswer
from fairlead.api.tests.client import Api, problem
from fairlead.jobs.schedule import schedule
from fairlead.kernel import clock
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
ADA = {"first_name": "Ada"}


def test_without_a_good_key_the_answer_is_401(api: Api) -> None:
    for header in ({}, {"Authorization": "Bearer flk_x_y"}, {"Authorization": f"Bearer {api.token}x"},
                   {"Authorization": "Basic eDp5"}):  # fmt: skip
        refused = Client().get("/api/v1/contacts", headers=header)
        problem(refused, 401, "unauthenticated")
        assert refused["WWW-Authenticate"].startswith("Bearer")


def test_a_session_is_no_key(alice: Person) -> None:
    problem(alice.client().get("/api/v1/contacts"), 401, "unauthenticated")


@pytest.mark.parametrize("path", ["nowhere", "contacts/7", "contacts/", "", "contacts/x%00y"])
def test_an_address_that_leads_nowhere_is_a_problem_too(api: Api, path: str) -> None:
    problem(api.get(path), 404, "not_found")
    problem(api.post(path, {}), 404, "not_found")


def test_methods_bodies_and_types_are_checked(api: Api) -> None:
    refused = api.call("PUT", "contacts", {})
    problem(refused, 405, "method_not_allowed")
    assert refused["Allow"] == "GET, POST, HEAD, OPTIONS"
    problem(api.call("POST", "contacts", b"<x/>", Content_Type="text/xml"), 415, "unsupported_media_type")
    for body in (b"{", b'{"a": NaN}', b'{"first_name": "\\ud800"}', b"\xff\xfe", b"[" * 100_000, b""):
        problem(api.call("POST", "contacts", body), 400, "malformed")
    for wrong in ([], "x", 7, None, [ADA]):
        problem(api.call("POST", "contacts", json.dumps(wrong).encode()), 422, "invalid")
    problem(api.post("contacts", {"custom": {"a\x00b": 1}}), 422, "invalid")
    problem(api.post("contacts", {"first_name": "a\x00b"}), 422, "invalid")
    problem(api.post("contacts", {"first_name": "x" * 501}), 422, "invalid")
    large = problem(api.call("POST", "contacts", b'"' + b"x" * 11_000_000 + b'"'), 413, "too_large")
    assert "at most 10 MB, or use an import" in large["detail"]
    problem(api.get("contacts?sort=%00"), 422, "invalid")
    problem(api.get("contacts?limit=5&limit=6"), 422, "invalid")


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsMiwzLDRd", "%00", "WyJuYW1lIixmYWxzZSwiYSIsIngiXQ", "é"])
def test_a_cursor_that_is_not_ours_is_refused(api: Api, cursor: str) -> None:
    found = problem(api.get(f"contacts?cursor={cursor}"), 422, "invalid")
    assert found["errors"][0]["parameter"] == "cursor"


def test_head_and_options_are_answered(api: Api) -> None:
    head = api.call("HEAD", "contacts")
    assert (head.status_code, head.content) == (200, b"")
    options = api.call("OPTIONS", "contacts")
    assert (options.status_code, options["Allow"]) == (204, "GET, POST, HEAD, OPTIONS")


def test_a_repeated_request_gets_the_first_answer(api: Api, alice: Person) -> None:
    first = api.post("contacts", ADA, Idempotency_Key="k1")
    again = api.post("contacts", ADA, Idempotency_Key="k1")
    assert (again.status_code, again.content) == (201, first.content)
    assert (again["ETag"], again["Location"], again["Idempotency-Replayed"]) == ('"1"', first["Location"], "true")
    assert "Idempotency-Replayed" not in first
    with firm_context(alice.firm.id):
        assert Contact.rows().count() == 1
    refused = problem(api.post("contacts", {"first_name": "Bo"}, Idempotency_Key="k1"), 422, "key_reused")
    assert refused["errors"] == [
        {"header": "Idempotency-Key", "code": "key_reused", "message": "This key was used for another request."}
    ]


def test_a_failed_request_may_be_tried_again_with_its_key(api: Api) -> None:
    problem(api.post("contacts", {"email": "x"}, Idempotency_Key="k"), 422, "invalid")
    assert api.post("contacts", ADA, Idempotency_Key="k").status_code == 201


def test_keys_of_different_callers_and_days_are_different(api: Api, bob: Person, charlie: Person) -> None:
    ids = {a.post("contacts", ADA, Idempotency_Key="k").json()["id"] for a in (api, Api(bob), Api(charlie))}
    assert len(ids) == 3
    with clock.frozen(clock.now() + KEPT_FOR):
        assert api.post("contacts", {"first_name": "Bo"}, Idempotency_Key="k").status_code == 201
    problem(api.post("contacts", ADA, Idempotency_Key="x" * 256), 422, "invalid")


def test_kept_answers_stay_in_their_firm(api: Api, charlie: Person) -> None:
    api.post("contacts", ADA, Idempotency_Key="k")
    with firm_context(charlie.firm.id):
        assert not KeptAnswer.rows().exists()


def test_kept_answers_are_purged_when_they_have_expired(api: Api, alice: Person, charlie: Person) -> None:
    api.post("contacts", ADA, Idempotency_Key="k")
    Api(charlie).post("contacts", ADA, Idempotency_Key="k")
    with clock.frozen(clock.now() + KEPT_FOR):
        api.post("contacts", {"first_name": "Bo"}, Idempotency_Key="l")
        purge(firm_id=alice.firm.id)
    with firm_context(alice.firm.id):
        assert [kept.key for kept in KeptAnswer.rows()] == ["l"]
    with firm_context(charlie.firm.id):
        assert KeptAnswer.rows().count() == 1
    assert "api.purge_answers" in [line.job for line in schedule()]


@pytest.mark.django_db(transaction=True)
def test_a_request_in_flight_is_not_run_twice(api: Api, alice: Person) -> None:
    from fairlead.api.answers import Answers

    held, release, outcome = threading.Event(), threading.Event(), []

    def hold() -> None:
        try:
            with firm_context(alice.firm.id):
                Answers().claim(_actor(api, alice), "k")
                held.set()
                release.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(20)
    outcome.append(api.post("contacts", ADA, Idempotency_Key="k"))
    release.set()
    thread.join()
    problem(outcome[0], 409, "in_flight")
    assert api.post("contacts", ADA, Idempotency_Key="k").status_code == 201


def _actor(api: Api, person: Person) -> Any:
    from dataclasses import replace

    return replace(person.actor, kind="key", key_id=api.key.id)


def test_an_unexpected_error_is_a_problem_without_details(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from fairlead.people.api.tags import Tags

    def broken(self: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Tags, "living", broken, raising=False)
    monkeypatch.setattr("fairlead.people.access.tags", broken)
    api.client.raise_request_exception = False
    found = problem(api.get("tags"), 500, "server_error")
    assert "secret" not in json.dumps(found)


def test_what_breaks_before_the_view_is_a_problem_too(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("fairlead.accounts.admission.admit_program", broken)
    api.client.raise_request_exception = False
    problem(api.get("tags"), 500, "server_error")
