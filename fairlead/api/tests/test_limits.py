"""Rate limits: who is counted as whom, what is told, and that nobody gets round them."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.shell.api import limits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    limits.clear()
    yield
    limits.clear()


def test_limits_are_told_and_kept(api: Api, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_LIMITS", {"key": 3, "user": 100, "firm": 4})
    first = api.get("tags")
    assert first["RateLimit-Policy"] == '"key";q=3;w=60, "user";q=100;w=60, "firm";q=4;w=60'
    assert first["RateLimit"] == '"key";r=2;t=20'
    assert [api.get("tags").status_code for _ in range(3)] == [200, 200, 429]
    refused = api.get("tags")
    problem(refused, 429, "rate_limited")
    assert refused.json()["detail"].startswith("Too many requests. Try again in ")
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert Api(bob).get("tags").status_code == 200  # what Alice was refused has cost the firm nothing
    problem(Api(bob).get("tags"), 429, "rate_limited")  # the firm's quota


def test_many_keys_of_one_user_share_the_users_quota(api: Api, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_LIMITS", {"key": 2, "user": 3})
    assert [Api(alice).get("tags").status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "DELETE", "GET"])
def test_every_method_counts_and_no_header_of_the_caller_changes_who_they_are(
    alice: Person, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(settings, "API_LIMITS", {"address": 2})
    client = Client()
    for number in range(3):
        spoofed = dict.fromkeys(("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"), f"203.0.113.{number}")
        answer = client.generic(method, "/api/v1/tags", headers=spoofed)
    assert answer.status_code == 429 and answer["RateLimit"].startswith('"address";r=0')


def test_the_addresses_that_one_machine_has_are_one_caller(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_LIMITS", {"address": 2})
    statuses = [Client(REMOTE_ADDR=f"2001:db8:0:1::{n}").get("/api/v1/tags").status_code for n in (1, 2, 3)]
    assert statuses == [401, 401, 429]
    assert Client(REMOTE_ADDR="2001:db8:0:2::1").get("/api/v1/tags").status_code == 401, "the neighbour"


def test_the_wait_that_is_told_is_enough(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_LIMITS", {"key": 7})
    moment = [1_000.0]
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: moment[0]))
    for _ in range(3):
        while (answer := api.get("tags")).status_code == 200:
            moment[0] += 0.37
        moment[0] += int(answer["Retry-After"])
        assert api.get("tags").status_code == 200, "whoever waits as long as told is served"
