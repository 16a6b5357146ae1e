"""Scores of deals go on when a rule cannot be asked any more, and are the same whoever has them worked out."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.kernel.errors import InvalidInput
from fairlead.people.actions.tags import ensure_tags
from fairlead.people.models import Tag
from fairlead.sales.actions import pipelines, scoring
from fairlead.sales.models import Deal, ScoreRule
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context, system_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("gone", ["tag", "field"])
def test_a_rule_that_cannot_be_asked_stops_no_other(alice: Person, charlie: Person, gone: str) -> None:
    by = alice.actor
    for who in (alice, charlie):
        making.pipeline(who)
        making.deal(who, priority="high")
    with firm_context(alice.firm.id):
        tag = next(iter(ensure_tags(["Fair"], by=by).values()))
        stale = scoring.create_rule({"name": "Stale", "points": 3, "criteria": _tagged(tag)}, by=by)
        Tag.rows().filter(pk=tag.pk).delete()
        if gone == "field":
            ScoreRule.rows().filter(pk=stale.pk).update(criteria={"all": [{"field": "custom.gone", "op": "is_known"}]})
        priority = {"all": [{"field": "priority", "op": "in", "value": ["high"]}]}
        scoring.create_rule({"name": "Urgent", "points": 5, "criteria": priority}, by=by)
        assert Deal.rows().get().score == 5
        assert scoring.score_deals(by=system_actor(alice.firm.id)) == 0
    with firm_context(charlie.firm.id):
        assert Deal.rows().get().score == 0


def test_a_rule_names_people_not_whoever_asks(alice: Person) -> None:
    making.pipeline(alice)
    mine = {"all": [{"field": "owner", "op": "in", "value": ["me"]}]}
    with firm_context(alice.firm.id), pytest.raises(InvalidInput, match="the same for everybody"):
        scoring.create_rule({"name": "Mine", "points": 5, "criteria": mine}, by=alice.actor)


def test_the_reasons_of_a_score_are_told_whatever_the_rules_name(alice: Person, bob: Person) -> None:
    hidden, shown = making.pipeline(alice), making.pipeline(alice, "hiring")
    deal = making.deal(alice, pipeline=str(shown.pk), priority="high")
    with firm_context(alice.firm.id):
        pipelines.update_pipeline(hidden.pk, {"visible_from": "admin"}, by=alice.actor)
        never = {"all": [{"field": "pipeline", "op": "not_in", "value": [str(hidden.pk)]}]}
        scoring.create_rule({"name": "No succession", "points": 5, "criteria": never}, by=alice.actor)
        scoring.create_rule({"name": "Stale", "points": 5, "criteria": {"all": []}}, by=alice.actor)
        gone = {"all": [{"field": "custom.gone", "op": "is_known"}]}
        ScoreRule.rows().filter(name="Stale").update(criteria=gone)
    for who in (alice, bob):
        told = Api(who).get(f"deals/{deal.pk}/standing")
        assert told.status_code == 200 and "No succession" in told.text


def _tagged(tag: Tag) -> dict[str, object]:
    return {"all": [{"tag": {"op": "has_any", "value": [str(tag.pk)]}}]}
