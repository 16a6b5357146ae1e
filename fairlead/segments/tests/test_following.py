"""Membership follows the log: only what can change is asked, moves are told, dependants follow."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.people import reads
from fairlead.people.actions.companies import create_company, update_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, restore_contacts, update_contact
from fairlead.people.actions.tag_ends import delete_tag, merge_tags
from fairlead.people.actions.tagging import tag_records, untag_records
from fairlead.people.actions.tags import create_tag
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import Criteria, nouns, trees
from fairlead.segments.actions.rules import create_rule
from fairlead.segments.actions.segments import create_segment, pause_segment, resume_segment, update_segment
from fairlead.segments.keeping import passing
from fairlead.segments.models import Segment, SegmentMember, SegmentSize
from fairlead.segments.tests.keeping import catch_up, members
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def city(name: str) -> dict[str, Any]:
    return {"all": [{"field": "city", "op": "is", "value": name}]}


def make(alice: Person, name: str, criteria: Any) -> Segment:
    with firm_context(alice.firm.id):
        made = create_segment({"name": name, "criteria": criteria}, by=alice.actor)
    drain()
    return made


def person(alice: Person, **values: Any) -> UUID:
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Ada", **values}, by=alice.actor).id


def _asked_tags(segment: Segment, person: Person) -> list[str]:
    """Return the ids that the segment asks for, of Client and of a tag that is gone, and see how they are named."""
    segment.refresh_from_db()
    asked = Criteria(nouns.get("contact"), segment.criteria, by=person.actor, stored=True)
    (leaf,) = trees.leaves(asked.node)
    assert asked.in_words(leaf) == "Tags has any of Client, (a tag that is gone)"
    return list(segment.criteria["all"][0]["tag"]["value"])


def test_a_merged_tag_goes_on_being_asked_for(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        gone, kept, doomed = (create_tag(name, by=alice.actor) for name in ("Customer", "Client", "Doomed"))
    ada, ben = person(alice), person(alice)
    tree = {"all": [{"tag": {"op": "has_any", "value": [str(gone.id).upper(), str(doomed.id)]}}]}
    segment = make(alice, "Customers", tree)
    with firm_context(charlie.firm.id):
        other = create_segment({"name": "Names", "criteria": city(str(gone.id))}, by=charlie.actor)
    with firm_context(alice.firm.id):
        rule = create_rule({"name": "Keep", "segment": segment.id, "add": [gone.id]}, by=alice.actor)
        tag_records("contact", [ada], names=["Customer"], by=alice.actor)
        tag_records("contact", [ben], names=["Client"], by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == {ada}
    with firm_context(alice.firm.id):
        merge_tags([gone.id], kept.id, by=alice.actor)
        delete_tag(doomed.id, by=alice.actor)
    catch_up(alice)
    drain()
    assert members(alice, segment) == {ada, ben}
    with firm_context(alice.firm.id):
        rule.refresh_from_db()
        assert rule.add == [str(kept.id)]
        assert _asked_tags(segment, alice) == [str(kept.id), str(doomed.id)]
        untag_records("contact", [ada], names=["Client"], by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == {ben}
    with firm_context(charlie.firm.id):
        other.refresh_from_db()
        assert other.criteria == city(str(gone.id))


def test_a_person_enters_and_leaves_with_an_event_each(alice: Person) -> None:
    segment = make(alice, "Berliners", city("Berlin"))
    ada = person(alice, city="Berlin")
    catch_up(alice)
    assert members(alice, segment) == {ada}
    with firm_context(alice.firm.id):
        update_contact(ada, {"city": "Paris"}, by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == set()
    with firm_context(alice.firm.id):
        told = Event.rows().filter(type__startswith="segment.", contact_id=ada).order_by("id")
        assert [(e.type, e.data["why"]) for e in told] == [
            ("segment.entered", "contact.created"),
            ("segment.left", "contact.updated"),
        ]
        causes = [Event.rows().get(pk=e.cause).type for e in told]
        assert causes == ["contact.created", "contact.updated"]
        segment.refresh_from_db()
        day = SegmentSize.rows().get(segment=segment)
        assert (segment.size, day.size, day.entered, day.left) == (0, 0, 1, 1)


def test_who_was_there_before_the_segment_is_in_it(alice: Person) -> None:
    ada = person(alice, city="Berlin")
    person(alice, city="Paris")
    segment = make(alice, "Berliners", city("Berlin"))
    assert members(alice, segment) == {ada}
    with firm_context(alice.firm.id):
        update_segment(segment.pk, {"criteria": city("Paris")}, by=alice.actor)
    drain()
    assert ada not in members(alice, segment) and len(members(alice, segment)) == 1


def test_the_bin_empties_and_restores(alice: Person) -> None:
    segment = make(alice, "Berliners", city("Berlin"))
    ada = person(alice, city="Berlin")
    catch_up(alice)
    with firm_context(alice.firm.id):
        delete_contacts([ada], by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == set()
    with firm_context(alice.firm.id):
        restore_contacts([ada], by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == {ada}


def test_tags_companies_and_other_segments_are_followed(alice: Person) -> None:
    with firm_context(alice.firm.id):
        vip = create_tag("VIP", by=alice.actor)
        acme = create_company({"name": "Acme"}, by=alice.actor)
    software = {"field": "company.industry", "op": "is", "value": "software"}
    base = make(alice, "Tagged", {"all": [{"tag": {"op": "has_any", "value": [str(vip.pk)]}}]})
    both = make(alice, "Both", {"all": [{"segment": {"op": "has_any", "value": [str(base.pk)]}}, software]})
    ada = person(alice, company=str(acme.pk))
    with firm_context(alice.firm.id):
        tag_records("contact", [ada], names=["VIP"], by=alice.actor)
    catch_up(alice)
    assert members(alice, base) == {ada} and members(alice, both) == set()
    with firm_context(alice.firm.id):
        update_company(acme.pk, {"industry": "software"}, by=alice.actor)
    catch_up(alice)
    assert members(alice, both) == {ada}
    with firm_context(alice.firm.id):
        untag_records("contact", [ada], names=["VIP"], by=alice.actor)
    catch_up(alice)
    assert members(alice, base) == members(alice, both) == set()


def test_only_what_can_change_is_asked(alice: Person) -> None:
    make(alice, "Berliners", city("Berlin"))
    for name in ("Rome", "Oslo"):
        make(alice, name, {"all": [{"field": "region", "op": "is", "value": name}]})
    ada = person(alice)
    catch_up(alice)
    with firm_context(alice.firm.id):
        update_contact(ada, {"job_title": "Poet"}, by=alice.actor)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        catch_up(alice)
    assert not [q for q in asked.captured_queries if '"city"' in q["sql"]]


def test_time_alone_moves_people(alice: Person) -> None:
    fresh = {"all": [{"field": "created_at", "op": "in_last", "value": {"amount": 30, "unit": "days"}}]}
    segment = make(alice, "New", fresh)
    ada = person(alice)
    catch_up(alice)
    assert members(alice, segment) == {ada}
    later = datetime.now(UTC) + timedelta(days=31)
    with clock.frozen(later), firm_context(alice.firm.id):
        assert passing.let_time_pass() == (0, 1)
        assert passing.let_time_pass() == (0, 0)
    assert members(alice, segment) == set()


def test_a_window_of_events_closes(alice: Person) -> None:
    seen = {"all": [{"event": {"type": "contact.updated", "op": ">=", "count": 1, "within": {"days": 7}}}]}
    segment = make(alice, "Busy", seen)
    ada = person(alice)
    with firm_context(alice.firm.id):
        update_contact(ada, {"city": "Rome"}, by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == {ada}
    with clock.frozen(datetime.now(UTC) + timedelta(days=8)), firm_context(alice.firm.id):
        assert passing.let_time_pass() == (0, 1)


def test_a_paused_segment_rests_and_catches_up(alice: Person) -> None:
    segment = make(alice, "Berliners", city("Berlin"))
    with firm_context(alice.firm.id):
        pause_segment(segment.pk, by=alice.actor)
    ada = person(alice, city="Berlin")
    catch_up(alice)
    assert members(alice, segment) == set()
    with firm_context(alice.firm.id):
        resume_segment(segment.pk, by=alice.actor)
    drain()
    assert members(alice, segment) == {ada}


def test_another_firm_is_never_touched(alice: Person, charlie: Person) -> None:
    mine = make(alice, "Berliners", city("Berlin"))
    theirs = make(charlie, "Berliners", city("Berlin"))
    ada = person(alice, city="Berlin")
    catch_up(alice)
    catch_up(charlie)
    assert members(alice, mine) == {ada} and members(charlie, theirs) == set()
    with firm_context(charlie.firm.id):
        assert not SegmentMember.rows().exists()


def test_a_computed_field_moves_people_when_what_it_is_made_of_changes(alice: Person, charlie: Person) -> None:
    ada = person(alice, city="Berlin")
    stranger = person(charlie, city="Berlin")
    with firm_context(alice.firm.id):
        [now] = reads.completeness([ada]).values()
    fuller = {"field": "completeness", "op": "gt", "value": now}
    segment, other = make(alice, "Well known", fuller), make(charlie, "Well known", fuller)
    catch_up(alice)
    assert members(alice, segment) == set()
    with firm_context(alice.firm.id):
        update_contact(ada, {"country": "DE"}, by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == {ada}
    with firm_context(alice.firm.id):
        fields = [
            create_field(nouns.get("contact"), {"label": f"Own {n}", "kind": "text"}, by=alice.actor) for n in range(5)
        ]
    catch_up(alice)
    drain()
    assert members(alice, segment) == set(), "Five empty fields make every profile less complete."
    with firm_context(alice.firm.id):
        update_contact(ada, {f.name: "known" for f in fields}, by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == {ada}
    catch_up(charlie)
    assert members(charlie, other) == set() and stranger not in members(alice, segment)
