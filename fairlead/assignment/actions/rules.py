"""Create, change, order, pause and delete rules."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.accounts.public import Team
from fairlead.assignment import access
from fairlead.assignment.actions.takers import Shares, clean_takers, set_takers
from fairlead.assignment.models import Rule, RuleTaker, Territory, Turn
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput, Refusals
from fairlead.kernel.fields import Fields
from fairlead.kernel.text import fold
from fairlead.kernel.unique import unique
from fairlead.records.public import Criteria, criteria_field, nouns, trees
from fairlead.segments.public import refuse_archived
from fairlead.tenancy.public import Actor

MANAGE, NAME_LENGTH, MOST = "assignment.manage", 80, 200


@transaction.atomic
def create_rule(given: Mapping[str, Any], *, by: Actor) -> Rule:
    """Add a rule at the end: `noun`, `name`, `criteria`, `takers_from`, `choice`, `team`, `members`.

    `members` as in `clean_takers`. Raises `InvalidInput` naming each wrong field or condition.
    """
    by.require(MANAGE)
    if Rule.rows().count() >= MOST:
        raise InvalidInput(f"A firm has at most {MOST} assignment rules.")
    rule = Rule(created_by_id=by.membership_id, criteria={"all": []})
    shares = _set(rule, {"name": "", **given}, by)
    rule.position = (Rule.rows().filter(noun=rule.noun).aggregate(last=Max("position"))["last"] or 0) + 1
    _save(rule, shares, new=True)
    _tell("created", rule, by)
    return rule


@transaction.atomic
def update_rule(rule_id: UUID, given: Mapping[str, Any], *, by: Actor) -> Rule:
    """Change what `given` names of a rule, all but its noun."""
    by.require(MANAGE)
    rule = access.rule(by, rule_id, lock=True)
    if given.get("noun", rule.noun) != rule.noun:
        raise InvalidInput({"noun": ["A rule stays with what it assigns. Make another rule."]})
    shares = _set(rule, given, by)
    rule.problem = ""
    _save(rule, shares)
    _tell("updated", rule, by)
    return rule


@transaction.atomic
def order_rules(noun: str, ids: Sequence[UUID], *, by: Actor) -> list[Rule]:
    """Have the rules of a noun asked in this order; raise `Conflict` when they are not all, or not these any more."""
    by.require(MANAGE)
    known = {rule.pk: rule for rule in access.rules(by).filter(noun=noun).select_for_update(of=("self",))}
    if set(ids) != set(known) or len(ids) != len(known):
        raise Conflict("The rules were changed meanwhile. Look again.")
    ordered = [known[pk] for pk in ids]
    for position, rule in enumerate(ordered, 1):
        rule.position = position
    Rule.objects.bulk_update(ordered, ["position"])
    if ordered:
        name = str(Rule.Target(noun).label).lower()
        data = {"name": name, "order": [r.name for r in ordered]}
        record("assignment_rule.reordered", by=by, subject=("assignment_rule", ordered[0].pk), data=data)
    return ordered


@transaction.atomic
def pause_rule(rule_id: UUID, *, by: Actor) -> Rule:
    """Stop asking a rule."""
    by.require(MANAGE)
    rule = access.rule(by, rule_id, lock=True)
    if rule.paused_at is None:
        rule.paused_at = clock.now()
        rule.save(update_fields=["paused_at", "updated_at"])
        _tell("paused", rule, by)
    return rule


@transaction.atomic
def resume_rule(rule_id: UUID, *, by: Actor) -> Rule:
    """Ask a rule again; whoever it chooses goes on where the turn was."""
    by.require(MANAGE)
    rule = access.rule(by, rule_id, lock=True)
    if rule.paused_at is not None:
        rule.paused_at = None
        rule.save(update_fields=["paused_at", "updated_at"])
        _tell("resumed", rule, by)
    return rule


@transaction.atomic
def delete_rule(rule_id: UUID, *, by: Actor) -> None:
    """Delete a rule; what it gave stays given, and says by which rule."""
    by.require(MANAGE)
    rule = access.rule(by, rule_id, lock="to delete")
    _tell("deleted", rule, by)
    Turn.rows().filter(pool__startswith=f"rule:{rule.pk}").delete()
    Rule.rows().filter(pk=rule.pk).delete()


@criteria_field()
def clean_criteria(noun: str, tree: Any, by: Actor) -> Any:
    """Return the tree; raise `InvalidInput` that names every wrong condition.

    A rule cannot say "me", nor name a segment in the archive.
    """
    asked = Criteria(nouns.get(noun), tree, by=by)
    refuse_archived(asked.node)
    for leaf in trees.leaves(asked.node):
        if isinstance(leaf, trees.FieldTest) and leaf.ref.type == "member":
            values = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
            if trees.ME in values:
                message = "A rule is the same for everybody: choose a person instead of “me”."
                raise InvalidInput({leaf.path: [message]}, code="invalid_criteria")
    return tree


def _set(rule: Rule, given: Mapping[str, Any], by: Actor) -> Shares | None:
    """Set what is given on the rule; return its people when they are given too."""
    fields = Fields({n: v for n, v in given.items() if n not in ("criteria", "members")})
    fields.choice("noun", Rule.Target.values)
    fields.text("name", longest=NAME_LENGTH, required="name" in given)
    fields.choice("takers_from", Rule.From.values)
    fields.choice("choice", Rule.Choice.values)
    fields.reference("team")
    refusals, shares = Refusals(), None
    with refusals:
        fields.done()
    team = fields.clean.pop("team", rule.team_id)
    for name, value in fields.clean.items():
        setattr(rule, name, value)
    rule.name_norm = fold(rule.name)
    with refusals:
        rule.criteria = clean_criteria(rule.noun, given["criteria"], by) if "criteria" in given else rule.criteria
    with refusals:
        shares = clean_takers(given["members"]) if "members" in given else None
        _check_takers(rule, team, shares)
    refusals.tell()
    return shares


def _check_takers(rule: Rule, team: UUID | None, shares: Shares | None) -> None:
    if rule.takers_from == Rule.From.TEAM:
        rule.team = Team.rows().filter(pk=team).first() if team else None
        if rule.team is None:
            raise InvalidInput({"team": ["Choose a team."]})
    else:
        rule.team = None
    if rule.takers_from == Rule.From.MEMBERS:
        chosen = len(shares) if shares is not None else RuleTaker.rows().filter(rule=rule.pk).count()
        if not chosen:
            raise InvalidInput({"members": ["Choose at least one person."]})
    if rule.takers_from == Rule.From.TERRITORY and not Territory.rows().exists():
        raise InvalidInput({"takers_from": ["Make a territory first."]})


def _save(rule: Rule, shares: Shares | None, *, new: bool = False) -> None:
    with unique(f"There is already a rule called {rule.name}."):
        rule.save(force_insert=new)
    if shares is not None:
        set_takers(RuleTaker, "rule_id", rule.pk, shares)


def _tell(verb: str, rule: Rule, by: Actor) -> None:
    data = {"name": rule.name, "noun": rule.noun, "takers_from": rule.takers_from, "choice": rule.choice}
    record(f"assignment_rule.{verb}", by=by, subject=("assignment_rule", rule.pk), data=data)
