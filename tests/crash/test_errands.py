"""kill -9 in the middle of an errand: it goes on with what is left, and each record passes once."""

from pathlib import Path
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.tag_ends import delete_tag
from fairlead.people.actions.tags import create_tag
from fairlead.people.models import Contact, Tag, Tagging
from fairlead.tenancy.public import firm_context
from tests.crash.workers import scalar, working
from tests.running import until

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
RECORDS = 16_000  # more than pass at once, and several pieces
DONE = "SELECT done FROM accounts_errand WHERE firm_id = %s"
RUNNING = "SELECT count(*) FROM accounts_errand WHERE firm_id = %s AND state = 'running'"
TOLD = "SELECT count(*) FROM events_event WHERE firm_id = %s AND type = 'record.untagged'"
WHOM = "SELECT count(DISTINCT contact_id) FROM events_event WHERE firm_id = %s AND type = 'record.untagged'"


def tagged(person: Person) -> Tag:
    """Return a tag that stands on all of the firm's contacts."""
    tag = create_tag("Webinar 2019", by=person.actor)
    made = Contact.objects.bulk_create([Contact(name=f"Person {n}") for n in range(RECORDS)])
    place: dict[str, Any] = {"tag": tag, "noun": "contact", "tagged_by_id": person.actor.membership_id}
    Tagging.objects.bulk_create([Tagging(record_id=contact.pk, **place) for contact in made])
    Tag.rows().filter(pk=tag.pk).update(usage_count=RECORDS)
    return tag


def test_a_killed_deletion_of_a_tag_goes_on_and_tells_of_each_record_once(
    alice: Person, charlie: Person, tmp_path: Path
) -> None:
    with firm_context(charlie.firm.id):
        his = create_tag("Webinar 2019", by=charlie.actor)
    with firm_context(alice.firm.id):
        hers = tagged(alice)
        assert delete_tag(hers.id, by=alice.actor) == 0, "it goes on in the background"
    firm = alice.firm.id
    with working(tmp_path / "first.log") as worker:
        until(lambda: scalar(DONE, firm) > 0, f"a piece done ({worker.log})")
        worker.kill()
    passed = scalar(DONE, firm)
    assert 0 < passed < RECORDS, "killed in the middle"
    assert scalar(TOLD, firm) == passed, "a piece, its events and its count are one"
    with working(tmp_path / "second.log") as worker:
        until(lambda: scalar(RUNNING, firm) == 0, f"the end ({worker.log})")
    assert (scalar(DONE, firm), scalar(TOLD, firm), scalar(WHOM, firm)) == (RECORDS, RECORDS, RECORDS)
    with firm_context(firm):
        assert not Tag.rows().exists() and not Tagging.rows().exists()
    with firm_context(charlie.firm.id):
        assert list(Tag.rows()) == [his]
