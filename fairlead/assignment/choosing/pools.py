"""Who may take a record by a rule, and the rotation they stand in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fairlead.accounts.public import TeamMembership
from fairlead.assignment.choosing.facts import Facts
from fairlead.assignment.choosing.places import territory_of
from fairlead.assignment.choosing.rotation import Rotation, Standing, Taker
from fairlead.assignment.models import Rule, RuleTaker, Territory, TerritoryTaker, Turn


@dataclass(frozen=True, slots=True)
class Pool:
    """The takers of a record: `key` is the rotation they stand in, `words` says who they are."""

    key: str
    words: str
    takers: tuple[Taker, ...]
    by_load: bool = False


def team_pool(noun: str, team_id: UUID, name: str) -> Pool:
    """Return everybody in a team, in turn."""
    members = TeamMembership.rows().filter(team=team_id).values_list("membership_id", flat=True)
    return Pool(f"team:{team_id}:{noun}", f"the team {name}", tuple(Taker(pk) for pk in members))


class Pools:
    """The pools of some rules; what they share is read once."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._of_rules = _takers(RuleTaker.rows().filter(rule__in=[r.pk for r in rules]), "rule_id")
        self._teams: dict[UUID, Pool] = {}
        self._rotations: dict[str, Rotation] = {}
        self._territories: list[Territory] = []
        self._of_territories: dict[UUID, tuple[Taker, ...]] = {}
        if any(rule.takers_from == Rule.From.TERRITORY for rule in rules):
            self._territories = list(Territory.rows().order_by("name_norm", "id"))
            self._of_territories = _takers(TerritoryTaker.rows(), "territory_id")

    def of(self, rule: Rule, facts: Facts) -> Pool:
        """Return who may take the record by the rule; a pool without takers says in `words` why."""
        by_load, key = rule.choice == Rule.Choice.LOAD, f"rule:{rule.pk}"
        if rule.takers_from == Rule.From.TEAM:
            return self._team(rule, key, by_load)
        if rule.takers_from == Rule.From.TERRITORY:
            found = territory_of(facts.place, self._territories)
            if found is None:
                return Pool(key, "it lies in no territory", ())
            takers = self._of_territories.get(found.pk, ())
            return Pool(f"{key}:{found.pk}", f"the territory {found.name}", takers, by_load)
        if rule.takers_from == Rule.From.RELATION:
            if not facts.related:
                return Pool(key, "nobody owns what it belongs to", ())
            name, owner = facts.related[0]
            return Pool(key, f"the owner of {name}", (Taker(owner),))
        takers = self._of_rules.get(rule.pk, ())
        return Pool(key, "chosen by name" if len(takers) == 1 else "the chosen people", takers, by_load)

    def rotation(self, key: str) -> Rotation:
        """Return the rotation of a pool as it stands, or as it was left by choices made here."""
        if key not in self._rotations:
            rows = Turn.rows().filter(pool=key).values_list("member_id", "tag", "began", "served", "count")
            self._rotations[key] = Rotation({pk: Standing(*values) for pk, *values in rows})
        return self._rotations[key]

    def changed(self) -> dict[str, dict[UUID, Standing]]:
        """Return the standings that choices made here have changed, by pool."""
        return {key: r.changed for key, r in self._rotations.items() if r.changed}

    def _team(self, rule: Rule, key: str, by_load: bool) -> Pool:
        if rule.team_id is None or rule.team is None:
            return Pool(key, "its team is gone", ())
        if rule.team_id not in self._teams:
            self._teams[rule.team_id] = team_pool(rule.noun, rule.team_id, rule.team.name)
        team = self._teams[rule.team_id]
        return Pool(key, team.words, team.takers, by_load)


def _takers(rows: Any, column: str) -> dict[UUID, tuple[Taker, ...]]:
    found: dict[UUID, list[Taker]] = defaultdict(list)
    for place, member, share in rows.order_by("id").values_list(column, "member_id", "share"):
        found[place].append(Taker(member, share))
    return {place: tuple(takers) for place, takers in found.items()}
