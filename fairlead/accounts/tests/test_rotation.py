"""A rotated key: the old text works for a while, if so wished, and never longer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fairlead.accounts.actions import keys
from fairlead.accounts.tests.cast import Person
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.text import squeeze
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def made(person: Person) -> tuple[Any, str]:
    with firm_context(person.firm.id):
        return keys.create_key({"name": "Sync"}, by=person.actor)


def status(text: str) -> int:
    return Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").status_code


def turn(person: Person, key: Any, hours: int) -> str:
    with firm_context(person.firm.id):
        return keys.rotate_key(key.id, by=person.actor, grace=timedelta(hours=hours))[1]


def test_the_old_text_works_until_the_grace_is_over(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    key, old = made(alice)
    new = turn(alice, key, 24)
    assert (status(old), status(new)) == (200, 200)
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (status(old), status(new)) == (401, 200)


def test_only_the_last_text_has_a_grace_and_revoking_ends_both(alice: Person) -> None:
    key, first = made(alice)
    second = turn(alice, key, 24)
    third = turn(alice, key, 24)
    assert (status(first), status(second), status(third)) == (401, 200, 200)
    with firm_context(alice.firm.id):
        keys.revoke_key(key.id, by=alice.actor)
    assert (status(second), status(third)) == (401, 401)


def test_without_a_grace_it_stops_at_once(alice: Person) -> None:
    key, old = made(alice)
    new = turn(alice, key, 24)
    newest = turn(alice, key, 0)
    assert (status(old), status(new), status(newest)) == (401, 401, 200)


def test_the_grace_is_bounded_and_the_key_is_the_firms(alice: Person, charlie: Person) -> None:
    key, _ = made(alice)
    for hours in (-1, 169):
        with pytest.raises(InvalidInput):
            turn(alice, key, hours)
    with pytest.raises(NotFound):
        turn(charlie, key, 1)


def test_page_and_api_take_the_grace(alice: Person) -> None:
    key, old = made(alice)
    page = reverse("accounts:rotate_key", kwargs={"firm": alice.firm.slug, "key_id": key.id})
    assert b"flk_" in alice.client().post(page, {"grace": "24"}).content
    assert status(old) == 200
    page = alice.client().get(reverse("accounts:keys", kwargs={"firm": alice.firm.slug})).content.decode()
    assert "Old text until" in squeeze(page)
    other, text = made(alice)
    api = Client(headers={"Authorization": f"Bearer {text}"})
    fresh = api.post(f"/api/v1/keys/{other.id}/rotation?grace_hours=2").json()
    assert fresh["previous_until"] is not None
    assert (status(text), status(fresh["key"])) == (200, 200)
    assert api.post(f"/api/v1/keys/{other.id}/rotation?grace_hours=169").status_code == 422


def test_a_key_makes_and_rotates_none_that_works_for_longer(alice: Person) -> None:
    soon = clock.now() + timedelta(days=1)
    lasting, _ = made(alice)
    with firm_context(alice.firm.id):
        _, text = keys.create_key({"name": "For a day", "expires_at": soon}, by=alice.actor)
    api = Client(headers={"Authorization": f"Bearer {text}"})
    new = api.post("/api/v1/keys", {"name": "More"}, content_type="application/json")
    assert new.status_code == 201 and datetime.fromisoformat(new.json()["expires_at"]) == soon
    later = {"name": "More", "expires_at": (soon + timedelta(hours=1)).isoformat()}
    assert api.post("/api/v1/keys", later, content_type="application/json").status_code == 422
    assert api.post(f"/api/v1/keys/{lasting.id}/rotation").json()["code"] == "escalation"
    assert api.post(f"/api/v1/keys/{new.json()['id']}/rotation").status_code == 200
