"""Assign records, and see why they were."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.assignment import access, reads
from fairlead.assignment.actions import assigning
from fairlead.assignment.models import Assignment, Rule
from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import nouns
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

NOUN = Param("noun", "What it is.", choices=Rule.Target.values, default="contact")
RECORD = Param("record", "The id of a contact or deal; needed.", "uuid")
MAX_RECORDS = 500


class AssignInput(Input):
    """Which records to assign."""

    noun = serializers.ChoiceField(choices=Rule.Target.choices)
    records = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MAX_RECORDS)
    team = serializers.UUIDField(required=False, help_text="Give them to this team in turn instead of by the rules.")


class PassedOutput(Output):
    """Somebody who was passed over."""

    name = serializers.CharField()
    why = serializers.CharField()


class AssignmentOutput(Output):
    """Who got a record, by which rule and why."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    record = serializers.UUIDField(source="record_id")
    member = serializers.UUIDField(source="member_id", allow_null=True)
    rule = serializers.UUIDField(source="rule_id", allow_null=True)
    rule_name = serializers.CharField()
    reason = serializers.CharField()
    passed = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Who was passed over: [name, why]."
    )
    created_at = serializers.DateTimeField()


class GivenOutput(Output):
    """What became of one record."""

    record = serializers.UUIDField(source="facts.record_id")
    member = serializers.UUIDField(allow_null=True)
    rule = serializers.UUIDField(source="rule.pk", allow_null=True, default=None)
    reason = serializers.CharField()
    waits = serializers.BooleanField(help_text="It fits a rule of whose people nobody is free now.")


class OutcomeOutput(Output):
    """What assigning came to."""

    given = serializers.IntegerField()
    records = GivenOutput(many=True, source="decisions")


class TriedRuleOutput(Output):
    """What a rule says of the record."""

    rule = serializers.UUIDField()
    name = serializers.CharField()
    asked = serializers.BooleanField(help_text="False when an earlier rule had the word.")
    fits = serializers.BooleanField()
    takers = serializers.CharField(help_text="Who may take it.")
    passed = PassedOutput(many=True)


class TrialOutput(Output):
    """Who would get a record now."""

    member = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    reason = serializers.CharField()
    rules = TriedRuleOutput(many=True)


class Assignments(Resource):
    """Who got which contact or deal, and why."""

    tag = "Assignment"

    @endpoint(AssignmentOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at",
              params=(NOUN, RECORD))  # fmt: skip
    def list(self) -> QuerySet[Assignment]:
        """List who got a record by rules, the latest first."""
        return access.assignments(self.actor, self.query["noun"], self._record())

    @endpoint(OutcomeOutput, body=AssignInput, sparse=False)
    def create(self, body: dict[str, Any]) -> assigning.Outcome:
        """Assign up to 500 contacts or deals by the rules, or to a team in turn.

        Records that do not exist, or are not yours to see, are passed over.
        """
        if body.get("team"):
            return assigning.assign_to_team(body["noun"], body["records"], body["team"], by=self.actor)
        return assigning.assign_by_rules(body["noun"], body["records"], by=self.actor)

    @verb("trial", TrialOutput, method="get", of="collection", params=(NOUN, RECORD), sparse=False)
    def trial(self) -> dict[str, Any]:
        """Tell who would get a record now, rule by rule. Nobody gets it."""
        found = reads.trial(self.actor, self.query["noun"], self._record())
        decision = found.decision
        return {"member": decision.member, "name": decision.name, "reason": decision.reason,
                "rules": [_tried(t) for t in found.rules]}  # fmt: skip

    def _record(self) -> UUID:
        self.actor.require(nouns.get(self.query["noun"]).permission("view"))
        record: UUID | None = self.query["record"]
        if record is None:
            raise InvalidInput({"?record": ["Say which record."]})
        return record


def _tried(tried: reads.Tried) -> dict[str, Any]:
    step = tried.step
    passed = [{"name": look.name, "why": look.obstacle} for look in step.line if look.obstacle] if step else []
    return {
        "rule": tried.rule.pk, "name": tried.rule.name, "asked": step is not None,
        "fits": step.fits if step else tried.explanation is not None and tried.explanation.holds,
        "takers": step.words if step else "", "passed": passed,
    }  # fmt: skip
