"""Many people at once: into a static segment and out of it, given a persona; all of it can be taken back."""

from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.jobs.testing import drain
from fairlead.people.models import Contact
from fairlead.segments.actions.assigning import assign_by_rule, assign_persona
from fairlead.segments.actions.personas import create_persona
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.models import Persona, PersonaAssignment, Segment
from fairlead.segments.tests.keeping import members
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(alice: Person) -> list[str]:
    with firm_context(alice.firm.id):
        return [str(Contact.objects.create(name=f"C{n}", owner=alice.membership).id) for n in range(3)]


@pytest.fixture
def guests(alice: Person) -> Segment:
    with firm_context(alice.firm.id):
        return create_segment({"name": "Guests", "kind": "static"}, by=alice.actor)


@pytest.fixture
def founder(alice: Person) -> Persona:
    with firm_context(alice.firm.id):
        return create_persona({"name": "Founder"}, by=alice.actor)


def run(person: Person, ids: list[str], verb: str, **params: str) -> str:
    answer = Api(person).post("bulk-runs", {"noun": "contact", "verb": verb, "params": params, "ids": ids})
    assert answer.status_code == 202, answer.content
    drain()
    return str(answer.json()["id"])


def undo(person: Person, run_id: str) -> None:
    assert Api(person).post(f"bulk-runs/{run_id}/undo").status_code < 300
    drain()


def of_persona(person: Person, persona: Persona) -> set[UUID]:
    with firm_context(person.firm.id):
        rows = PersonaAssignment.rows().filter(persona=persona).exclude(source=PersonaAssignment.Source.REFUSED)
        return set(rows.values_list("contact_id", flat=True))


def test_people_come_into_a_static_segment_and_leave_it(alice: Person, guests: Segment, ids: list[str]) -> None:
    run(alice, ids[:1], "segment-add", segment=str(guests.pk))
    added = run(alice, ids, "segment-add", segment=str(guests.pk))
    assert members(alice, guests) == {UUID(pk) for pk in ids}
    undo(alice, added)
    assert members(alice, guests) == {UUID(ids[0])}  # who was in before stays
    removed = run(alice, ids, "segment-remove", segment=str(guests.pk))
    assert members(alice, guests) == set()
    undo(alice, removed)
    assert members(alice, guests) == {UUID(ids[0])}


def test_people_get_a_persona(alice: Person, founder: Persona, ids: list[str]) -> None:
    done = run(alice, ids[1:], "persona-assign", persona=str(founder.pk))
    assert of_persona(alice, founder) == {UUID(pk) for pk in ids[1:]}
    undo(alice, done)
    assert of_persona(alice, founder) == set()


def test_a_persona_is_taken_away_and_what_was_said_before_comes_back(
    alice: Person, founder: Persona, ids: list[str]
) -> None:
    one, two, three = (UUID(pk) for pk in ids)
    drain()  # a persona without criteria is none of anybody's by rule
    with firm_context(alice.firm.id):
        assign_persona(founder.pk, [one], by=alice.actor)
        assign_by_rule(founder, {two: None}, by=alice.actor)
    removed = run(alice, ids, "persona-remove", persona=str(founder.pk))
    assert of_persona(alice, founder) == set()
    undo(alice, removed)
    assigned = run(alice, ids, "persona-assign", persona=str(founder.pk))
    assert of_persona(alice, founder) == {one, two, three}
    undo(alice, assigned)
    with firm_context(alice.firm.id):  # of the third nobody has said anything: its criteria may find it again
        said = dict(PersonaAssignment.rows().filter(persona=founder).values_list("contact_id", "source"))
        assert said == {one: "hand", two: "rule"}


def test_what_does_not_exist_here_starts_nothing(
    alice: Person, charlie: Person, guests: Segment, founder: Persona, ids: list[str]
) -> None:
    with firm_context(alice.firm.id):
        lively = create_segment({"name": "Cs", "criteria": {"field": "name", "op": "contains", "value": "C"}},
                                by=alice.actor)  # fmt: skip
    for person, verb, params in (
        (alice, "segment-add", {"segment": str(lively.pk)}),  # a dynamic one keeps itself
        (alice, "segment-add", {"segment": "x"}),
        (alice, "segment-remove", {}),
        (alice, "persona-assign", {"persona": str(guests.pk)}),
        (charlie, "segment-add", {"segment": str(guests.pk)}),
        (charlie, "persona-assign", {"persona": str(founder.pk)}),
        (charlie, "persona-remove", {"persona": str(founder.pk)}),
    ):
        asked = {"noun": "contact", "verb": verb, "params": params, "ids": ids}
        (error,) = problem(Api(person).post("bulk-runs", asked), 422, "invalid")["errors"]
        assert verb.partition("-")[0] in error["pointer"], error
    drain()
    assert members(alice, guests) == set() == of_persona(alice, founder)


def test_the_dialogs_offer_what_there_is(alice: Person, guests: Segment, founder: Persona) -> None:
    client, headers = alice.client(), {"HX-Request": "true"}
    for verb, name in (("segment-add", "Guests"), ("segment-remove", "Guests"), ("persona-assign", "Founder")):
        assert name in client.get(alice.url(f"records/contacts/bulk/{verb}"), headers=headers).content.decode()
