"""The page of events set aside, and its buttons."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fairlead.accounts.tests.cast import Person
from fairlead.accounts.web import set_aside as pages
from fairlead.events.models import Event, SetAside
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def aside(person: Person, error: str = "no such contact") -> SetAside:
    """One event that a consumer could not handle."""
    with firm_context(person.firm.id):
        return SetAside.objects.create(
            consumer="tests.scores", event_id=uuid4(), event_type="team.created", recorded_at=clock.now(),
            error=error, attempts=5,
        )  # fmt: skip


def url(name: str, found: SetAside | None = None) -> str:
    return reverse(f"accounts:{name}", kwargs={"firm": "alder"} | ({"set_aside_id": found.pk} if found else {}))


def press(client: Client, button: str, found: SetAside) -> int:
    return client.post(url(f"{button}_set_aside", found)).status_code


def test_the_page_names_the_event_and_what_went_wrong(alice: Person, charlie: Person) -> None:
    client = alice.client()
    assert b"Nothing is set aside" in client.get(url("set_aside")).content
    found = aside(alice, "<script>alert(1)</script>")
    aside(charlie, "of another firm")
    page = client.get(url("set_aside")).content.decode()
    for words in ("Team created", "tests.scores", "&lt;script&gt;", url("retry_set_aside", found)):
        assert words in page
    assert "of another firm" not in page


def test_try_again_hands_it_to_the_background_once(alice: Person) -> None:
    found, client = aside(alice), alice.client()
    assert press(client, "retry", found) == 302
    assert press(client, "retry", found) == 302
    with firm_context(alice.firm.id):
        asked = Event.rows().filter(type="log.set_aside_retried", subject_id=found.event_id)
        assert asked.first().actor_label == "Alice Ash"
        found.refresh_from_db()
        assert found.resolved_by_id == alice.membership.pk
        assert found.resolved_at is None, "it stays open until the consumer has handled it"


def test_give_up_settles_it_for_good(alice: Person) -> None:
    found, client = aside(alice), alice.client()
    assert press(client, "discard", found) == 302
    assert b"Nothing is set aside" in client.get(url("set_aside")).content
    assert press(client, "retry", found) == 409
    with firm_context(alice.firm.id):
        found.refresh_from_db()
        assert (found.resolution, found.resolved_by_label) == ("discarded", "Alice Ash")


def test_members_and_strangers_press_in_vain(alice: Person, bob: Person, charlie: Person) -> None:
    found = aside(alice)
    assert bob.client().get(url("set_aside")).status_code == 403
    for person, status in ((bob, 403), (charlie, 404)):
        for button in ("retry", "discard"):
            assert press(person.client(), button, found) == status
    with firm_context(alice.firm.id):
        found.refresh_from_db()
        assert (found.resolution, found.resolved_by_id) == ("", None)
    theirs = aside(charlie)
    assert press(alice.client(), "discard", theirs) == 404
    assert press(alice.client(), "retry", theirs) == 404


def test_a_button_changes_nothing_by_being_looked_at(alice: Person) -> None:
    found = aside(alice)
    for button in ("retry", "discard"):
        assert alice.client().get(url(f"{button}_set_aside", found)).status_code == 405


def test_pages_follow_each_other(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 2)
    for number in range(3):
        aside(alice, f"trouble {number}")
    first = alice.client().get(url("set_aside"))
    assert b"trouble 2" in first.content
    assert b"trouble 0" not in first.content
    older = alice.client().get(f"{url('set_aside')}?before={first.context['older']}")
    assert b"trouble 0" in older.content
    assert alice.client().get(f"{url('set_aside')}?before=nonsense").status_code == 422
