"""Score deals by the firm's rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import squeeze, whole_number
from fairlead.records.public import Criteria, criteria_field, nouns, trees
from fairlead.sales import scored
from fairlead.sales.models import Deal, Outcome, ScoreRule
from fairlead.sales.telling import tell_settings
from fairlead.tenancy.public import Actor, one, require_firm

NAME_LENGTH, POINTS, MOST = 120, 1_000, 50


@transaction.atomic
def create_rule(given: Mapping[str, Any], *, by: Actor) -> ScoreRule:
    """Add a rule: `name`, `criteria` (a tree over deals), `points` (-1,000 to 1,000)."""
    by.require("pipelines.manage")
    if ScoreRule.rows().count() >= MOST:
        raise InvalidInput({"": [f"At most {MOST} rules fit."]})
    last = ScoreRule.rows().aggregate(last=Max("position"))["last"] or 0
    rule = ScoreRule(position=last + 1)
    _set(rule, {"name": "", **given}, by)
    rule.save(force_insert=True)
    tell_settings("score_rule.created", rule, by, points=rule.points)
    score_deals(by=by)
    return rule


@transaction.atomic
def update_rule(rule_id: UUID, given: Mapping[str, Any], *, by: Actor) -> ScoreRule:
    """Change a rule, or switch it off (`is_active`)."""
    by.require("pipelines.manage")
    rule: ScoreRule = one(ScoreRule.rows(), rule_id, lock=True)
    _set(rule, given, by)
    rule.save()
    tell_settings("score_rule.updated", rule, by, points=rule.points)
    score_deals(by=by)
    return rule


@transaction.atomic
def delete_rule(rule_id: UUID, *, by: Actor) -> None:
    """Take a rule away."""
    by.require("pipelines.manage")
    rule: ScoreRule = one(ScoreRule.rows(), rule_id, lock="to delete")
    tell_settings("score_rule.deleted", rule, by, points=rule.points)
    rule.delete()
    score_deals(by=by)


_APPLY = """
UPDATE sales_deal d SET score = p.points FROM (
    SELECT t.id, coalesce(sum(s.points), 0) AS points FROM unnest(%(all)s::uuid[]) AS t(id)
    LEFT JOIN unnest(%(ids)s::uuid[], %(points)s::int[]) AS s(id, points) ON s.id = t.id GROUP BY t.id) p
WHERE d.firm_id = %(firm)s AND d.id = p.id AND d.score <> p.points
"""


@transaction.atomic
def score_deals(ids: Sequence[UUID] | None = None, *, by: Actor) -> int:
    """Bring the scores of some open deals, or of all, up to date; returns how many changed.

    A score is derived and changes with time alone, so it moves no version and writes no event.
    """
    rows = Deal.rows().filter(outcome=Outcome.OPEN, deleted_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    everyone = list(rows.values_list("pk", flat=True))
    ids_met: list[UUID] = []
    points: list[int] = []
    for rule in ScoreRule.rows().filter(is_active=True):
        asked = scored.asked(rule)
        met = list(asked.filter(rows).values_list("pk", flat=True)) if asked else []
        ids_met += met
        points += [rule.points] * len(met)
    with connection.cursor() as cursor:
        cursor.execute(_APPLY, {"all": everyone, "ids": ids_met, "points": points, "firm": require_firm()})
        return int(cursor.rowcount)


_TOUCH = """
UPDATE sales_deal d SET last_activity_at = t.at FROM unnest(%(ids)s::uuid[], %(at)s::timestamptz[]) AS t(id, at)
WHERE d.firm_id = %(firm)s AND d.id = t.id AND (d.last_activity_at IS NULL OR d.last_activity_at < t.at)
"""


def touch_deals(last: Mapping[UUID, datetime]) -> None:
    """Note when something last happened with deals; derived from the log, so it writes no event."""
    if not last:
        return
    ids = sorted(last)
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, {"ids": ids, "at": [last[pk] for pk in ids], "firm": require_firm()})


def _check(tree: Any, by: Actor) -> None:
    for leaf in trees.leaves(Criteria(nouns.get("deal"), tree, by=by).node):
        if isinstance(leaf, trees.FieldTest) and leaf.ref.type == "member":
            values = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
            if trees.ME in values:
                message = "A score is the same for everybody: choose a person instead of “me”."
                raise InvalidInput({leaf.path: [message]}, code="invalid_criteria")


def _set(rule: ScoreRule, given: Mapping[str, Any], by: Actor) -> None:
    if "name" in given:
        rule.name = squeeze(str(given["name"] or ""))
        if not rule.name or len(rule.name) > NAME_LENGTH:
            raise InvalidInput({"name": [f"A name of 1 to {NAME_LENGTH} characters is expected."]})
    if "points" in given:
        points = whole_number(given["points"])
        if points is None or not -POINTS <= points <= POINTS:
            raise InvalidInput({"points": [f"A whole number from -{POINTS} to {POINTS} is expected."]})
        rule.points = points
    if "criteria" in given:
        with criteria_field():
            _check(given["criteria"], by)
        rule.criteria = given["criteria"]
    if "is_active" in given:
        rule.is_active = bool(given["is_active"])
