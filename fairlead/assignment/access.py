"""The only functions that hand out rules, territories, absences and assignments to a caller."""

from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts.public import Membership, Team
from fairlead.assignment.models import Absence, Assignment, Rule, Territory
from fairlead.kernel.errors import NotFound
from fairlead.records.public import nouns
from fairlead.tenancy.public import Actor, Lock, one


def rules(actor: Actor) -> QuerySet[Rule]:
    """Return the firm's rules in the order in which they are asked."""
    actor.require("assignment.view")
    return Rule.rows().select_related("team").order_by("noun", "position", "id")


def rule(actor: Actor, rule_id: UUID, *, lock: Lock = False) -> Rule:
    """Return one rule, locked until the transaction ends if asked; raise `NotFound`."""
    return one(rules(actor), rule_id, lock=lock)


def territories(actor: Actor) -> QuerySet[Territory]:
    """Return the firm's territories."""
    actor.require("assignment.view")
    return Territory.rows().order_by("name_norm", "id")


def territory(actor: Actor, territory_id: UUID, *, lock: Lock = False) -> Territory:
    """Return one territory, locked until the transaction ends if asked; raise `NotFound`."""
    return one(territories(actor), territory_id, lock=lock)


def absences(actor: Actor) -> QuerySet[Absence]:
    """Return who is, was and will be away, the latest first."""
    actor.require("assignment.view")
    return Absence.rows().select_related("member__user").order_by("-last_day", "id")


def absence(actor: Actor, absence_id: UUID, *, lock: Lock = False) -> Absence:
    """Return one absence, locked until the transaction ends if asked; raise `NotFound`."""
    return one(absences(actor), absence_id, lock=lock)


def members(actor: Actor) -> QuerySet[Membership]:
    """Return the active members of the firm."""
    actor.require("assignment.view")
    return Membership.rows().filter(deactivated_at=None).select_related("user")


def member(actor: Actor, member_id: UUID) -> Membership:
    """Return one active member; raise `NotFound`."""
    return one(members(actor), member_id)


def team(actor: Actor, team_id: UUID) -> Team:
    """Return a team that records can be given to; raise `NotFound`."""
    return one(Team.rows(), team_id)


def assignments(actor: Actor, noun: str, record_id: UUID) -> QuerySet[Assignment]:
    """Return who got a record by rules and teams, the latest first; raise `NotFound` when it is not there to see."""
    if not nouns.get(noun).visible(actor).filter(pk=record_id).exists():
        raise NotFound
    return assignments_of(noun, record_id)


def assignments_of(noun: str, record_id: UUID) -> QuerySet[Assignment]:
    """Return the same of a record that the caller has read for the actor."""
    rows = Assignment.rows().filter(noun=noun, record_id=record_id)
    return rows.select_related("member__user", "assigned_by__user").order_by("-created_at", "-id")
