"""/health, /metrics, the doctor's report and the log lines."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.db import connection
from django.test import Client

from fairlead.accounts.tests.cast import Person
from fairlead.kernel import health
from fairlead.kernel.health import Finding, Unwell
from fairlead.operations import logs
from fairlead.operations.middleware import loggable_path
from fairlead.operations.report import lines, report
from fairlead.tenancy.public import firm_context, is_muted, mute, unmute

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, health.Check]]:
    checks: dict[str, health.Check] = {}
    monkeypatch.setattr(health, "_checks", checks)
    yield checks


def failing() -> dict[str, Any]:
    raise Unwell("The disk is full.", remedy="Make room.", free=0)


def degraded() -> dict[str, Any]:
    raise Unwell("Slow.", degraded=True)


def broken() -> dict[str, Any]:
    raise RuntimeError("secret detail\nsecond line")


def test_all_is_well(client: Client) -> None:
    answer = client.get("/health")
    checks = answer.json()["checks"]
    assert {"database", "migrations", "roles", "disk", "mail"} <= checks.keys()
    for name in ("database", "migrations", "roles", "disk", "mail"):
        assert checks[name]["status"] == "ok", checks[name]


def test_nobody_waits_for_a_lost_database_again_and_again(
    client: Client, only: dict[str, health.Check], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = connection.copy("lost")
    lost.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {"pool": {"min_size": 0, "max_size": 1}}}
    monkeypatch.setattr(health, "connection", lost)
    health.register("worker", lambda: pytest.fail("it was asked"))
    health.register("disk", dict, asks_database=False)
    try:
        answer = client.get("/health")
    finally:
        lost.close_pool()
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"]["problem"].startswith("The database does not answer: connection failed")
    assert answer.json()["checks"]["disk"] == {"status": "ok"}


def test_a_failing_check_answers_503(client: Client, only: dict[str, health.Check]) -> None:
    health.register("disk", failing)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["checks"]["disk"] == {
        "status": "failing", "problem": "The disk is full.", "remedy": "Make room.", "free": 0,
    }  # fmt: skip


def test_a_degraded_one_stays_in_service(client: Client, only: dict[str, health.Check]) -> None:
    health.register("mail", degraded)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


def test_a_broken_check_hides_no_other(client: Client, only: dict[str, health.Check]) -> None:
    health.register("one", broken)
    health.register("two", dict)
    checks = client.get("/health").json()["checks"]
    assert checks["one"] == {"status": "failing", "problem": "RuntimeError: secret detail"}
    assert checks["two"] == {"status": "ok"}


def test_strangers_see_states_only(client: Client, only: dict[str, health.Check]) -> None:
    health.register("disk", failing)
    answer = client.get("/health", REMOTE_ADDR="203.0.113.9").json()
    assert answer == {"status": "failing", "checks": {"disk": {"status": "failing"}}}


def test_health_cannot_be_posted_to(client: Client) -> None:
    assert client.post("/health").status_code == 405


def test_metrics_are_for_this_machine(client: Client) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert 'fairlead_check_ok{check="database"} 1.0' in answer.text
    assert 'fairlead_jobs{status="todo"}' in answer.text
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_metrics_by_token(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics").status_code == 404
    wrong = {"Authorization": "Bearer another"}
    assert client.get("/metrics", headers=wrong).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer ü"}).status_code == 404
    right = {"Authorization": "Bearer a-long-token"}
    assert client.get("/metrics", headers=right, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_requests_carry_an_id(client: Client) -> None:
    assert client.get("/health", headers={"X-Request-ID": "from-the-proxy-1"})["X-Request-ID"] == "from-the-proxy-1"
    assert "\n" not in client.get("/health", headers={"X-Request-ID": "bad id"})["X-Request-ID"]
    assert client.get("/health", headers={"X-Request-ID": "bad id"})["X-Request-ID"] != "bad id"


def test_tokens_of_links_are_not_logged(client: Client) -> None:
    answer = client.get("/login-link/aSecretToken123/")
    assert "aSecretToken123" not in loggable_path(answer.wsgi_request)
    assert loggable_path(answer.wsgi_request) == "/login-link/…/"


def test_log_lines_name_the_firm(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        assert logs.add_firm(None, "info", {})["firm_id"] == str(alice.firm.id)
        with firm_context(charlie.firm.id):
            assert logs.add_firm(None, "info", {})["firm_id"] == str(charlie.firm.id)
    assert logs.add_firm(None, "info", {}) == {}


def test_log_lines_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRLEAD_LOG", "json")
    line = logs.dict_config()["formatters"]["line"]
    factory = line.pop("()")
    record = logging.LogRecord("room", logging.WARNING, __file__, 1, "took %d s", (3,), None)
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        written = json.loads(factory(**line).format(record))
    assert (written["event"], written["level"], written["request_id"]) == ("took 3 s", "warning", "r-1")


def test_the_doctor_names_the_remedy() -> None:
    findings = [Finding("disk", "failing", "Full.", "Make room."), Finding("mail", "ok", facts={"sends_by": "smtp"})]
    assert report(findings, in_full=True)["status"] == "failing"
    text = "\n".join(lines(findings))
    assert "Make room." in text
    assert "sends_by smtp" in text


def test_muting_ends_once(alice: Person) -> None:
    assert not is_muted()
    mute("a test")
    mute("another")
    assert is_muted()
    assert unmute(by="Alice")
    assert not is_muted()
    assert not unmute(by="Alice")


def test_a_muted_copy_says_so(client: Client) -> None:
    mute("a test")
    mail = client.get("/health").json()["checks"]["mail"]
    assert (mail["status"], mail["muted"]) == ("degraded", True)
