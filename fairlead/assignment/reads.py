"""What pages and API show of assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count

from fairlead.accounts.public import Membership
from fairlead.assignment import access
from fairlead.assignment.choosing.available import loads
from fairlead.assignment.choosing.chooser import Chooser, Decision, Step
from fairlead.assignment.models import Absence, Assignment, Capacity, Rule, RuleTaker, TerritoryTaker, Waiting
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.records.public import Criteria, Explanation, nouns
from fairlead.tenancy.public import Actor, firm_today, require_firm, system_actor

DAYS, SHOWN = 30, 10


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule beside a record: `step` is None when an earlier rule had the word."""

    rule: Rule
    step: Step | None
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class Trial:
    """Who would get a record now, and what each rule says of it."""

    decision: Decision
    rules: tuple[Tried, ...]


def trial(actor: Actor, noun_name: str, record_id: UUID) -> Trial:
    """Return who would get a record now, and why; nobody gets it. Raises `NotFound`."""
    actor.require("assignment.view")
    noun = nouns.get(noun_name)
    if not noun.visible(actor).filter(pk=record_id).exists():
        raise NotFound
    chooser = Chooser(noun_name)
    decision = chooser.decide([record_id])[0]
    steps = {step.rule.pk: step for step in decision.steps}
    system = system_actor(require_firm(), "Assignment rules")
    return Trial(decision, tuple(
        Tried(rule, steps.get(rule.pk), _explained(noun_name, rule, record_id, system)) for rule in chooser.rules
    ))  # fmt: skip


def _explained(noun_name: str, rule: Rule, record_id: UUID, by: Actor) -> Explanation | None:
    try:
        return Criteria(nouns.get(noun_name), rule.criteria, by=by, stored=True).explain(record_id)
    except InvalidInput:
        return None


@dataclass(frozen=True, slots=True)
class Load:
    """What a member looks after, may look after, and got by rules in the last 30 days."""

    member: Membership
    contacts: int
    deals: int
    contact_limit: int | None
    deal_limit: int | None
    assigned: int
    absences: tuple[Absence, ...]
    is_away: bool


def workload(actor: Actor) -> list[Load]:
    """Return the load of every active member, by name."""
    members = sorted(access.members(actor), key=lambda m: m.user.name.lower())
    ids = [m.pk for m in members]
    contacts, deals = loads("contact", ids), loads("deal", ids)
    limits = {c.member_id: c for c in Capacity.rows()}
    since = clock.now() - timedelta(days=DAYS)
    rows = Assignment.rows().filter(created_at__gte=since, member__in=ids).order_by().values_list("member")
    assigned = dict(rows.annotate(n=Count("pk")))
    on = firm_today()
    away: dict[UUID, list[Absence]] = {}
    for absence in Absence.rows().filter(last_day__gte=on).order_by("first_day"):
        away.setdefault(absence.member_id, []).append(absence)
    return [
        Load(
            m, contacts.get(m.pk, 0), deals.get(m.pk, 0),
            limits[m.pk].contacts if m.pk in limits else None, limits[m.pk].deals if m.pk in limits else None,
            assigned.get(m.pk, 0), tuple(away.get(m.pk, ())),
            any(a.first_day <= on for a in away.get(m.pk, ())) or (m.last_day is not None and m.last_day <= on),
        )
        for m in members
    ]  # fmt: skip


def shares(rules: Sequence[Rule]) -> dict[UUID, list[RuleTaker]]:
    """Return the people of each rule, with their turns' shares."""
    found: dict[UUID, list[RuleTaker]] = {rule.pk: [] for rule in rules}
    for taker in RuleTaker.rows().filter(rule__in=list(found)).select_related("member__user").order_by("id"):
        found[taker.rule_id].append(taker)
    return found


def people_of_territories() -> dict[UUID, list[TerritoryTaker]]:
    """Return who looks after each territory."""
    found: dict[UUID, list[TerritoryTaker]] = {}
    for taker in TerritoryTaker.rows().select_related("member__user").order_by("id"):
        found.setdefault(taker.territory_id, []).append(taker)
    return found


def given_by(rules: Sequence[Rule]) -> dict[UUID, int]:
    """Return how many records each rule gave away in the last 30 days."""
    since = clock.now() - timedelta(days=DAYS)
    rows = Assignment.rows().filter(rule__in=[r.pk for r in rules], created_at__gte=since).order_by()
    return dict(rows.values_list("rule").annotate(n=Count("pk")))


def waiting(noun: str, record_id: UUID | None = None) -> int:
    """Return how many records of a noun wait for somebody, or whether this one does."""
    rows = Waiting.rows().filter(noun=noun)
    return (rows.filter(record_id=record_id) if record_id else rows).count()


def owners(noun: str, record_id: UUID) -> list[Event]:
    """Return how a record changed hands, the latest first; access to it is the caller's to check."""
    rows = Event.rows().filter(type=f"{noun}.owner_changed", subject_id=record_id)
    return list(rows.order_by("-occurred_at", "-id")[:SHOWN])
