"""Rules, territories, absences and limits."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from fairlead.assignment import access
from fairlead.assignment.actions import availability, rules, territories
from fairlead.assignment.models import Absence, Capacity, Rule, RuleTaker, Territory, TerritoryTaker
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

NOUN = Param("noun", "Only rules for these.", choices=Rule.Target.values)
MEMBER = Param("member", "Only those of this member.", "uuid")
TREE = 'A criteria tree over the noun, as the search takes it; {"all": []} for every record.'


class TakerInput(Input):
    """Somebody who may take records; twice the share of another is twice as many."""

    member = serializers.UUIDField()
    share = serializers.IntegerField(min_value=1, max_value=10, required=False, default=1)


class TakerOutput(Output):
    """Somebody who may take records."""

    member = serializers.UUIDField(source="member_id")
    share = serializers.IntegerField()


class AssignmentRuleInput(Input):
    """Who gets the records that meet the criteria."""

    noun = serializers.ChoiceField(choices=Rule.Target.choices, required=False, help_text="Stays as it was made.")
    name = serializers.CharField(max_length=rules.NAME_LENGTH)
    criteria = serializers.DictField(required=False, help_text=TREE)
    takers_from = serializers.ChoiceField(choices=Rule.From.choices, required=False)
    choice = serializers.ChoiceField(choices=Rule.Choice.choices, required=False)
    team = serializers.UUIDField(required=False, allow_null=True, help_text="With takers_from team.")
    members = TakerInput(many=True, required=False, help_text="With takers_from members.")


class AssignmentRuleOutput(Output):
    """An assignment rule."""

    by_itself = frozenset({"problem"})

    id = serializers.UUIDField()
    noun = serializers.CharField()
    name = serializers.CharField()
    position = serializers.IntegerField(help_text="Rules are asked in this order.")
    criteria = serializers.DictField()
    takers_from = serializers.CharField(help_text="members, team, territory or relation.")
    choice = serializers.CharField(help_text="turn or load.")
    team = serializers.UUIDField(source="team_id", allow_null=True)
    members = TakerOutput(many=True, source="takers.all")
    paused_at = serializers.DateTimeField(allow_null=True)
    problem = serializers.CharField(help_text="Why it cannot be asked any more; empty when it can.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class RuleOrderInput(Input):
    """All rules of a noun in their new order."""

    noun = serializers.ChoiceField(choices=Rule.Target.choices)
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=rules.MOST)


class TerritoryInput(Input):
    """A part of the world, and who looks after it."""

    name = serializers.CharField(max_length=rules.NAME_LENGTH)
    countries = serializers.ListField(child=serializers.CharField(max_length=80), max_length=300)
    regions = serializers.ListField(child=serializers.CharField(max_length=80), max_length=500, required=False)
    postal_codes = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=500, required=False, help_text="Beginnings of them."
    )
    members = TakerInput(many=True)


class TerritoryOutput(Output):
    """A territory."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    countries = serializers.ListField(child=serializers.CharField())
    regions = serializers.ListField(child=serializers.CharField())
    postal_codes = serializers.ListField(child=serializers.CharField())
    members = TakerOutput(many=True, source="takers.all")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class AbsenceInput(Input):
    """When a member is away."""

    member = serializers.UUIDField(required=False, help_text="Yourself without it.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=availability.NOTE_LENGTH)


class AbsenceOutput(Output):
    """Days on which a member gets nothing by rules."""

    id = serializers.UUIDField()
    member = serializers.UUIDField(source="member_id")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    note = serializers.CharField()


class LimitsInput(Input):
    """How many open ones a member may own and still get more; null for no limit."""

    contacts = serializers.IntegerField(min_value=0, max_value=availability.MOST_OPEN, required=False, allow_null=True)
    deals = serializers.IntegerField(min_value=0, max_value=availability.MOST_OPEN, required=False, allow_null=True)


class LimitsOutput(Output):
    """The limits of a member."""

    member = serializers.UUIDField(source="member_id")
    contacts = serializers.IntegerField(allow_null=True)
    deals = serializers.IntegerField(allow_null=True)


class AssignmentRules(Resource):
    """Who gets which contact or deal."""

    tag = "Assignment"

    @endpoint(
        AssignmentRuleOutput, paged=True, sorts={"position": "position", "name": "name_norm"}, default_sort="position",
        params=(NOUN,),
    )  # fmt: skip
    def list(self) -> QuerySet[Rule]:
        """List assignment rules."""
        found, noun = _rules(self.actor), self.query["noun"]
        return found.filter(noun=noun) if noun else found

    @endpoint(AssignmentRuleOutput)
    def retrieve(self, pk: UUID) -> Rule:
        """Read one assignment rule."""
        return access.rule(self.actor, pk)

    @endpoint(AssignmentRuleOutput, body=AssignmentRuleInput, status=201)
    def create(self, body: dict[str, Any]) -> Rule:
        """Create an assignment rule, to be asked after all others of its noun."""
        return rules.create_rule(body, by=self.actor)

    @endpoint(AssignmentRuleOutput, body=AssignmentRuleInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Rule:
        """Change an assignment rule."""
        return rules.update_rule(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete an assignment rule.

        What it gave stays given.
        """
        rules.delete_rule(pk, by=self.actor)

    @verb("pause", AssignmentRuleOutput)
    def pause(self, pk: UUID) -> Rule:
        """Stop asking an assignment rule."""
        return rules.pause_rule(pk, by=self.actor)

    @verb("resume", AssignmentRuleOutput)
    def resume(self, pk: UUID) -> Rule:
        """Ask an assignment rule again."""
        return rules.resume_rule(pk, by=self.actor)

    @verb("order", body=RuleOrderInput, method="put", of="collection")
    def reorder(self, body: dict[str, Any]) -> None:
        """Put the rules of a noun into an order; all of them must be named."""
        rules.order_rules(body["noun"], body["ids"], by=self.actor)


class Territories(Resource):
    """Places that people look after."""

    tag = "Assignment"

    @endpoint(TerritoryOutput, paged=True, sorts={"name": "name_norm"}, default_sort="name")
    def list(self) -> QuerySet[Territory]:
        """List territories."""
        takers = Prefetch("takers", queryset=TerritoryTaker.rows().order_by("id"))
        return access.territories(self.actor).prefetch_related(takers)

    @endpoint(TerritoryOutput)
    def retrieve(self, pk: UUID) -> Territory:
        """Read one territory."""
        return access.territory(self.actor, pk)

    @endpoint(TerritoryOutput, body=TerritoryInput, status=201)
    def create(self, body: dict[str, Any]) -> Territory:
        """Create a territory."""
        return territories.create_territory(body, by=self.actor)

    @endpoint(TerritoryOutput, body=TerritoryInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Territory:
        """Change a territory."""
        return territories.update_territory(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a territory."""
        territories.delete_territory(pk, by=self.actor)


class Absences(Resource):
    """When members get nothing by rules."""

    tag = "Assignment"

    @endpoint(AbsenceOutput, paged=True, sorts={"last_day": "last_day"}, default_sort="-last_day", params=(MEMBER,))
    def list(self) -> QuerySet[Absence]:
        """List absences."""
        found, member = access.absences(self.actor), self.query["member"]
        return found.filter(member=member) if member else found

    @endpoint(AbsenceOutput)
    def retrieve(self, pk: UUID) -> Absence:
        """Read one absence."""
        return access.absence(self.actor, pk)

    @endpoint(AbsenceOutput, body=AbsenceInput, status=201)
    def create(self, body: dict[str, Any]) -> Absence:
        """Note that you are away, or, if you manage assignment, that another is."""
        return availability.set_absence(body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Take an absence back."""
        availability.end_absence(pk, by=self.actor)


class Limits(Resource):
    """How much members can look after."""

    tag = "Assignment"

    @endpoint(LimitsOutput)
    def retrieve(self, pk: UUID) -> Capacity:
        """Read the limits of a member."""
        member = access.member(self.actor, pk)
        return Capacity.rows().filter(member=member).first() or Capacity(member=member)

    @endpoint(LimitsOutput, body=LimitsInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Capacity:
        """Set the limits of a member."""
        return availability.set_capacity(pk, body, by=self.actor)


def _rules(actor: Any) -> QuerySet[Rule]:
    return access.rules(actor).prefetch_related(Prefetch("takers", queryset=RuleTaker.rows().order_by("id")))
