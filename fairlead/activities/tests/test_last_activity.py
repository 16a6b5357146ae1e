"""When something last happened: what is logged about a person counts for the company that the person is with now."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities
from fairlead.activities.actions.importing import write_notes
from fairlead.activities.jobs import roll_up, roll_up_all
from fairlead.activities.models import Activity
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, restore_contacts, update_contact
from fairlead.people.actions.setting import set_field
from fairlead.people.models import Company, Contact
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.duplicates.public import merge_records, undo_merge
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.models import SegmentMember
from fairlead.segments.tests.keeping import catch_up
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=3)


def call(by: Person, *records: Contact | Company, at: datetime = NOON) -> Activity:
    about = [(r._meta.model_name or "", r.pk) for r in records]
    with firm_context(by.firm.id):
        return activities.log_activity("call", {"occurred_at": at}, about, by=by.actor)


def company(by: Person, name: str) -> Company:
    with firm_context(by.firm.id):
        return create_company({"name": name}, by=by.actor)


def read(by: Person) -> None:
    """Hand the consumer the firm's log, as the worker would."""
    with firm_context(by.firm.id):
        roll_up(list(Event.rows().order_by("generation", "tx", "id")))


def last(by: Person, record: Contact | Company | UUID | None) -> datetime | None:
    """Return when something last happened with a record, after the log is read."""
    read(by)
    pk = record.pk if isinstance(record, Contact | Company) else record
    with firm_context(by.firm.id):
        found: Any = Company.rows().filter(pk=pk).first() or Contact.rows().get(pk=pk)
        return found.last_activity_at  # type: ignore[no-any-return]


def test_a_call_with_a_person_counts_for_her_company_at_once(alice: Person, lady: Contact) -> None:
    call(alice, lady)
    with firm_context(alice.firm.id):
        assert Company.rows().get(pk=lady.company_id).last_activity_at == NOON
    assert last(alice, lady.company_id) == NOON


def test_her_company_is_the_one_she_is_with_now(alice: Person, lady: Contact) -> None:
    old, new = lady.company_id, company(alice, "Babbage & Co")
    call(alice, lady)
    with firm_context(alice.firm.id):
        update_contact(lady.pk, {"company": new.pk}, by=alice.actor)
    assert (last(alice, old), last(alice, new)) == (None, NOON)
    with firm_context(alice.firm.id):
        update_contact(lady.pk, {"company": None}, by=alice.actor)
    assert last(alice, new) is None


def test_many_who_move_at_once_take_it_with_them(alice: Person, lady: Contact) -> None:
    from fairlead.people.actions.contacts import SETTING

    new = company(alice, "Babbage & Co")
    call(alice, lady)
    with firm_context(alice.firm.id):
        set_field(SETTING, {lady.pk: str(new.pk)}, "company", by=alice.actor)
    assert (last(alice, lady.company_id), last(alice, new)) == (None, NOON)


