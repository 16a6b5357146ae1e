"""Writing, changing and finding notes."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.accounts.tests.cast import Person
from fairlead.activities import access, reads, richtext
from fairlead.activities.actions import activities as notes
from fairlead.activities.actions import attachments, importing, pins, templates
from fairlead.activities.imports import NoteTarget
from fairlead.activities.models import Activity, ActivityLink, ActivityMention, ActivityRevision, Pin
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, purge_contacts
from fairlead.people.models import Company, Contact
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db
EVIL = '<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x()">a</a><img src=x onerror=x()> there</p>'


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        acme = create_company({"name": "Acme"}, by=alice.actor)
        return create_contact({"first_name": "Ada", "company": acme.id, "owner": alice.membership.id}, by=alice.actor)


def test_a_note_is_cleaned_told_and_touches_its_records(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        about = [("contact", ada.id), ("company", ada.company_id)]
        note = notes.write_note(EVIL, about, by=alice.actor)
        for bad in ("script", "onclick", "javascript", "img", "onerror"):
            assert bad not in note.body
        assert note.text == "Hi a there"
        first, second = Event.rows().filter(type__startswith="note.").order_by("id")
        assert (first.type, first.contact_id, first.company_id) == ("note.written", ada.id, ada.company_id)
        assert (second.type, second.company_id, second.data["activity"]) == (
            "note.associated",
            ada.company_id,
            str(note.id),
        )
        ada.refresh_from_db()
        assert ada.last_activity_at == note.occurred_at == Company.rows().get().last_activity_at


def test_empty_notes_and_odd_records_are_refused(alice: Person, charlie: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        for body in ("", "<p> </p>", "<script>x</script>"):
            with pytest.raises(InvalidInput):
                notes.write_note(body, [("contact", ada.id)], by=alice.actor)
        with pytest.raises(InvalidInput):
            notes.write_note("<p>x</p>", [], by=alice.actor)
        with pytest.raises(NotFound):
            notes.write_note("<p>x</p>", [("company", ada.id)], by=alice.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        notes.write_note("<p>x</p>", [("contact", ada.id)], by=charlie.actor)


def test_a_member_is_mentioned_once(alice: Person, bob: Person, charlie: Person, ada: Contact) -> None:
    def at(person: Person) -> str:
        return f'<span class="mention x" data-type="mention" data-id="{person.membership.id}" data-label="N">@N</span>'

    with firm_context(alice.firm.id):
        note = notes.write_note(f"<p>Ask {at(bob)} {at(bob)} {at(charlie)}</p>", [("contact", ada.id)], by=alice.actor)
        notes.edit_activity(note.id, {"body": f"<p>Do ask {at(bob)}</p>"}, by=alice.actor)
        assert ActivityMention.rows().get().membership_id == bob.membership.id
        event = Event.rows().get(type="note.mentioned")
        assert (event.data["name"], event.data["member"]) == ("Bob Beech", str(bob.membership.id))


def test_history_is_kept_and_can_come_back(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>One two three</p>", [("contact", ada.id)], by=alice.actor)
        notes.edit_activity(note.id, {"body": "<p>One 2 three</p>"}, by=alice.actor, version=1)
        with pytest.raises(StaleVersion):
            notes.edit_activity(note.id, {"body": "<p>Late</p>"}, by=alice.actor, version=1)
        notes.edit_activity(note.id, {"body": "<p>One 2 three</p>"}, by=alice.actor)
        revision = ActivityRevision.rows().get()
        assert "<del>two </del><ins>2 </ins>" in richtext.difference(revision.body, "<p>One 2 three</p>")
        assert notes.revert_activity(note.id, 1, by=alice.actor).body == "<p>One two three</p>"
        assert [r.version for r in reads.revisions(note)] == [2, 1]


def test_only_the_author_and_managers_change_a_note(alice: Person, bob: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>Alice's</p>", [("contact", ada.id)], by=alice.actor)
        for attempt in (
            lambda: notes.edit_activity(note.id, {"body": "<p>Bob's</p>"}, by=bob.actor),
            lambda: notes.delete_activity(note.id, by=bob.actor),
        ):
            with pytest.raises(Forbidden):
                attempt()
        his = notes.write_note("<p>Bob's</p>", [("contact", ada.id)], by=bob.actor)
        notes.edit_activity(his.id, {"body": "<p>Corrected</p>"}, by=alice.actor)
        notes.delete_activity(his.id, by=bob.actor)
        with pytest.raises(NotFound):
            access.activity(alice.actor, his.id)
        notes.restore_activity(his.id, by=bob.actor)
        assert access.activity(alice.actor, his.id).text == "Corrected"


def test_a_note_moves_between_records_but_never_off_its_last(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>x</p>", [("contact", ada.id)], by=alice.actor)
        assert (
            notes.associate_activity(note.id, [("contact", ada.id), ("company", ada.company_id)], by=alice.actor) == 1
        )
        notes.dissociate_activity(note.id, "contact", ada.id, by=alice.actor)
        with pytest.raises(InvalidInput):
            notes.dissociate_activity(note.id, "company", ada.company_id, by=alice.actor)
        assert [p.records[0][0] for p in reads.recent(alice.actor)] == ["company"]


def test_notes_are_seen_by_who_sees_the_record(alice: Person, bob: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>x</p>", [("contact", ada.id)], by=alice.actor)
        assert [p.activity.id for p in reads.recent(bob.actor)] == [note.id]
        alice.firm.visibility = Visibility.OWNER
        alice.firm.save()
        assert reads.recent(bob.actor) == []
        with pytest.raises(NotFound):
            access.activity(bob.actor, note.id)


def test_files_are_kept_with_the_note(alice: Person, bob: Person, charlie: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        note = notes.write_note("<p>x</p>", [("contact", ada.id)], by=alice.actor)
        kept = attachments.attach(note.id, io.BytesIO(b"minutes"), "../minutes.txt", by=bob.actor)
        assert (kept.name, kept.size) == ("minutes.txt", 7)
        with pytest.raises(InvalidInput):
            attachments.attach(note.id, io.BytesIO(b"MZ..."), "setup.exe", by=alice.actor)
        with pytest.raises(Forbidden):
            attachments.detach(kept.id, by=bob.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        access.attachment(charlie.actor, kept.id)
    with firm_context(alice.firm.id):
        attachments.detach(kept.id, by=alice.actor)


def test_an_entry_is_pinned_and_unpinned(alice: Person, charlie: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        notes.write_note("<p>x</p>", [("contact", ada.id)], by=alice.actor)
        event = Event.rows().get(type="note.written")
        pins.pin("contact", ada.id, event.id, by=alice.actor)
        pins.pin("contact", ada.id, event.id, by=alice.actor)
        assert reads.pinned("contact", ada.id) == [event.id]
        with pytest.raises(NotFound):
            pins.pin("contact", ada.id, ada.id, by=alice.actor)
        assert pins.unpin("contact", ada.id, event.id, by=alice.actor)
        assert not pins.unpin("contact", ada.id, event.id, by=alice.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        pins.pin("contact", ada.id, event.id, by=charlie.actor)


def test_a_purged_record_takes_its_notes_along(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        only = notes.write_note("<p>only hers</p>", [("contact", ada.id)], by=alice.actor)
        both = notes.write_note("<p>both</p>", [("contact", ada.id), ("company", ada.company_id)], by=alice.actor)
        pins.pin("contact", ada.id, Event.rows().filter(type="note.written")[0].id, by=alice.actor)
        delete_contacts([ada.id], by=alice.actor)
        purge_contacts([ada.id], by=alice.actor)
        assert list(Activity.rows()) == [both] and only.pk != both.pk
        assert ActivityLink.rows().count() == 1 and not Pin.rows().exists()


def test_templates_have_names(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        made = templates.save_template("Call", "<p>Who, what</p>", by=alice.actor)
        with pytest.raises(InvalidInput, match="already"):
            templates.save_template("CALL", "<p>x</p>", by=alice.actor)
        templates.save_template("Call", "<p>New</p>", template_id=made.id, by=alice.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        templates.delete_template(made.id, by=charlie.actor)
    with firm_context(alice.firm.id):
        templates.delete_template(made.id, by=alice.actor)


def test_imported_notes_come_once_and_can_go_again(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        wanted = [(ada.id, "Met at the fair.\n\nLikes <b>tea</b>"), (ada.id, "Second\nline")]
        assert importing.missing_notes("contact", wanted) == [True, True]
        ids = importing.write_notes("contact", wanted, by=alice.actor)
        assert importing.missing_notes("contact", wanted) == [False, False]
        assert Activity.rows().get(pk=ids[0]).text == "Met at the fair.\nLikes <b>tea</b>"
        notes.edit_activity(ids[1], {"body": "<p>Changed</p>"}, by=alice.actor)
        assert importing.unwrite_notes(ids, by=alice.actor) == 1
        assert Event.rows().filter(type="note.deleted").count() == 1


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_whatever_is_written_is_harmless_and_stable(text: str) -> None:
    once = richtext.clean(f"<p>{text}</p>" + EVIL + text)
    assert richtext.clean(once) == once
    assert ("<script" not in once.lower() and "onerror" not in once.split("&")[0].lower()) or "onerror" in text


def test_the_moment_of_an_old_note_is_kept(alice: Person, ada: Contact) -> None:
    then = datetime(2020, 5, 1, tzinfo=UTC)
    with firm_context(alice.firm.id):
        notes.write_note("<p>old</p>", [("contact", ada.id)], occurred_at=then, by=alice.actor)
        assert Event.rows().get(type="note.written").occurred_at == then


def test_the_import_target_speaks_the_importers_language(alice: Person, ada: Contact) -> None:
    target = NoteTarget()
    with firm_context(alice.firm.id):
        wanted = [(ada.id.hex, "From the old system")]
        assert target.missing("contact", wanted) == [True]
        ids = target.write("contact", wanted, by=alice.actor)
        assert target.missing("contact", wanted) == [False]
        target.undo(ids, by=alice.actor)
        assert target.missing("contact", wanted) == [True]
