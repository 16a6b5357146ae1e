"""Snippets with their merge fields, signatures, calendar feeds."""

from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from fairlead.accounts.models import Team, TeamMembership
from fairlead.accounts.tests.cast import Person
from fairlead.activities import access, merging, signing
from fairlead.activities.actions import completing, personal, snippets
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.handover import hand_over_snippets
from fairlead.activities.models import CalendarFeed, Snippet
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound
from fairlead.people.models import Contact
from fairlead.people.public import create_contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
CHOSEN = ("dropdown", "multi_select")
GREETING = {"shortcut": "#hello", "body": "<p>Dear {{contact.first_name|friend}} of {{contact.company|yours}}</p>"}


def test_a_snippet_is_filled_and_counted(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        made = snippets.save_snippet(GREETING, by=alice.actor)
        assert (made.shortcut, made.name) == ("hello", "#hello")
        filled = snippets.expand_snippet(made.id, by=alice.actor, about=("contact", lady.id))
        assert filled.text == "Dear Ada of Analytical Engine"
        assert snippets.expand_snippet(made.id, by=alice.actor).text == "Dear friend of yours"
        assert Snippet.rows().get().usage_count == 2


def test_values_are_escaped(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        Contact.rows().filter(pk=lady.pk).update(first_name="<img src=x onerror=alert(1)>")
        assert "<img" not in merging.merged("<p>{{contact.first_name}}</p>", ("contact", lady.id), alice.actor)


@pytest.mark.parametrize(
    "text",
    [
        "{{contact.shoe_size}}",
        "{{contact.custom.shoe_size}}",
        "{{contact.custom.}}",
        "{{nobody.name}}",
        "{{contact}}",
        "{{ }}",
        "{{me.password}}",
    ],
)
def test_an_unknown_field_is_an_error_at_save(alice: Person, text: str) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput, match="no such field"):
        snippets.save_snippet({"shortcut": "x", "body": f"<p>{text}</p>"}, by=alice.actor)


def test_the_firms_own_fields_and_dates_are_said_in_words(alice: Person, charlie: Person) -> None:
    api, stranger = Api(alice), Api(charlie)
    fields: list[tuple[str, str, Any, str]] = [
        ("Tier", "dropdown", "gold", "Gold"), ("Topics", "multi_select", ["tax", "audit"], "Tax, Audit"),
        ("Renewal", "date", "2027-02-28", "28 February 2027"),
        ("Budget", "money", {"amount": 125_050, "currency": "EUR"}, "1,250.50 EUR"),
        ("Retained", "boolean", True, "yes"), ("Seats 2", "number", 12.5, "12.5"),
    ]  # fmt: skip
    for label, kind, _, _ in fields:
        options = {"options": [{"label": name} for name in ("Gold", "Tax", "Audit")]} if kind in CHOSEN else {}
        api.post("custom-fields", {"noun": "contact", "label": label, "kind": kind, **options})
    values = {label.lower().replace(" ", "_"): value for label, _, value, _ in fields}
    person = {"first_name": "Zoe", "birthday": "--04-12", "country": "DE", "custom": values}
    about = {"noun": "contact", "id": api.post("contacts", person).json()["id"]}
    names = ["birthday", "country", *(f"custom.{key}" for key in values)]
    body = f"<p>{' / '.join(f'{{{{contact.{name}}}}}' for name in names)}</p>"
    made = api.post("snippets", {"shortcut": "all", "name": "All", "body": body}).json()
    filled = api.post(f"snippets/{made['id']}/expansions", {"about": about}).json()["text"]
    assert filled.split(" / ") == ["12 April", "Germany", *(words for *_, words in fields)]
    offered = api.get("snippets/fields").json()["data"]["contact"]
    assert {name: offered[name] for name in ("birthday", "custom.tier")} == {
        "birthday": "Birthday",
        "custom.tier": "Tier",
    }
    assert "custom.tier" not in stranger.get("snippets/fields").json()["data"]["contact"]
    problem(stranger.post("snippets", {"shortcut": "all", "name": "All", "body": body}), 422, "invalid")


def test_another_firms_contact_fills_nothing(alice: Person, charlie: Person, lady: Contact) -> None:
    with firm_context(charlie.firm.id):
        made = snippets.save_snippet(GREETING, by=charlie.actor)
        about = ("contact", lady.id)
        assert snippets.expand_snippet(made.id, by=charlie.actor, about=about).text == "Dear friend of yours"


def test_whose_a_snippet_is_decides_who_uses_and_changes_it(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        own = snippets.save_snippet(GREETING, by=alice.actor)
        shared = snippets.save_snippet({**GREETING, "shortcut": "all", "scope": "firm"}, by=alice.actor)
        team = Team.objects.create(name="Tax")
        TeamMembership.objects.create(team=team, membership=bob.membership)
        theirs = snippets.save_snippet({**GREETING, "shortcut": "tax", "scope": "team", "team": team.pk}, by=bob.actor)
        assert {s.pk for s in access.snippets(bob.actor)} == {shared.pk, theirs.pk}
        assert {s.pk for s in access.snippets(alice.actor)} == {own.pk, shared.pk}
        with pytest.raises(Forbidden):
            snippets.save_snippet({"name": "x"}, by=bob.actor, snippet_id=shared.pk)
        with pytest.raises(NotFound):
            snippets.delete_snippet(own.pk, by=bob.actor)
        with pytest.raises(InvalidInput, match="taken"):
            snippets.save_snippet({**GREETING, "shortcut": "ALL", "scope": "firm"}, by=alice.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        access.snippet(charlie.actor, shared.pk)


def test_shared_snippets_go_to_who_takes_over_and_own_ones_stay(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        elsewhere = snippets.save_snippet({**GREETING, "scope": "firm"}, by=charlie.actor)
    with firm_context(alice.firm.id):
        own = snippets.save_snippet(GREETING, by=alice.actor)
        shared = snippets.save_snippet({**GREETING, "shortcut": "all", "scope": "firm"}, by=alice.actor)
        team = Team.objects.create(name="Tax")
        TeamMembership.objects.create(team=team, membership=alice.membership)
        tax = snippets.save_snippet({**GREETING, "shortcut": "tax", "scope": "team", "team": team.pk}, by=alice.actor)
        assert hand_over_snippets(alice.membership.id, bob.membership.id, by=alice.actor) == 2
        told = Event.rows().filter(type="snippet.handed_over", data__to="Bob Beech")
        assert {e.data["name"] for e in told} == {"all", "tax"}
        assert own.pk not in {s.pk for s in access.snippets(bob.actor)}
        for made, place in ((shared, {"scope": "firm"}), (tax, {"scope": "team", "team": team.pk})):
            kept = snippets.save_snippet({"name": "Better", **place}, by=bob.actor, snippet_id=made.pk)
            assert (kept.name, kept.team_id) == ("Better", made.team_id)
    with firm_context(charlie.firm.id):
        elsewhere.refresh_from_db()
        assert elsewhere.created_by_id == charlie.membership.id
    assert "Tax" in bob.client().get(bob.url(f"snippets/{tax.pk}/")).content.decode()


def test_the_prebuilt_ones_are_right_and_added_once(alice: Person) -> None:
    with firm_context(alice.firm.id):
        assert snippets.add_usual_snippets(by=alice.actor) == 8
        assert snippets.add_usual_snippets(by=alice.actor) == 0
        for found in Snippet.rows():
            merging.check(found.body)


def test_text_boxes_ask_for_snippets(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        made = snippets.save_snippet(GREETING, by=alice.actor)
    client = alice.client()
    assert [s["shortcut"] for s in client.get(alice.url("snippets/choices?q=hel")).json()] == ["hello"]
    address = alice.url(f"snippets/{made.pk}/expand")
    assert client.get(address).status_code == 405
    assert client.post(address, {"about": f"contact:{lady.pk}"}).json()["text"] == "Dear Ada of Analytical Engine"


def test_note_templates_over_the_api(alice: Person, charlie: Person) -> None:
    api, stranger = Api(alice), Api(charlie)
    made = api.post("note-templates", {"name": "First call", "body": "<p>Who<script>x()</script></p>"})
    assert made.status_code == 201 and made.json()["body"] == "<p>Who</p>"
    path = f"note-templates/{made.json()['id']}"
    assert api.patch(path, {"name": "Second call"}).json()["body"] == "<p>Who</p>"
    assert [t["name"] for t in api.get("note-templates").json()["data"]] == ["Second call"]
    problem(api.post("note-templates", {"name": "second CALL", "body": "<p>x</p>"}), 422, "invalid")
    problem(api.patch(path, {"body": "<p></p>"}), 422, "invalid")
    assert stranger.get("note-templates").json()["data"] == []
    for answer in (stranger.get(path), stranger.patch(path, {"name": "Mine"}), stranger.delete(path)):
        problem(answer, 404, "not_found")
    assert api.delete(path).status_code == 204


def test_snippets_over_the_api(alice: Person, charlie: Person, lady: Contact) -> None:
    api = Api(alice)
    made = api.post("snippets", {"shortcut": "hi", "body": "<p>Hi {{contact.first_name}}</p>"}).json()
    path = f"snippets/{made['id']}"
    about = {"about": {"noun": "contact", "id": str(lady.pk)}}
    assert api.post(f"{path}/expansions", about).json()["text"] == "Hi Ada"
    assert api.patch(path, {"category": "Mail"}).json()["category"] == "Mail"
    refused = problem(api.patch(path, {"body": "<p>{{x.y}}</p>"}), 422, "invalid")
    assert [e["code"] for e in refused["errors"]] == ["unknown_field"]
    problem(Api(charlie).get(path), 404, "not_found")
    assert "contact" in api.get("snippets/fields").json()["data"]
    assert api.delete(path).status_code == 204


def test_a_signature_is_made_from_facts_or_written(alice: Person) -> None:
    facts = {"name": "Alice Ash", "title": "Partner", "phone": "+44 20 1", "meeting_link": "https://book.example/alice"}
    with firm_context(alice.firm.id):
        for design in signing.DESIGNS:
            made = personal.save_signature({**facts, "design": design, "generate": "1"}, by=alice.actor)
            assert 'href="https://book.example/alice"' in made.html and "Book time with me" in made.text
        made = personal.save_signature({"html": "<p>Mine<script>x</script></p>"}, by=alice.actor)
        assert made.html == "<p>Mine</p>" and made.meeting_link == facts["meeting_link"]
        for wrong in ({"meeting_link": "javascript:alert(1)"}, {"design": "loud"}, {"html": "x" * 30_000}):
            with pytest.raises(InvalidInput):
                personal.save_signature(wrong, by=alice.actor)
    assert Api(alice).get("signature").json()["html"] == "<p>Mine</p>"


def test_a_feed_shows_open_tasks_to_who_knows_the_secret(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "last_name": "Löwe"}, by=alice.actor)
        timed = {"title": "Timed, with comma", "due_on": "2027-03-28", "due_time": "09:00"}
        more = {"description": "<p>Bring; the<br>file</p>", "about": [("contact", ada.pk)]}
        create_task({**timed, **more}, by=alice.actor)
        create_task({"title": "All day", "due_on": "2027-03-29"}, by=alice.actor)
        create_task({"title": "Undated"}, by=alice.actor)
        create_task({"title": "Bob’s", "due_on": "2027-03-29", "assignees": [bob.membership.id]}, by=alice.actor)
        done = create_task({"title": "Done", "due_on": "2027-03-29"}, by=alice.actor)
        completing.complete_task(done.id, by=alice.actor)
        secret = personal.make_feed(by=alice.actor)
        assert secret not in CalendarFeed.rows().get().secret_hash
    address = f"/feeds/tasks/{alice.firm.id.hex}-{secret}.ics"
    answer = _anonymous().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    found = {str(e["summary"]): e for e in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(found) == {"Timed, with comma", "All day"}
    assert found["All day"].decoded("dtstart").isoformat() == "2027-03-29"
    assert found["Timed, with comma"].decoded("dtstart").isoformat() == "2027-03-28T09:00:00+00:00"
    assert found["Timed, with comma"]["description"] == "About Ada Löwe\n\nBring; the\nfile"
    assert b"About Ada L\xc3\xb6we\\n\\nBring\\; the\\nfile\r\n" in answer.content
    with firm_context(alice.firm.id):
        assert personal.revoke_feed(by=alice.actor)
    assert _anonymous().get(address).status_code == 404
    for wrong in (f"{alice.firm.id.hex}-nonsense", "nonsense", f"{alice.firm.id.hex}-"):
        assert _anonymous().get(f"/feeds/tasks/{wrong}.ics").status_code == 404


def test_the_api_makes_and_revokes_the_address_of_a_calendar(alice: Person, bob: Person) -> None:
    api = Api(alice)
    assert api.get("calendar-feed").status_code == 404
    made = api.call("PUT", "calendar-feed")
    assert made.status_code == 201, made.content
    address = made.json()["address"]
    assert address.startswith("http") and made.json()["last_read_at"] is None
    path = address[address.index("/feeds/") :]
    assert _anonymous().get(path).status_code == 200
    told = api.get("calendar-feed").json()
    assert told["last_read_at"] and "address" not in told
    assert Api(bob).get("calendar-feed").status_code == 404
    second = api.call("PUT", "calendar-feed").json()["address"]
    assert second != address and _anonymous().get(path).status_code == 404
    assert api.delete("calendar-feed").status_code == 204
    assert _anonymous().get(second[second.index("/feeds/") :]).status_code == 404


def _anonymous() -> Client:
    return Client()
