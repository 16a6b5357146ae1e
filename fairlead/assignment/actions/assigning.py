"""Give records to members: by the rules, or to a team in turn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from fairlead.assignment import access
from fairlead.assignment.choosing.chooser import Chooser, Decision
from fairlead.assignment.choosing.facts import facts_of
from fairlead.assignment.choosing.pools import team_pool
from fairlead.assignment.choosing.rotation import Standing
from fairlead.assignment.models import Assignment, Rule, Turn, Waiting
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel.ids import uuid7
from fairlead.records.public import Noun, nouns
from fairlead.tenancy.public import Actor, advisory, system_actor

Causes = Mapping[UUID, UUID]  # the event that asks for it, by record


@dataclass(frozen=True, slots=True)
class Outcome:
    """What assigning some records came to: the decisions, and who owned those that changed hands before (or None)."""

    decisions: Sequence[Decision]
    before: Mapping[UUID, str | None]

    @property
    def given(self) -> int:
        """Return how many records were given to somebody."""
        return sum(d.member is not None for d in self.decisions)


@transaction.atomic
def assign_by_rules(noun_name: str, ids: Sequence[UUID], *, by: Actor) -> Outcome:
    """Give each of the records that the actor may see to whom the rules say, whoever owns it now.

    What fits no rule stays as it is; what fits one of whose takers nobody is free waits until somebody is.
    """
    noun = nouns.get(noun_name)
    by.require(noun.permission("edit"))
    return _assign(noun, ids, by)


@transaction.atomic
def assign_new(noun_name: str, causes: Causes) -> Outcome:
    """Give records that nobody owns yet to whom the rules say, once an event (`causes`: by record)."""
    noun = nouns.get(noun_name)
    done = set(Assignment.rows().filter(cause__in=list(causes.values())).values_list("cause", flat=True))
    ids = [pk for pk, cause in causes.items() if cause not in done]
    return _assign(noun, _unowned(noun, ids), None, causes)


@transaction.atomic
def assign_waiting(noun_name: str, *, limit: int) -> Outcome:
    """Try again what waits, the longest first; what somebody owns meanwhile, or what is gone, waits no more.

    More than `limit` take turns: those that were tried longest ago come next, so that nothing waits behind others
    whose people are away.
    """
    noun = nouns.get(noun_name)
    lock()
    waiting = Waiting.rows().filter(noun=noun.name).order_by("updated_at", "id")
    next_ones = sorted(waiting.values_list("created_at", "pk", "record_id")[:limit])
    ids = [record_id for _, _, record_id in next_ones]
    unowned = _unowned(noun, ids)
    Waiting.rows().filter(noun=noun.name, record_id__in=set(ids) - set(unowned)).delete()
    return _assign(noun, unowned, None)


@transaction.atomic
def assign_to_team(noun_name: str, ids: Sequence[UUID], team_id: UUID, *, by: Actor) -> Outcome:
    """Give records to the members of a team in turn; those who are away or at their limit are passed over."""
    noun = nouns.get(noun_name)
    by.require(noun.permission("edit"))
    team = access.team(by, team_id)
    lock()
    chooser = Chooser(noun.name)
    pool = team_pool(noun.name, team.pk, team.name)
    seen = set(_visible(noun, ids, by))
    decisions: list[Decision] = []
    for pk, facts in facts_of(noun.name, [pk for pk in ids if pk in seen]).items():
        looks, member = chooser.choose(pool)
        name = next((look.name for look in looks if look.member == member), "")
        decisions.append(Decision(facts, (), member, name, None, f"{pool.words}, in turn"))
        assert pk == facts.record_id
    return _carry_out(noun, decisions, chooser, by, {})


def lock() -> None:
    """Let one transaction of the firm at a time choose: nobody's turn is taken twice."""
    advisory.exclusive("assignment.turns")


def _assign(noun: Noun, ids: Sequence[UUID], by: Actor | None, causes: Causes | None = None) -> Outcome:
    """Choose and carry out; without `by` the rules act by themselves, and only on what nobody owns."""
    if not ids or not Rule.rows().filter(noun=noun.name, paused_at=None).exists():
        return Outcome((), {})
    lock()
    seen = _visible(noun, ids, by) if by else _unowned(noun, ids)
    chooser = Chooser(noun.name)
    decisions = chooser.decide(seen)
    for pk, problem in chooser.problems.items():
        Rule.rows().filter(pk=pk).exclude(problem=problem).update(problem=problem)
    return _carry_out(noun, decisions, chooser, by, causes or {})


