"""The decision: the first rule that a record fits, and of whose takers somebody is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fairlead.assignment.choosing.available import Availability
from fairlead.assignment.choosing.facts import Facts, facts_of
from fairlead.assignment.choosing.pools import Pool, Pools
from fairlead.assignment.models import Rule
from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import Context, Criteria, nouns, trees
from fairlead.tenancy.public import require_firm, system_actor


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody in a pool, in the order of their turns: `obstacle` is what keeps them from taking it, "" if nothing."""

    member: UUID
    name: str
    obstacle: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule made of a record: `line` are its takers, empty when the record does not fit."""

    rule: Rule
    fits: bool
    words: str = ""
    line: tuple[Look, ...] = ()
    taken: UUID | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Who gets a record. Without a member: `waits` tells whether a rule would have given it, had somebody been free."""

    facts: Facts
    steps: tuple[Step, ...]
    member: UUID | None = None
    name: str = ""
    rule: Rule | None = None
    reason: str = ""

    @property
    def waits(self) -> bool:
        """Tell whether it fits a rule with takers none of whom is free."""
        return self.member is None and any(step.line for step in self.steps)

    @property
    def passed(self) -> list[list[str]]:
        """Return who was passed over and why, in all rules that were asked."""
        return [[look.name, look.obstacle] for step in self.steps for look in step.line if look.obstacle]


@dataclass
class Chooser:
    """Chooses for records of one noun at one moment; what it gives counts for what it chooses next.

    `problems` are rules whose criteria cannot be asked any more, which are passed over.
    """

    noun: str
    rules: Sequence[Rule] = ()
    problems: dict[UUID, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.rules:
            rows = Rule.rows().filter(noun=self.noun, paused_at=None).select_related("team")
            self.rules = list(rows.order_by("position", "id"))
        self.free = Availability(self.noun)
        self.pools = Pools(self.rules)

    def decide(self, ids: Sequence[UUID]) -> list[Decision]:
        """Return a decision for each living record, in the order of `ids`."""
        fitting = self.fitting(ids)
        facts = facts_of(self.noun, ids)
        return [self._decide(facts[pk], fitting.get(pk, ())) for pk in dict.fromkeys(ids) if pk in facts]

    def fitting(self, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Rule]]:
        """Return the rules that each record fits, in their order."""
        actor = system_actor(require_firm(), "Assignment rules", via="job")
        noun, context = nouns.get(self.noun), Context.of(actor)
        asked: list[tuple[Rule, Criteria]] = []
        for rule in self.rules:
            try:
                asked.append((rule, Criteria(noun, rule.criteria, by=actor, context=context, stored=True)))
            except InvalidInput as error:
                self.problems[rule.pk] = " ".join(text for texts in error.fields.values() for text in texts)
        if not asked:
            return {}
        judged = trees.judge(noun, [criteria.node for _, criteria in asked], list(ids), context)
        return {
            pk: [rule for (rule, _), held in zip(asked, verdicts, strict=True) if held]
            for pk, verdicts in judged.items()
        }

    def choose(self, pool: Pool) -> tuple[tuple[Look, ...], UUID | None]:
        """Return the line of a pool, and who takes the next record, if anybody; the turn is counted."""
        self.free.learn(t.member for t in pool.takers)
        if pool.by_load:
            self.free.count(t.member for t in pool.takers)
        rotation = self.pools.rotation(pool.key)
        line = rotation.line(pool.takers, self.free.loads if pool.by_load else None)
        looks = tuple(Look(t.member, self.free.names.get(t.member, ""), self.free.obstacle(t.member)) for t in line)
        taken = next((t for t, look in zip(line, looks, strict=True) if not look.obstacle), None)
        if taken is None:
            return looks, None
        rotation.take(taken)
        self.free.give(taken.member)
        return looks, taken.member

    def _decide(self, facts: Facts, fitting: Sequence[Rule]) -> Decision:
        steps: list[Step] = []
        fits = {rule.pk for rule in fitting}
        for rule in self.rules:
            if rule.pk not in fits:
                steps.append(Step(rule, False, self.problems.get(rule.pk, "")))
                continue
            pool = self.pools.of(rule, facts)
            looks, member = self.choose(pool)
            steps.append(Step(rule, True, pool.words, looks, member))
            if member is not None:
                reason = _reason(pool)
                return Decision(facts, tuple(steps), member, self.free.names[member], rule, reason)
        return Decision(facts, tuple(steps))


def _reason(pool: Pool) -> str:
    """Return why whoever of the pool got it did."""
    if len(pool.takers) == 1:
        return pool.words
    return f"{pool.words}, {'who had the fewest open ones' if pool.by_load else 'in turn'}"
