"""Saved views of lists."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.kernel.errors import InvalidInput
from fairlead.records import access, nouns
from fairlead.records.actions import saved_views
from fairlead.records.models import SavedView
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output


class ViewChange(Input):
    """What to change of a view."""

    name = serializers.CharField(max_length=saved_views.NAME_LENGTH)
    scope = serializers.ChoiceField(choices=SavedView.Scope.choices, required=False)
    team = serializers.UUIDField(required=False, allow_null=True, help_text="With scope team: which.")
    criteria = serializers.DictField(required=False, allow_null=True, help_text="A tree as the search takes it.")
    query = serializers.CharField(max_length=saved_views.QUERY_LENGTH, required=False, allow_blank=True)
    sort = serializers.CharField(max_length=100, required=False, allow_blank=True)
    columns = serializers.ListField(child=serializers.CharField(max_length=100), required=False, max_length=200)
    position = serializers.IntegerField(required=False, min_value=0, max_value=10_000)


class ViewInput(ViewChange):
    """A view."""

    noun = serializers.CharField(max_length=40, help_text="contact, company, deal or task.")


class ViewOutput(Output):
    """A list as somebody wants to see it again."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    name = serializers.CharField()
    scope = serializers.CharField(help_text="private, team or firm.")
    owner = serializers.UUIDField(source="owner_id")
    team = serializers.UUIDField(source="team_id", allow_null=True)
    criteria = serializers.DictField(allow_null=True)
    query = serializers.CharField()
    sort = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    position = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class Views(Resource):
    """Saved views of lists."""

    tag = "Saved views"

    @endpoint(
        ViewOutput, paged=True, sorts={"position": "position", "created_at": "created_at"}, default_sort="position",
        params=(Param("noun", "Views of which list.", default="contact"),),
    )  # fmt: skip
    def list(self) -> QuerySet[SavedView]:
        """List the views of a list: the firm's, your teams' and your own."""
        return access.views(self.actor, noun_called(self.query["noun"], "?noun"))

    @endpoint(ViewOutput)
    def retrieve(self, pk: UUID) -> SavedView:
        """Read one view."""
        return access.view(self.actor, pk)

    @endpoint(ViewOutput, body=ViewInput, status=201)
    def create(self, body: dict[str, Any]) -> SavedView:
        """Save a view."""
        noun = noun_called(body.pop("noun"), "noun")
        return saved_views.create_view(noun, body, by=self.actor)

    @endpoint(ViewOutput, body=ViewChange)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> SavedView:
        """Change a view."""
        return saved_views.update_view(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a view."""
        saved_views.delete_view(pk, by=self.actor)


def noun_called(name: str, at: str, among: Collection[str] | None = None) -> nouns.Noun:
    """Return the noun, one of those `among` which it must be; raise `InvalidInput` at that place of the request."""
    known = [noun for noun in nouns.registered() if among is None or noun.name in among]
    for noun in known:
        if name in (noun.name, noun.plural):
            return noun
    raise InvalidInput({at: [f"Use one of: {', '.join(noun.name for noun in known)}."]})
