"""The log keeps what was said; who reads a timeline reads nothing of what was deleted or taken off since."""

import io
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, attachments, comments
from fairlead.activities.models import Activity
from fairlead.activities.tests.task_cast import make
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, purge_contacts, update_contact
from fairlead.people.models import Contact
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.duplicates.public import merge_records
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
SECRET = "Owes the bank"


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Ada"}, by=alice.actor)


@pytest.fixture
def email(alice: Person, ada: Contact) -> Activity:
    """An email with a subject and a text."""
    said = {"subject": f"{SECRET}?", "body": f"<p>{SECRET}</p>"}
    with firm_context(alice.firm.id):
        return activities.log_activity("email", said, [("contact", ada.id)], by=alice.actor)


def told(person: Person, contact: Contact) -> str:
    """Return all that the API tells of a contact, on its timeline and in the feed."""
    api = Api(person)
    return api.get(f"contacts/{contact.id}/timeline").content.decode() + api.get("feed").content.decode()


def test_what_an_email_said_goes_with_it_and_comes_back_with_it(alice: Person, ada: Contact, email: Activity) -> None:
    assert told(alice, ada).count(SECRET) == 4
    with firm_context(alice.firm.id):
        activities.delete_activity(email.id, by=alice.actor)
    assert SECRET not in told(alice, ada) and "email.deleted" in told(alice, ada)
    with firm_context(alice.firm.id):
        activities.restore_activity(email.id, by=alice.actor)
    assert SECRET in told(alice, ada)


def test_what_was_taken_off_a_record_is_read_there_no_more(alice: Person, ada: Contact, email: Activity) -> None:
    with firm_context(alice.firm.id):
        acme = create_company({"name": "Acme"}, by=alice.actor)
        activities.associate_activity(email.id, [("company", acme.id)], by=alice.actor)
        activities.dissociate_activity(email.id, "contact", ada.id, by=alice.actor)
    assert SECRET not in Api(alice).get(f"contacts/{ada.id}/timeline").content.decode()
    assert SECRET in Api(alice).get(f"companies/{acme.id}/timeline").content.decode()


def test_what_went_into_another_record_is_still_read(alice: Person, ada: Contact, email: Activity) -> None:
    with firm_context(alice.firm.id):
        other = create_contact({"first_name": "Ada", "last_name": "Byron"}, by=alice.actor)
        merge_records(CONTACT, other.id, ada.id, {}, by=alice.actor)
    assert SECRET in told(alice, other)


def test_what_a_deleted_comment_said_is_gone(alice: Person, ada: Contact, email: Activity) -> None:
    task = make(alice, about=[("contact", ada.id)])
    with firm_context(alice.firm.id):
        for made in (
            comments.comment_on_activity(email.id, "<p>Rather sad</p>", by=alice.actor),
            comments.comment_on_task(task.id, "<p>Rather sad</p>", by=alice.actor),
        ):
            assert "Rather sad" in told(alice, ada)
            comments.delete_comment(made.id, by=alice.actor)
    assert "Rather sad" not in told(alice, ada)
    assert "Rather sad" not in alice.page(f"contacts/{ada.id}/timeline", **HX)


def test_a_file_comes_and_goes_with_an_event(alice: Person, ada: Contact, email: Activity) -> None:
    def line(verb: str) -> tuple[Any, ...]:
        event = Event.rows().get(type=f"email.file_{verb}")
        return event.actor_id, event.contact_id, event.data["activity"], event.data["file"], event.data["size"]

    with firm_context(alice.firm.id):
        kept = attachments.attach(email.id, io.BytesIO(b"minutes"), "minutes.txt", by=alice.actor)
        same = (alice.membership.id, ada.id, str(email.id), "minutes.txt", 7)
        assert line("added") == same
        attachments.detach(kept.id, by=alice.actor)
        assert line("removed") == same
    assert "put the file minutes.txt on an email" in alice.page("settings/audit/?type=email.file_added")
    assert "deleted the file minutes.txt of an email" in alice.page(f"contacts/{ada.id}/timeline", **HX)
    with firm_context(alice.firm.id):
        activities.delete_activity(email.id, by=alice.actor)
    assert "minutes.txt" not in told(alice, ada) + alice.page(f"contacts/{ada.id}/timeline", **HX)


def test_nobody_reads_what_the_log_told_of_a_purged_contact(alice: Person, ada: Contact, email: Activity) -> None:
    with firm_context(alice.firm.id):
        acme = create_company({"name": "Acme"}, by=alice.actor)
        other, gone = (
            create_contact({"first_name": name, "company": acme.id}, by=alice.actor) for name in ("Grace", "Ada")
        )
        update_contact(gone.id, {"first_name": "Ada B."}, by=alice.actor)
        delete_contacts([ada.id, gone.id], by=alice.actor)
    audit = alice.page("settings/audit/")
    assert "Ada" in audit and SECRET in audit
    with firm_context(alice.firm.id):
        purge_contacts([ada.id, gone.id], by=alice.actor)
    csv = b"".join(alice.client().post(alice.url("settings/audit/export/")).streaming_content).decode()
    read = {"page": alice.page("settings/audit/"), "api": Api(alice).get("audit").content.decode(), "csv": csv}
    read |= {"feed": told(alice, other), "company": alice.page(f"companies/{acme.id}/timeline", **HX)}
    for where, text in read.items():
        assert "Ada" not in text and SECRET not in text and "Grace" in text, where
