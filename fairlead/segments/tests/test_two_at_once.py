"""Two change what segments and personas are made of at one moment: no ring is closed, none lives on the archive."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.segments.actions import personas, rules, segments
from fairlead.segments.models import Persona, Segment, TagRule
from fairlead.tenancy.public import firm_context
from tests.together import meet

pytestmark = pytest.mark.django_db(transaction=True)


def named(kind: str, pk: UUID) -> dict[str, Any]:
    """Return criteria that ask who is in a segment or is a persona."""
    return {"all": [{kind: {"op": "has_any", "value": [str(pk)]}}]}


@pytest.fixture
def segment(alice: Person) -> Segment:
    with firm_context(alice.firm.id):
        return segments.create_segment({"name": "Berlin"}, by=alice.actor)


@pytest.fixture
def persona(alice: Person) -> Persona:
    with firm_context(alice.firm.id):
        return personas.create_persona(
            {"name": "Founder", "criteria": {"all": [{"field": "city", "op": "is_known"}]}}, by=alice.actor
        )


@pytest.mark.parametrize("way", ["criteria", "segment"])
def test_a_persona_and_a_segment_do_not_come_to_be_made_of_each_other(
    alice: Person, segment: Segment, persona: Persona, way: str
) -> None:
    by = alice.actor
    given = {"criteria": named("segment", segment.pk)} if way == "criteria" else {"segment": str(segment.pk)}
    waited, raised = meet(
        alice.firm.id,
        lambda: personas.update_persona(persona.pk, given, by=by),
        lambda: segments.update_segment(segment.pk, {"criteria": named("persona", persona.pk)}, by=by),
    )
    assert waited and [type(error) for error in raised] == [InvalidInput]
    with firm_context(alice.firm.id):
        assert Segment.rows().get(pk=segment.pk).criteria == {"all": []}


USES: dict[str, Callable[[UUID, Any], Any]] = {
    "a rule": lambda pk, by: rules.create_rule({"name": "Tag", "segment": str(pk), "add": ["Fair"]}, by=by),
    "a persona": lambda pk, by: personas.create_persona({"name": "Buyer", "segment": str(pk)}, by=by),
    "a segment": lambda pk, by: segments.create_segment({"name": "All", "criteria": named("segment", pk)}, by=by),
}


@pytest.mark.parametrize("use", USES)
def test_what_comes_to_use_a_segment_keeps_it_from_the_archive(alice: Person, segment: Segment, use: str) -> None:
    by = alice.actor
    waited, raised = meet(
        alice.firm.id, lambda: USES[use](segment.pk, by), lambda: segments.archive_segment(segment.pk, by=by)
    )
    assert waited and [type(error) for error in raised] == [Conflict]


@pytest.mark.parametrize("use", USES)
def test_a_segment_that_goes_to_the_archive_is_not_taken_into_use(alice: Person, segment: Segment, use: str) -> None:
    by = alice.actor
    waited, raised = meet(
        alice.firm.id, lambda: segments.archive_segment(segment.pk, by=by), lambda: USES[use](segment.pk, by)
    )
    assert waited and [type(error) for error in raised] in ([Conflict], [InvalidInput])
    with firm_context(alice.firm.id):
        assert not TagRule.rows().exists() and not Persona.rows().exists() and Segment.rows().count() == 1


def test_a_persona_stays_in_the_archive_as_long_as_its_segment(alice: Person, segment: Segment) -> None:
    by = alice.actor
    with firm_context(alice.firm.id):
        made = personas.create_persona({"name": "Buyer", "segment": str(segment.pk)}, by=by)
        personas.archive_persona(made.pk, by=by)
        segments.archive_segment(segment.pk, by=by)
        with pytest.raises(Conflict, match="It uses the segment Berlin from the archive"):
            personas.unarchive_persona(made.pk, by=by)
        segments.unarchive_segment(segment.pk, by=by)
        assert personas.unarchive_persona(made.pk, by=by).archived_at is None
