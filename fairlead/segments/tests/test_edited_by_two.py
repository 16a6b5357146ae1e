"""The forms of this room while a colleague changes the same thing: conditions are told too, and nothing is lost."""

import json

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.tags import create_tag
from fairlead.segments.actions import personas, rules, segments
from fairlead.segments.models import Persona, Segment, TagRule
from fairlead.segments.tests.keeping import BERLIN
from fairlead.shell.tests.carried import TOLD, Opened, edited_by_two
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
ROME = {"all": [{"field": "city", "op": "is", "value": "Rome"}]}
OSLO = {"all": [{"field": "city", "op": "is", "value": "Oslo"}]}


def test_the_conditions_of_a_segment(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        found = segments.create_segment({"name": "Berliners", "criteria": BERLIN}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"segments/{found.pk}/edit"))
    edited_by_two(
        hers, alice.inside(lambda: segments.update_segment(found.pk, {"criteria": ROME}, by=alice.actor)), "is Rome",
        alice.inside(lambda: (Segment.rows().get().name, Segment.rows().get().criteria)),
        ("Berliners", ROME), ("Norwegians", OSLO), name="Norwegians", criteria=json.dumps(OSLO),
    )  # fmt: skip


def test_the_name_of_a_segment(alice: Person) -> None:
    with firm_context(alice.firm.id):
        found = segments.create_segment({"name": "Berliners", "criteria": BERLIN}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"segments/{found.pk}/edit"))
    edited_by_two(
        hers, alice.inside(lambda: segments.update_segment(found.pk, {"name": "Locals"}, by=alice.actor)), "“Locals”",
        alice.inside(lambda: (Segment.rows().get().name, Segment.rows().get().description)),
        ("Locals", ""), ("Berliners", "All of them"), description="All of them",
    )  # fmt: skip


def test_conditions_that_are_incomplete_hide_no_change_of_a_colleague(alice: Person) -> None:
    with firm_context(alice.firm.id):
        found = segments.create_segment({"name": "Berliners", "criteria": BERLIN}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"segments/{found.pk}/edit"))
    with firm_context(alice.firm.id):
        segments.update_segment(found.pk, {"criteria": ROME}, by=alice.actor)
    assert TOLD not in hers.send(criteria="{").content.decode(), "What cannot be read cannot be compared,"
    assert TOLD in hers.send(criteria=json.dumps(OSLO)).content.decode(), "and nothing is forgotten over it."


def test_a_persona_with_conditions(alice: Person) -> None:
    with firm_context(alice.firm.id):
        found = personas.create_persona({"name": "Founder", "criteria": BERLIN}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"personas/{found.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: personas.update_persona(found.pk, {"criteria": ROME}, by=alice.actor)), "is Rome",
        alice.inside(lambda: (Persona.rows().get().goals, Persona.rows().get().criteria)),
        ("", ROME), ("Freedom", BERLIN), goals="Freedom",
    )  # fmt: skip


def test_the_facts_of_a_persona_while_its_conditions_stay(alice: Person) -> None:
    with firm_context(alice.firm.id):
        found = personas.create_persona({"name": "Founder", "criteria": BERLIN}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"personas/{found.pk}/"))
    assert hers.send(goals="Freedom").status_code == 302, "Nobody is told of what nobody changed."


def test_a_persona_is_not_filled_by_those_who_are_it(alice: Person) -> None:
    with firm_context(alice.firm.id):
        found = personas.create_persona({"name": "Founder", "criteria": BERLIN}, by=alice.actor)
        them = {"all": [{"persona": {"op": "has_any", "value": [str(found.pk)]}}]}
        circle = segments.create_segment({"name": "Founders", "criteria": them}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"personas/{found.pk}/"))
    told = hers.send(segment=str(circle.pk), criteria="").content.decode()
    assert "Founders would contain itself: Founders → persona Founder → Founders." in told


def test_a_tag_rule(alice: Person) -> None:
    with firm_context(alice.firm.id):
        segment = segments.create_segment({"name": "Berliners", "criteria": BERLIN}, by=alice.actor)
        create_tag("Near", by=alice.actor)
        create_tag("Here", by=alice.actor)
        found = rules.create_rule({"name": "Near", "segment": str(segment.pk), "add": ["Near"]}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"tag-rules/{found.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: rules.update_rule(found.pk, {"add": ["Here", "Near"]}, by=alice.actor)),
        "“Near, Here”", alice.inside(lambda: (TagRule.rows().get().description, len(TagRule.rows().get().add))),
        ("", 2), ("Neighbours", 1), description="Neighbours",
    )  # fmt: skip
