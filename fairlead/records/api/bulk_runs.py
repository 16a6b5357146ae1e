"""Bulk actions over a whole filtered list, in the background."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.records import access, bulk
from fairlead.records.actions import bulk as actions
from fairlead.records.api.saved_views import noun_called
from fairlead.records.models import BulkRun
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output


class BulkInput(Input):
    """What to do with which records: those with these ids, or all that fit the criteria."""

    noun = serializers.CharField(max_length=40, help_text="contact, company, deal or task.")
    verb = serializers.CharField(max_length=60, help_text="What to do: `verbs` lists it.")
    params = serializers.DictField(required=False, help_text="What the verb takes: `verbs` tells.")
    ids = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=actions.MAX_IDS)
    criteria = serializers.DictField(required=False, allow_null=True, help_text="A tree as the search takes it.")
    query = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="Quick search.")
    all = serializers.BooleanField(required=False, help_text="Must be true when neither ids nor criteria are given.")


class BulkOutput(Output):
    """A bulk action and how far it is."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    verb = serializers.CharField()
    params = serializers.DictField()
    label = serializers.CharField(help_text="What it does, in words.")  # type: ignore[assignment]
    state = serializers.CharField(help_text="queued, running, done, cancelled, failed, undoing or undone.")
    total = serializers.IntegerField(allow_null=True, help_text="Known once it has begun.")
    done = serializers.IntegerField()
    changed = serializers.IntegerField()
    failed = serializers.IntegerField()
    message = serializers.CharField()
    result = serializers.DictField(help_text="What the verb hands over.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class BulkVerbOutput(Output):
    """Something that can be done in bulk."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    params = serializers.DictField(child=serializers.CharField(), help_text="What it takes, by name.")


class BulkVerbsOutput(Output):
    """What can be done in bulk with records of a noun."""

    data = BulkVerbOutput(many=True)  # type: ignore[assignment]


class BulkRuns(Resource):
    """Bulk actions in the background."""

    tag = "Bulk actions"

    @endpoint(BulkOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at")
    def list(self) -> QuerySet[BulkRun]:
        """List bulk actions."""
        return access.bulk_runs(self.actor)

    @endpoint(BulkOutput)
    def retrieve(self, pk: UUID) -> BulkRun:
        """Read how far a bulk action is."""
        return access.bulk_run(self.actor, pk)

    @endpoint(BulkOutput, body=BulkInput, status=202)
    def create(self, body: dict[str, Any]) -> BulkRun:
        """Start a bulk action.

        It runs in the background: read it until its state is `done`. Without ids and criteria say `all`, so that a
        forgotten selection never means everything.
        """
        if not any((body.get("ids"), body.get("criteria"), body.get("query"), body.get("all"))):
            raise serializers.ValidationError({"ids": "Give ids or criteria, or say all."}, code="required")
        noun = noun_called(body["noun"], "noun")
        chosen = {name: body.get(name) or None for name in ("ids", "criteria")}
        params, query = body.get("params", {}), body.get("query", "")
        return actions.start_bulk(noun, body["verb"], params, by=self.actor, query=query, **chosen)

    @verb("cancel", BulkOutput)
    def cancel(self, pk: UUID) -> BulkRun:
        """Stop a bulk action.

        What it did stays.
        """
        return actions.cancel_bulk(pk, by=self.actor)

    @verb("undo", BulkOutput)
    def undo(self, pk: UUID) -> BulkRun:
        """Take back what a bulk action did.

        As far as nobody has changed it since.
        """
        return actions.undo_bulk(pk, by=self.actor)

    @verb(
        "verbs", BulkVerbsOutput, method="get", of="collection", sparse=False,
        params=(Param("noun", "Of which list.", default="contact"),),
    )  # fmt: skip
    def verbs(self) -> dict[str, Any]:
        """List what can be done in bulk."""
        offered = bulk.offered(noun_called(self.query["noun"], "?noun"), self.actor)
        return {"data": [{"name": v.name, "label": v.label, "params": dict(v.takes)} for v in offered]}
