"""A merge while others work on the same people: on connections of their own, nothing is lost."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.activity import touch_activity
from fairlead.people.actions.companies import create_company, update_company
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.actions.lists import create_list, subscribe
from fairlead.people.actions.tagging import tag_records
from fairlead.people.actions.tags import ensure_tags
from fairlead.people.merging.same_person import SAME_PERSON
from fairlead.people.models import Contact, ListSubscription, Tagging
from fairlead.people.nouns.company import COMPANY
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.actions.bulk import start_bulk
from fairlead.records.bulk import running
from fairlead.records.duplicates.candidates import refresh
from fairlead.records.duplicates.public import merge_records, merging
from fairlead.records.models import BulkRun, DuplicateCandidate
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context
from tests.running import until
from tests.together import aside, somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0


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
            merge_records(CONTACT, one.id, other.id, {}, by=actor)

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
        merge_records(CONTACT, one.id, other.id, {}, by=alice.actor)
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
                    merge_records(CONTACT, winner.id, loser.id, {}, by=actor)
                except Exception as error:
                    failures.append(type(error).__name__)

        return work

    for thread in [aside(merge(one, other)), aside(merge(other, one))]:
        thread.join(PATIENCE)
    assert failures == ["NotFound"]
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(deleted_at=None).count() == 1


def meet(alice: Person, first: Callable[[], Any], then: Callable[[], Any], other: Callable[[], Any]) -> list[str]:
    """Do `first`, and `then` in the same transaction once `other` waits for it; return what either was refused."""
    failures: list[str] = []
    held = threading.Event()

    def one() -> None:
        with firm_context(alice.firm.id):
            first()
            held.set()
            until(somebody_waits, "somebody to wait for the row")
            then()

    def two() -> None:
        assert held.wait(PATIENCE)
        with firm_context(alice.firm.id):
            other()

    def noted(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except Exception as error:
                failures.append(str(error))

        return run

    for thread in [aside(noted(one)), aside(noted(two))]:
        thread.join(PATIENCE)
    return failures


def test_who_writes_about_a_person_does_not_lock_out_a_merge(alice: Person) -> None:
    """A key that points at a contact is checked at commit, when the merge has the contact and waits for another row."""
    one, other = make(alice)
    with firm_context(alice.firm.id):
        old, new = create_list("Old", by=alice.actor), create_list("New", by=alice.actor)
        subscribe(old.id, [other.id], by=alice.actor)
    failures = meet(
        alice,
        lambda: ListSubscription.rows().filter(list=old).update(status="pending"),
        lambda: ListSubscription.objects.create(list=new, contact=other),
        lambda: merge_records(CONTACT, one.id, other.id, {}, by=alice.actor),
    )
    assert failures == []
    with firm_context(alice.firm.id):
        assert ListSubscription.rows().get(list=old).contact_id == one.id


def test_companies_come_before_their_people(alice: Person) -> None:
    one, _ = make(alice)
    with firm_context(alice.firm.id):
        acorn, oak = (create_company({"name": name}, by=alice.actor) for name in ("Acorn", "Oak"))
        update_contact(one.id, {"company": str(oak.id)}, by=alice.actor)
    about = [("contact", one.id), ("company", oak.id)]
    failures = meet(
        alice,
        lambda: update_company(oak.id, {"city": "Bonn"}, by=alice.actor),
        lambda: merge_records(COMPANY, acorn.id, oak.id, {}, by=alice.actor),
        lambda: touch_activity(about, datetime(2026, 3, 1, tzinfo=UTC)),
    )
    assert failures == []
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=one.id).company_id == acorn.id


def test_pairs_are_taken_in_their_order(alice: Person) -> None:
    with firm_context(alice.firm.id):
        named = {"first_name": "Ada", "last_name": "Byron", "company_name": "Acorn"}
        people = [create_contact(named, by=alice.actor) for _ in range(3)]
        ids = sorted(p.pk for p in people)
        assert refresh(SAME_PERSON, ids) == 3
        pairs = DuplicateCandidate.rows().order_by("low_id", "high_id")
        earlier, later = pairs[1].pk, pairs[2].pk
    failures = meet(
        alice,
        lambda: DuplicateCandidate.rows().filter(pk=earlier).update(score=1),
        lambda: DuplicateCandidate.rows().filter(pk=later).update(score=1),
        lambda: merge_records(CONTACT, ids[1], ids[2], {}, by=alice.actor),
    )
    assert failures == []