def _visible(noun: Noun, ids: Sequence[UUID], by: Actor) -> list[UUID]:
    seen = set(noun.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in seen]


def _unowned(noun: Noun, ids: Sequence[UUID]) -> list[UUID]:
    rows: QuerySet[Any] = noun.model.rows().filter(pk__in=ids, owner=None, deleted_at=None)
    if noun.name == "deal":
        rows = rows.filter(outcome="open")
    open_ = set(rows.values_list("pk", flat=True))
    return [pk for pk in ids if pk in open_]


def _carry_out(
    noun: Noun, decisions: Sequence[Decision], chooser: Chooser, by: Actor | None, causes: Causes
) -> Outcome:
    before: dict[UUID, str | None] = {}
    for actor, given in _by_rule(decisions, by):
        assert noun.set_field is not None
        owners = {d.facts.record_id: str(d.member) for d in given}
        before |= noun.set_field(owners, "owner", by=actor)
        record_many([_event(noun.name, d) for d in given], by=actor)
    _keep_turns(chooser.pools.changed())
    Assignment.objects.bulk_create(_kept(noun.name, d, by, causes) for d in decisions if d.member)
    _keep_waiting(noun.name, decisions)
    return Outcome(decisions, before)


def _by_rule(decisions: Sequence[Decision], by: Actor | None) -> Iterable[tuple[Actor, list[Decision]]]:
    """Yield what was given, by who gives it: whoever asked, or each rule by itself."""
    groups: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.member is not None:
            groups[decision.rule.name if decision.rule and by is None else ""].append(decision)
    for name, given in groups.items():
        firm_id = given[0].rule.firm_id if given[0].rule else None
        if by is not None:
            yield by, given
        elif firm_id is not None:
            yield system_actor(firm_id, f"Rule {name}", via="job"), given


def _event(noun: str, decision: Decision) -> NewEvent:
    facts, rule = decision.facts, decision.rule
    data = {
        "name": facts.name, "to": decision.name, "member": str(decision.member), "reason": decision.reason,
        "rule": rule.name if rule else "", "rule_id": str(rule.pk) if rule else "", "passed": decision.passed,
    }  # fmt: skip
    kind = "assignment.made" if rule else "assignment.made_in_team"
    return NewEvent(kind, (noun, facts.record_id), facts.contact_id, facts.company_id, data)


def _kept(noun: str, decision: Decision, by: Actor | None, causes: Causes) -> Assignment:
    rule = decision.rule
    return Assignment(
        noun=noun, record_id=decision.facts.record_id, member_id=decision.member, rule=rule,
        rule_name=rule.name if rule else "", reason=decision.reason, passed=decision.passed,
        cause=causes.get(decision.facts.record_id), assigned_by_id=by.membership_id if by else None,
    )  # fmt: skip


def _keep_turns(changed: Mapping[str, Mapping[UUID, Standing]]) -> None:
    rows = [
        Turn(pool=pool, member_id=member, tag=s.tag, began=s.began, served=s.served, count=s.count)
        for pool, standings in changed.items()
        for member, s in standings.items()
    ]
    Turn.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["firm", "pool", "member"],
        update_fields=["tag", "began", "served", "count", "updated_at"],
    )  # fmt: skip


def _keep_waiting(noun: str, decisions: Sequence[Decision]) -> None:
    settled = [d.facts.record_id for d in decisions if not d.waits]
    Waiting.rows().filter(noun=noun, record_id__in=settled).delete()
    rows = [
        Waiting(id=uuid7(), noun=noun, record_id=d.facts.record_id, reason=_why(d))
        for d in decisions
        if d.waits and d.facts.owner_id is None
    ]
    Waiting.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["firm", "noun", "record_id"],
        update_fields=["reason", "updated_at"],
    )  # fmt: skip


def _why(decision: Decision) -> str:
    rule = next(step.rule.name for step in decision.steps if step.line)
    told = "; ".join(f"{name} {why}" for name, why in decision.passed)
    return f"{rule}: {told}"[:500]
