"""Texts that notes often begin with, over the API."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.activities import access
from fairlead.activities.actions import templates
from fairlead.activities.models import NoteTemplate
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import MAX_TEXT, Input, Output


class NoteTemplateInput(Input):
    """A text that notes begin with."""

    name = serializers.CharField(max_length=templates.NAME_LENGTH)
    body = serializers.CharField(max_length=MAX_TEXT, help_text="HTML; it is sanitised.")


class NoteTemplateEdit(Input):
    """What is to be changed of a note template."""

    name = serializers.CharField(max_length=templates.NAME_LENGTH, required=False)
    body = serializers.CharField(max_length=MAX_TEXT, required=False, help_text="HTML; it is sanitised.")


class NoteTemplateOutput(Output):
    """A text that notes begin with."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    body = serializers.CharField()
    created_by = serializers.UUIDField(source="created_by_id", allow_null=True, help_text="Who saved it first.")


class NoteTemplates(Resource):
    """Texts that notes often begin with: choose one, take its body into a note of your own."""

    tag = "Activities"

    @endpoint(NoteTemplateOutput, paged=True, sorts={"name": "name_norm"}, default_sort="name")
    def list(self) -> QuerySet[Any]:
        """List the note templates."""
        return access.templates(self.actor)

    @endpoint(NoteTemplateOutput)
    def retrieve(self, pk: UUID) -> NoteTemplate:
        """Read a note template."""
        return access.template(self.actor, pk)

    @endpoint(NoteTemplateOutput, body=NoteTemplateInput, status=201)
    def create(self, body: dict[str, Any]) -> NoteTemplate:
        """Write a note template."""
        return templates.save_template(body["name"], body["body"], by=self.actor)

    @endpoint(NoteTemplateOutput, body=NoteTemplateEdit)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> NoteTemplate:
        """Change a note template; notes that began with it stay as they are."""
        found = access.template(self.actor, pk)
        name, text = body.get("name", found.name), body.get("body", found.body)
        return templates.save_template(name, text, by=self.actor, template_id=pk)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a note template; notes that began with it stay."""
        templates.delete_template(pk, by=self.actor)
