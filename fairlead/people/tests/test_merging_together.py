"""A merge while others work on the same people: on connections of their own, nothing is lost."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.actions.tags import ensure_tags
from fairlead.people.merging.contacts import merge_contacts
from fairlead.people.models import Contact, Tagging
from fairlead.records.actions.bulk import start_bulk
from fairlead.records.bulk import running
from fairlead.records.duplicates.public import merging
from fairlead.records.models import BulkRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0


def aside(work: Callable[[], Any]) -> threading.Thread:
    """Run `work` on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def make(alice: Person) -> tuple[Contact, Contact]:
    with firm_context(alice.firm.id):
        one, other = (create_contact({"first_name": name}, by=alice.actor) for name in ("Anna", "Ana"))
    return one, other


def tags_of(alice: Person, contact: Contact) -> set[str]:
    with firm_context(alice.firm.id):
        return set(Tagging.rows().filter(record_id=contact.id).values_list("tag__name", flat=True))


def test_a_merge_waits_for_work_in_sets_and_takes_what_it_wrote(alice: Person) -> None:
    one, other = make(alice)
    actor = alice.actor
    held, merging_now = threading.Event(), threading.Event()

    def import_chunk() -> None:
        with firm_context(alice.firm.id):
            merging.hold_off()
            held.set()
            assert merging_now.wait(PATIENCE)
            tag_records("contact", [other.id], names=["Imported"], by=actor)

    def merge() -> None:
        assert held.wait(PATIENCE)
        with firm_context(alice.firm.id):
            merging_now.set()
            merge_contacts(one.id, other.id, by=actor)

    threads = [aside(import_chunk), aside(merge)]
    for thread in threads:
        thread.join(PATIENCE)
    assert tags_of(alice, one) == {"Imported"}
    assert tags_of(alice, other) == set()


def test_a_bulk_action_on_a_merged_record_reaches_what_it_went_into(alice: Person) -> None:
    one, other = make(alice)
    with firm_context(alice.firm.id):
        tag = next(iter(ensure_tags(["Fair"], by=alice.actor).values()))
        run = start_bulk(nouns.get("contact"), "tag", {"tags": [str(tag.id)]}, by=alice.actor, ids=[other.id])
    assert running.advance(alice.firm.id, run.id)  # the selection is frozen
    with firm_context(alice.firm.id):
        merge_contacts(one.id, other.id, by=alice.actor)
    while running.advance(alice.firm.id, run.id):
        pass
    assert tags_of(alice, one) == {"Fair"}
    with firm_context(alice.firm.id):
        done = BulkRun.rows().get(pk=run.id)
        assert (done.state, done.changed, done.failed) == ("done", 1, 0)


def test_two_merges_of_the_same_pair_leave_one_record(alice: Person) -> None:
    one, other = make(alice)
    actor, failures = alice.actor, []

    def merge(winner: Contact, loser: Contact) -> Callable[[], None]:
        def work() -> None:
            with firm_context(alice.firm.id):
                try:
                    merge_contacts(winner.id, loser.id, by=actor)
                except Exception as error:
                    failures.append(type(error).__name__)

        return work

    for thread in [aside(merge(one, other)), aside(merge(other, one))]:
        thread.join(PATIENCE)
    assert failures == ["NotFound"]
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(deleted_at=None).count() == 1
