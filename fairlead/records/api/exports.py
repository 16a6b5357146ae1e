"""Exports of any filtered list into a file."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from rest_framework import serializers

from fairlead.kernel import uploads
from fairlead.kernel.errors import Conflict
from fairlead.records import access
from fairlead.records.actions import exports
from fairlead.records.api.saved_views import noun_called
from fairlead.records.models import ExportRun
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

MAX_IDS = 10_000


class ExportInput(Input):
    """What to export: the records with these ids, or all that fit the criteria."""

    noun = serializers.CharField(max_length=40, help_text="contact, company, deal or task.")
    columns = serializers.ListField(child=serializers.CharField(max_length=100), min_length=1, max_length=500)
    format = serializers.ChoiceField(choices=ExportRun.Format.choices, required=False)
    ids = serializers.ListField(child=serializers.UUIDField(), required=False, min_length=1, max_length=MAX_IDS)
    criteria = serializers.DictField(required=False, allow_null=True, help_text="A tree as the search takes it.")
    query = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="Quick search.")
    sort = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ExportOutput(Output):
    """An export and how far it is."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    format = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField(help_text="queued, running, done, cancelled or failed.")
    total = serializers.IntegerField(help_text="Records that matched at the start.")
    done = serializers.IntegerField()
    size = serializers.IntegerField(help_text="Bytes, once it is done.")
    message = serializers.CharField()
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Until then the file can be fetched.")
    created_at = serializers.DateTimeField()


class Exports(Resource):
    """Files with records. They can be fetched for a day, by who made them."""

    tag = "Exports"

    @endpoint(ExportOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at")
    def list(self) -> QuerySet[ExportRun]:
        """List your exports."""
        return access.export_runs(self.actor)

    @endpoint(ExportOutput)
    def retrieve(self, pk: UUID) -> ExportRun:
        """Read how far an export is."""
        return access.export_run(self.actor, pk)

    @endpoint(
        ExportOutput, body=ExportInput, status=202,
        example={"noun": "contact", "columns": ["name", "email"], "criteria": {"all": []}},
    )  # fmt: skip
    def create(self, body: dict[str, Any]) -> ExportRun:
        """Start an export.

        Few records are ready at once, many in the background: read it until its state is `done`, then fetch the
        file. Cells that a spreadsheet would take for formulas are neutralised; the audit knows who took what.
        """
        return exports.start_export(noun_called(body.pop("noun"), "noun"), by=self.actor, **body)

    @verb("cancel", ExportOutput)
    def cancel(self, pk: UUID) -> ExportRun:
        """Stop an export that is being written."""
        return exports.cancel_export(pk, by=self.actor)

    @verb("file", method="get", media_type="application/octet-stream")
    def file(self, pk: UUID) -> HttpResponseBase:
        """Fetch the file of an export that is done."""
        run = access.export_run(self.actor, pk)
        kind = access.noun(run.noun)
        self.actor.require(kind.permission("export"))
        if run.state != ExportRun.State.DONE or not run.file or run.is_gone:
            raise Conflict("This export has no file (yet, or any more).")
        name = f"{kind.plural}-{run.created_at:%Y-%m-%d}.{run.format}"
        return uploads.serve(run.file, name=name, content_type="application/octet-stream")
