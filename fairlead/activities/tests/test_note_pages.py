"""The pages and dialogs of notes."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.public import User
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities as notes
from fairlead.activities.actions.comments import comment_on_activity
from fairlead.activities.models import Activity, ActivityAttachment
from fairlead.events.public import Event
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Ada"}, by=alice.actor)


def test_a_note_is_written_above_the_timeline(alice: Person, bob: Person, ada: Contact) -> None:
    assert "fl-editor" in alice.page(f"contacts/{ada.id}/")
    about = f"contact:{ada.id}"
    wrong = alice.client().post(alice.url("activities/log"), {"about": about, "body": ""}, headers=HX)
    assert wrong.status_code == 422 and "Write something" in wrong.content.decode()
    data = {"about": about, "body": "<p>Wants <b>tea</b></p>", "files": SimpleUploadedFile("list.txt", b"tea")}
    saved = alice.client().post(alice.url("activities/log"), data, headers=HX)
    assert saved.status_code == 200 and "Note saved" in saved["Fairlead-Effects"]
    html = bob.page(f"contacts/{ada.id}/timeline")
    assert "Wants <b>tea</b>" in html and "list.txt" in html
    with firm_context(alice.firm.id):
        file = ActivityAttachment.rows().get()
    sent = bob.client().get(bob.url(f"activities/files/{file.id}"))
    assert b"".join(sent.streaming_content) == b"tea" and sent["Content-Disposition"].startswith("attachment")


def test_a_quick_note_knows_the_page_it_came_from(alice: Person, ada: Contact) -> None:
    here = f"http://testserver{alice.url(f'contacts/{ada.id}/')}"
    html = alice.page("activities/quick", **HX, Referer=here)
    assert f'value="contact:{ada.id}"' in html and "selected" in html
    assert "selected" not in alice.page("activities/quick", **HX)
    data = {"about": [f"contact:{ada.id}"], "body": "<p>Quick</p>"}
    assert alice.client().post(alice.url("activities/quick"), data, headers=HX).status_code == 204
    assert alice.client().post(alice.url("activities/quick"), {"body": "<p>x</p>"}, headers=HX).status_code == 422
    assert "Quick" in alice.page("activities/")


def test_a_note_is_changed_undone_and_deleted(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>First</p>", [("contact", ada.id)], by=alice.actor)
    one = alice.url(f"activities/{note.id}/")
    client = alice.client()
    assert "First" in alice.page(f"activities/{note.id}/edit", **HX)
    assert client.post(f"{one}edit", {"body": "<p>Second</p>"}, headers=HX).status_code == 204
    assert "<del>First</del>" in alice.page(f"activities/{note.id}/history", **HX)
    assert client.post(f"{one}history", {"version": "1"}, headers=HX).status_code == 204
    assert "<p>First" in alice.page(f"contacts/{ada.id}/timeline")
    assert client.post(f"{one}delete", headers=HX).status_code == 204
    assert "<p>First" not in alice.page(f"contacts/{ada.id}/timeline")
    assert client.post(f"{one}restore", headers=HX).status_code == 204


def test_a_pinned_entry_stands_first(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        notes.write_note("<p>Important</p>", [("contact", ada.id)], by=alice.actor)
        event = Event.rows().get(type="note.written")
    pin = re.search(rf'hx-post="([^"]*{event.id})"', alice.page(f"contacts/{ada.id}/timeline"))
    assert pin
    assert alice.client().post(pin[1], headers=HX).status_code == 204
    html = alice.page(f"contacts/{ada.id}/timeline")
    assert (
        html.count("Important") == 1 and "Unpin" in html and html.index("Important") < html.index("created the contact")
    )
    assert alice.client().post(pin[1], headers=HX).status_code == 204
    assert "Unpin" not in alice.page(f"contacts/{ada.id}/timeline").replace("Pin to the top", "")


def test_templates_begin_notes(alice: Person, ada: Contact) -> None:
    client = alice.client()
    assert (
        client.post(alice.url("activities/templates/new"), {"name": "Call", "body": "<p>Who?</p>"}).status_code == 302
    )
    assert client.post(alice.url("activities/templates/new"), {"name": "", "body": ""}, headers=HX).status_code == 422
    assert "Who?" in alice.page("activities/templates/")
    template = re.search(r'<option value="([0-9a-f-]{36})">Call', alice.page(f"contacts/{ada.id}/"))
    assert template
    assert "Who?" in alice.page(f"activities/composer?about=contact:{ada.id}&template={template[1]}")
    assert client.post(alice.url(f"activities/templates/{template[1]}/delete")).status_code == 302


def test_members_are_offered_for_mentions(alice: Person, bob: Person, charlie: Person) -> None:
    assert alice.client().get(alice.url("activities/mentions?q=be")).json() == [
        {"id": str(bob.membership.id), "label": "Bob Beech"}
    ]


def test_charlie_reaches_no_note_of_alices(alice: Person, charlie: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>Secret</p>", [("contact", ada.id)], by=alice.actor)
        event = Event.rows().get(type="note.written")
    client = charlie.client()
    for path in ("edit", "history", "delete", "associate"):
        charlie.page(f"activities/{note.id}/{path}", 404)
        assert client.post(charlie.url(f"activities/{note.id}/{path}"), {"body": "<p>x</p>"}).status_code == 404
    assert client.post(charlie.url(f"pins/contact/{ada.id}/{event.id}")).status_code == 404
    assert (
        client.post(charlie.url("activities/log"), {"about": f"contact:{ada.id}", "body": "<p>x</p>"}).status_code
        == 404
    )
    assert "Secret" not in charlie.page("activities/")
    with firm_context(alice.firm.id):
        assert Activity.rows().get().body == "<p>Secret</p>"


def test_a_comment_shows_the_photo_of_who_wrote_it(alice: Person, bob: Person, ada: Contact) -> None:
    User.objects.filter(pk=alice.user.pk).update(photo="users/teal.webp")
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>Tea</p>", [("contact", ada.id)], by=alice.actor)
        comment_on_activity(note.id, "<p>Sugar?</p>", by=alice.actor)
        comment_on_activity(note.id, "<p>No.</p>", by=bob.actor)
    html = bob.page(f"activities/{note.id}/comments")
    assert html.count(f"members/{alice.membership.id}/photo/") == html.count("/photo/") == 1
