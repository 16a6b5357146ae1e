"""A database of before whose tables of activities are named after notes: upgraded with rows in it, and back."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, attachments
from fairlead.activities.models import Activity, ActivityAttachment, ActivityLink, ActivityMention, ActivityRevision
from fairlead.kernel.ids import uuid7
from fairlead.operations import schema
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
BEFORE = [("activities", "0002_what_is_due")]
MODELS = (Activity, ActivityLink, ActivityRevision, ActivityMention, ActivityAttachment)
# Everything the database knows by name of the tables of activities.
TABLES = "'^activities_(note|activity)(link|revision|mention|attachment)?$'"
NAMES = f"""
SELECT conname FROM pg_constraint WHERE conrelid::regclass::text ~ {TABLES}
UNION SELECT indexname FROM pg_indexes WHERE tablename ~ {TABLES}
UNION SELECT tablename || ' ' || policyname FROM pg_policies WHERE tablename ~ {TABLES}
ORDER BY 1
"""


@pytest.fixture
def upgrade() -> Iterator[None]:
    """Leave the database as the other tests expect it, whatever happens."""
    yield
    schema.migrate()


def asked(sql: str) -> list[Any]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def written(alice: Person, bob: Person, lady: Contact) -> Activity:
    """An activity of Alice's firm with a row in each of the tables."""
    with firm_context(alice.firm.id):
        body = f'<p>Hello <span data-type="mention" data-id="{bob.membership.id}">@Bob</span></p>'
        note = activities.write_note(body, [("contact", lady.id)], by=alice.actor)
        attachments.attach(note.id, io.BytesIO(b"all we agreed on"), "agreed.txt", by=alice.actor)
        activities.edit_activity(note.id, {"body": body.replace("Hello", "Good day")}, by=alice.actor)
    return note


def test_rows_protection_and_keys_stay_when_the_tables_get_their_names(
    alice: Person, bob: Person, charlie: Person, lady: Contact, upgrade: None
) -> None:
    note = written(alice, bob, lady)
    names = asked(NAMES)
    assert not [name for name in names if "note" in name]
    MigrationExecutor(connections["owner"]).migrate(BEFORE)
    assert asked("SELECT id FROM activities_note") == [note.id]
    assert asked("SELECT note_id FROM activities_noteattachment") == [note.id]
    assert not [name for name in asked(NAMES) if "activities_activity" in name]

    assert schema.migrate() == 1
    assert asked(NAMES) == names  # what is protected by name is not made a second time
    with firm_context(alice.firm.id):
        assert [m.rows().count() for m in MODELS] == [1] * len(MODELS)
        activities.edit_activity(note.id, {"body": "<p>Good evening</p>"}, by=alice.actor)
    with firm_context(charlie.firm.id):
        assert [m._base_manager.count() for m in MODELS] == [0] * len(MODELS)
    with pytest.raises(IntegrityError), firm_context(charlie.firm.id):
        ActivityLink(activity_id=note.id, noun="contact", record_id=uuid7()).save(force_insert=True)
