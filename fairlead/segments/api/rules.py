"""Tag rules and personas."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.segments import access, reads
from fairlead.segments.actions import assigning, personas, rules
from fairlead.segments.api.segments import TREE, ChangedPeopleOutput, PeopleInput
from fairlead.segments.models import Persona, TagRule
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output
from fairlead.shell.marks import COLORS

ARCHIVED = Param("archived", "Only archived personas, or only the others.", "boolean")
TAGS = "Names or ids of tags; a new name becomes a tag."


class TagRuleInput(Input):
    """A rule: give a `segment`, or `criteria` of its own."""

    name = serializers.CharField(max_length=rules.NAME_LENGTH)
    description = serializers.CharField(max_length=rules.DESCRIPTION_LENGTH, required=False, allow_blank=True)
    segment = serializers.UUIDField(required=False)
    criteria = serializers.DictField(required=False, help_text=TREE)
    add = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, max_length=50, help_text=TAGS
    )
    remove = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, max_length=50, help_text=TAGS
    )
    undo_on_leaving = serializers.BooleanField(
        required=False, help_text="Whether who leaves loses the tags that this rule put on."
    )


class TagRuleOutput(Output):
    """A rule that tags by itself."""

    by_itself = frozenset({"problem"})

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    segment = serializers.UUIDField(source="segment_id")
    criteria = serializers.DictField(source="segment.criteria")
    add = serializers.ListField(child=serializers.CharField(), help_text="Ids of tags put on who enters.")
    remove = serializers.ListField(child=serializers.CharField(), help_text="Ids of tags taken off who enters.")
    undo_on_leaving = serializers.BooleanField()
    paused_at = serializers.DateTimeField(allow_null=True)
    problem = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class TagRules(Resource):
    """Rules that tag by themselves."""

    tag = "Tag rules"

    @endpoint(TagRuleOutput, paged=True, sorts={"name": "name_norm"}, default_sort="name")
    def list(self) -> QuerySet[TagRule]:
        """List tag rules."""
        return access.rules(self.actor)

    @endpoint(TagRuleOutput)
    def retrieve(self, pk: UUID) -> TagRule:
        """Read one tag rule."""
        return access.rule(self.actor, pk)

    @endpoint(TagRuleOutput, body=TagRuleInput, status=201)
    def create(self, body: dict[str, Any]) -> TagRule:
        """Create a tag rule.

        Who meets it already is tagged in the background.
        """
        return rules.create_rule(body, by=self.actor)

    @endpoint(TagRuleOutput, body=TagRuleInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> TagRule:
        """Change a tag rule."""
        return rules.update_rule(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a tag rule.

        The tags it put stay.
        """
        rules.delete_rule(pk, by=self.actor)

    @verb("pause", TagRuleOutput)
    def pause(self, pk: UUID) -> TagRule:
        """Stop a tag rule."""
        return rules.pause_rule(pk, by=self.actor)

    @verb("resume", TagRuleOutput)
    def resume(self, pk: UUID) -> TagRule:
        """Start a tag rule again."""
        return rules.resume_rule(pk, by=self.actor)


class PersonaInput(Input):
    """A persona: with a `segment` or `criteria` contacts become one by themselves."""

    name = serializers.CharField(max_length=personas.NAME_LENGTH)
    description = serializers.CharField(max_length=personas.TEXT_LENGTH, required=False, allow_blank=True)
    goals = serializers.CharField(max_length=personas.TEXT_LENGTH, required=False, allow_blank=True)
    challenges = serializers.CharField(max_length=personas.TEXT_LENGTH, required=False, allow_blank=True)
    color = serializers.ChoiceField(choices=list(COLORS), required=False)
    segment = serializers.UUIDField(required=False, allow_null=True)
    criteria = serializers.DictField(required=False, help_text=TREE)


class PersonaOutput(Output):
    """A named target person."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    goals = serializers.CharField()
    challenges = serializers.CharField()
    color = serializers.CharField()
    segment = serializers.UUIDField(source="segment_id", allow_null=True)
    criteria = serializers.DictField(allow_null=True, help_text="Its own; null for a segment's, or by hand only.")
    archived_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class StageCount(Output):
    """How many are in a stage."""

    stage = serializers.CharField()
    count = serializers.IntegerField()


class PersonaFiguresOutput(Output):
    """The people of a persona, of those that the caller may see."""

    count = serializers.IntegerField()
    by_criteria = serializers.IntegerField()
    clients = serializers.IntegerField(help_text="How many are, or were, clients.")
    conversion = serializers.FloatField(help_text="Their share in percent.")
    stages = StageCount(many=True, help_text="Lifecycle stages that somebody is in, in their order.")


class Personas(Resource):
    """The kinds of people that the firm wants to reach."""

    tag = "Personas"

    @endpoint(PersonaOutput, paged=True, sorts={"name": "name_norm"}, default_sort="name", params=(ARCHIVED,))
    def list(self) -> QuerySet[Persona]:
        """List personas."""
        found, archived = access.personas(self.actor), self.query["archived"]
        return found if archived is None else found.filter(archived_at__isnull=not archived)

    @endpoint(PersonaOutput)
    def retrieve(self, pk: UUID) -> Persona:
        """Read one persona."""
        return access.persona(self.actor, pk)

    @endpoint(PersonaOutput, body=PersonaInput, status=201)
    def create(self, body: dict[str, Any]) -> Persona:
        """Create a persona."""
        return personas.create_persona(body, by=self.actor)

    @endpoint(PersonaOutput, body=PersonaInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Persona:
        """Change a persona."""
        return personas.update_persona(pk, body, by=self.actor)

    @verb("figures", PersonaFiguresOutput, method="get", sparse=False)
    def figures(self, pk: UUID) -> dict[str, Any]:
        """Count the people of a persona, by stage, and how many of them became clients."""
        found = reads.figures_of_personas(self.actor).get(access.persona(self.actor, pk).pk, reads.NO_FIGURES)
        stages = [{"stage": option.value, "count": count} for option, count in found.stages]
        counts = {"count": found.count, "by_criteria": found.ruled, "clients": found.clients}
        return {**counts, "conversion": found.conversion, "stages": stages}

    @verb("archive", PersonaOutput)
    def archive(self, pk: UUID) -> Persona:
        """Put a persona away."""
        return personas.archive_persona(pk, by=self.actor)

    @verb("unarchive", PersonaOutput)
    def unarchive(self, pk: UUID) -> Persona:
        """Take an archived persona out again."""
        return personas.unarchive_persona(pk, by=self.actor)

    @verb("assign", ChangedPeopleOutput, body=PeopleInput, sparse=False)
    def assign(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Say of up to 1000 contacts that they are one of a persona."""
        return {"changed": assigning.assign_persona(pk, body["contacts"], by=self.actor)}

    @verb("unassign", ChangedPeopleOutput, body=PeopleInput, sparse=False)
    def unassign(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Say of up to 1000 contacts that they are none of a persona; no rule brings it back."""
        return {"changed": assigning.unassign_persona(pk, body["contacts"], by=self.actor)}