def test_what_is_about_the_company_stays_when_a_person_goes(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        acme = Company.rows().get(pk=lady.company_id)
    call(alice, acme)
    call(alice, lady, at=LATER)
    assert last(alice, acme) == LATER
    with firm_context(alice.firm.id):
        delete_contacts([lady.pk], by=alice.actor)
    assert last(alice, acme) == NOON
    with firm_context(alice.firm.id):
        restore_contacts([lady.pk], by=alice.actor)
    assert last(alice, acme) == LATER


def test_a_call_that_is_deleted_counts_no_more_and_restored_counts_again(alice: Person, lady: Contact) -> None:
    call(alice, lady)
    wrong = call(alice, lady, at=LATER)
    with firm_context(alice.firm.id):
        activities.delete_activity(wrong.pk, by=alice.actor)
    assert (last(alice, lady), last(alice, lady.company_id)) == (NOON, NOON)
    with firm_context(alice.firm.id):
        activities.restore_activity(wrong.pk, by=alice.actor)
    assert (last(alice, lady), last(alice, lady.company_id)) == (LATER, LATER)


def test_a_call_that_is_dated_back_moves_it_back(alice: Person, lady: Contact) -> None:
    made = call(alice, lady, at=LATER)
    with firm_context(alice.firm.id):
        activities.edit_activity(made.pk, {"occurred_at": NOON}, by=alice.actor)
    assert (last(alice, lady), last(alice, lady.company_id)) == (NOON, NOON)


def test_what_is_taken_off_a_person_counts_for_her_company_no_more(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        other = create_contact({"first_name": "Charles"}, by=alice.actor)
    made = call(alice, other, lady)
    assert last(alice, lady.company_id) == NOON
    with firm_context(alice.firm.id):
        activities.dissociate_activity(made.pk, "contact", lady.pk, by=alice.actor)
    assert (last(alice, lady), last(alice, lady.company_id), last(alice, other)) == (None, None, NOON)


def test_every_company_that_a_deleted_call_was_about_goes_back(alice: Person, lady: Contact) -> None:
    acme, bolt = company(alice, "Acme"), company(alice, "Bolt")
    made = call(alice, lady, acme, bolt)
    assert {last(alice, c) for c in (acme, bolt)} == {NOON}
    with firm_context(alice.firm.id):
        activities.delete_activity(made.pk, by=alice.actor)
    assert {last(alice, c) for c in (acme, bolt, lady.company_id)} == {None}


def test_a_date_that_an_import_brought_is_rolled_up_after_it(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        Contact.rows().filter(pk=lady.pk).update(last_activity_at=NOON)
    assert last(alice, lady.company_id) is None
    roll_up_all(firm_id=alice.firm.id)
    assert last(alice, lady.company_id) == NOON


def test_a_date_that_an_import_brought_is_what_a_deleted_call_goes_back_to(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        Contact.rows().filter(pk=lady.pk).update(last_activity_at=NOON)
    wrong = [call(alice, lady, at=LATER), call(alice, lady, at=LATER + timedelta(days=1))]
    for made in wrong:
        with firm_context(alice.firm.id):
            activities.delete_activity(made.pk, by=alice.actor)
    assert (last(alice, lady), last(alice, lady.company_id)) == (NOON, NOON)


def test_what_activities_explain_is_no_date_of_an_import(alice: Person, lady: Contact) -> None:
    first, second = call(alice, lady), call(alice, lady, at=LATER)
    with firm_context(alice.firm.id):
        activities.edit_activity(second.pk, {"occurred_at": LATER + timedelta(days=1)}, by=alice.actor)
        for made in (first, second):
            activities.delete_activity(made.pk, by=alice.actor)
    assert last(alice, lady) is None


def test_an_imported_date_goes_with_a_merge_and_comes_back_with_its_undo(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        twin = create_contact({"first_name": "Lady A."}, by=alice.actor)
        Contact.rows().filter(pk=twin.pk).update(last_activity_at=NOON)
    call(alice, twin, at=LATER)
    with firm_context(alice.firm.id):
        merge = merge_records(CONTACT, lady.pk, twin.pk, {}, by=alice.actor)
        assert Contact.rows().get(pk=lady.pk).activity_floor_at == NOON
        undo_merge(merge.pk, by=alice.actor)
        assert Contact.rows().get(pk=lady.pk).activity_floor_at is None


def test_the_other_firm_keeps_its_own(alice: Person, charlie: Person, lady: Contact) -> None:
    theirs = company(charlie, "Analytical Engine")
    call(charlie, theirs)
    call(alice, lady, at=LATER)
    with firm_context(alice.firm.id):
        assert roll_up_of(theirs.pk) == 0
    assert (last(charlie, theirs), last(alice, lady.company_id)) == (NOON, LATER)


def roll_up_of(pk: UUID) -> int:
    from fairlead.people.public import roll_up as work_out

    return work_out([pk])


@pytest.mark.parametrize("count", [1, 12])
def test_a_batch_costs_the_same_statements_however_long(alice: Person, count: int) -> None:
    for n in range(count):
        with firm_context(alice.firm.id):
            where = create_company({"name": f"Company {n}"}, by=alice.actor)
            person = create_contact({"first_name": f"P{n}", "company": where.pk}, by=alice.actor)
        call(alice, person)
    with firm_context(alice.firm.id):
        events = list(Event.rows().order_by("id"))
        Company.rows().update(last_activity_at=None)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            roll_up(events)
        assert Company.rows().filter(last_activity_at=NOON).count() == count
    assert len(captured) <= 6, [q["sql"][:90] for q in captured]


def test_a_segment_follows_what_happens_with_colleagues(alice: Person, lady: Contact) -> None:
    tree = {"all": [{"field": "company.last_activity_at", "op": "is_known"}]}
    with firm_context(alice.firm.id):
        colleague = create_contact({"first_name": "Charles", "company": lady.company_id}, by=alice.actor)
        made = create_segment({"name": "In touch", "criteria": tree}, by=alice.actor)
    drain()

    def members() -> set[UUID]:
        catch_up(alice)
        with firm_context(alice.firm.id):
            return set(SegmentMember.rows().filter(segment_id=made.pk).values_list("contact_id", flat=True))

    wrong = call(alice, lady)
    assert members() == {lady.pk, colleague.pk}
    with firm_context(alice.firm.id):
        activities.delete_activity(wrong.pk, by=alice.actor)
    assert members() == set()


def test_the_list_is_ordered_and_filtered_by_it(api: Api, alice: Person, lady: Contact) -> None:
    quiet, acme = company(alice, "Quiet"), company(alice, "Acme")
    call(alice, lady)
    call(alice, acme, at=LATER)
    read(alice)
    ids: Sequence[str] = [c["id"] for c in api.get("companies?sort=-last_activity_at").json()["data"]]
    assert ids == [str(acme.pk), str(lady.company_id), str(quiet.pk)]
    found = api.get("companies?last_activity_at__lte=2026-03-03T00:00:00Z").json()["data"]
    assert [(c["id"], c["last_activity_at"][:10]) for c in found] == [(str(lady.company_id), "2026-03-02")]


def test_the_companys_timeline_says_whose_call_it_was(alice: Person, lady: Contact) -> None:
    call(alice, lady)
    read(alice)
    page = alice.client().get(alice.url(f"companies/{lady.company_id}/timeline")).content.decode()
    link = f'<a href="{alice.url(f"contacts/{lady.pk}/")}">Ada Lovelace</a>'
    assert f"logged a call · {link}" in page
    own = alice.client().get(alice.url(f"contacts/{lady.pk}/timeline")).content.decode()
    assert "logged a call" in own and "logged a call ·" not in own
    glance = alice.client().get(alice.url(f"companies/{lady.company_id}/panels/figures")).content.decode()
    assert f"<dt>With</dt><dd>{link}</dd>" in glance


def test_an_imported_note_stands_on_the_timeline_of_the_company(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        write_notes("contact", [(lady.pk, "She wants a quote.")], by=alice.actor)
    page = alice.client().get(alice.url(f"companies/{lady.company_id}/timeline")).content.decode()
    assert "She wants a quote." in page and "Ada Lovelace" in page
    assert "She wants a quote." in alice.client().get(alice.url(f"contacts/{lady.pk}/timeline")).content.decode()


def test_a_call_that_goes_back_to_its_plan_counts_no_more(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        about = [("contact", lady.pk)]
        planned = activities.log_activity("call", {"scheduled_at": NOON}, about, by=alice.actor)
        activities.complete_activity(planned.pk, {"started_at": NOON}, by=alice.actor)
    assert (last(alice, lady), last(alice, lady.company_id)) == (NOON, NOON)
    with firm_context(alice.firm.id):
        activities.revert_activity(planned.pk, 1, by=alice.actor)
    assert (last(alice, lady), last(alice, lady.company_id)) == (None, None)
