"""Bulk verbs: assign by the rules, assign to a team in turn."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from fairlead.accounts.public import Team
from fairlead.assignment.actions import assigning
from fairlead.assignment.models import Rule
from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import Noun, bulk
from fairlead.tenancy.public import Actor

Params = Mapping[str, Any]
NOUNS = frozenset(Rule.Target.values)


def _applied(outcome: assigning.Outcome) -> bulk.Applied:
    """Return what changed hands; undo needs who owned it, and gives back only what nobody has changed since."""
    after = {str(d.facts.record_id): str(d.member) for d in outcome.decisions if d.member}
    previous = {str(pk): {"value": was, "to": after[str(pk)]} for pk, was in outcome.before.items()}
    return bulk.Applied(len(previous), previous)


def _by_rules(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    return _applied(assigning.assign_by_rules(noun.name, ids, by=by))


def _to_team(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    return _applied(assigning.assign_to_team(noun.name, ids, UUID(params["team"]), by=by))


def _back(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
    rows = noun.visible(by).filter(pk__in=[UUID(pk) for pk in previous]).order_by("pk")
    owners = dict(rows.select_for_update(of=("self",), no_key=True).values_list("pk", "owner_id"))
    same = {pk: previous[str(pk)]["value"] for pk, owner in owners.items() if str(owner) == previous[str(pk)]["to"]}
    assert noun.set_field is not None
    return bulk.Applied(len(noun.set_field(same, "owner", by=by)))


def _clean_rules(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    if not Rule.rows().filter(noun=noun.name, paused_at=None).exists():
        raise InvalidInput(f"There is no assignment rule for {noun.label_plural.lower()} yet.")
    return {}


def _clean_team(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    try:
        found = Team.rows().filter(pk=UUID(str(params.get("team")))).first()
    except ValueError:
        found = None
    if found is None:
        raise InvalidInput({"team": ["Choose a team."]})
    return {"team": str(found.pk), "name": found.name}


def _team_controls(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
    choices = [(str(pk), name) for pk, name in Team.rows().order_by("name").values_list("pk", "name")]
    help_text = "" if choices else "There is no team yet: make one under Teams."
    return {"team": forms.ChoiceField(choices=choices, label="Team", required=False, help_text=help_text)}


VERBS = (
    bulk.Verb(
        "assign-by-rules", "Assign by rules", "route", "edit", _by_rules,
        lambda noun, p: "Assign by the rules", _clean_rules, _back, nouns=NOUNS, order=32,
    ),
    bulk.Verb(
        "assign-to-team", "Assign to a team", "users-group", "edit", _to_team,
        lambda noun, p: f"Assign to the team {p['name']} in turn", _clean_team, _back, _team_controls, NOUNS,
        order=33, takes={"team": "The id of a team."},
    ),
)  # fmt: skip
