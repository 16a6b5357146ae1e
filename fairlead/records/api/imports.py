"""Imports of CSV and XLSX files."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.records.api.saved_views import noun_called
from fairlead.records.imports import runs, verbs
from fairlead.records.imports.options import MATCHES, MODES
from fairlead.records.imports.shown import rehearsed
from fairlead.records.models import ImportRowError, ImportRun
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output


class ImportInput(Input):
    """A file to bring in."""

    noun = serializers.CharField(max_length=40, help_text="contact, company, deal or task.")
    file = serializers.FileField(help_text="CSV or XLSX; encoding, delimiter and header are found out.")


class ImportOptions(Input):
    """How rows meet records. By default nothing is ever lost: filled fields stay, empty cells clear nothing."""

    mode = serializers.ChoiceField(choices=list(MODES), required=False)
    match = serializers.ChoiceField(choices=list(MATCHES), required=False)
    overwrite = serializers.BooleanField(required=False, help_text="Whether filled fields may be overwritten.")
    clear = serializers.BooleanField(required=False, help_text="Whether empty cells clear fields.")
    allow_without_address = serializers.BooleanField(required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=80), required=False, max_length=50)
    lists = serializers.ListField(child=serializers.CharField(max_length=100), required=False, max_length=50)


class ImportChange(Input):
    """What to set up."""

    mapping = serializers.DictField(
        required=False, help_text="Header to the name of a field (`email`, `custom.score`), or to null for no field."
    )
    layout = serializers.DictField(required=False, help_text="Encoding, delimiter, header row, worksheet.")
    options = ImportOptions(required=False)


class ImportOutput(Output):
    """An import: how the file is read, what its columns mean, how far it is, what came of it."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    status = serializers.CharField(
        help_text="uploaded, checking, queued, running, done, cancelled, failed, reverting or reverted."
    )
    file_name = serializers.CharField()
    file_size = serializers.IntegerField(help_text="Bytes.")
    layout = serializers.DictField()
    columns = serializers.ListField(child=serializers.DictField())
    options = serializers.DictField()
    rows_total = serializers.IntegerField(allow_null=True)
    rows_done = serializers.IntegerField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    merged = serializers.IntegerField(help_text="Rows folded into an earlier row for the same record.")
    skipped = serializers.IntegerField(help_text="Rows that the mode leaves alone.")
    row_errors = serializers.IntegerField(source="errors", help_text="Rows that could not be taken.")
    dry_run = serializers.SerializerMethodField(
        help_text="What the last dry run found: counts, problems, what it would make by the way, and examples of new "
        "records and of those that you may see."
    )
    report = serializers.DictField()
    failure = serializers.CharField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    reverted_at = serializers.DateTimeField(allow_null=True)

    def get_dry_run(self, run: ImportRun) -> dict[str, Any] | None:
        """See `shown.rehearsed`."""
        return rehearsed(run, self.context["view"].actor)


class FaultOutput(Output):
    """One thing that is wrong in a row."""

    column = serializers.CharField(help_text="Header of the column, empty for the whole row.")
    value = serializers.CharField(help_text="What stands in the cell, up to 60 characters.")
    message = serializers.CharField()


class RowErrorOutput(Output):
    """A row that was left out, and why."""

    id = serializers.UUIDField()
    line = serializers.IntegerField(help_text="Line of the file, from 1.")
    column = serializers.CharField(help_text="Header of the column, empty for the whole row.")
    message = serializers.CharField(help_text="What is wrong there.")
    faults = FaultOutput(many=True, source="every_fault", help_text="All that is wrong in the row, the first included.")
    cells = serializers.ListField(child=serializers.CharField(allow_blank=True, allow_null=True))


class Imports(Resource):
    """Bringing in files. Upload, set up, rehearse if you like, start, and read until the status is `done`."""

    tag = "Imports"

    @endpoint(
        ImportOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at",
        params=(Param("noun", "Imports of which kind of record.", default="contact"),),
    )  # fmt: skip
    def list(self) -> QuerySet[ImportRun]:
        """List imports."""
        return runs.runs(noun_called(self.query["noun"], "?noun").name, by=self.actor)

    @endpoint(ImportOutput)
    def retrieve(self, pk: UUID) -> ImportRun:
        """Read how far an import is."""
        return runs.run(pk, by=self.actor)

    @endpoint(ImportOutput, body=ImportInput, status=201, upload=True)
    def create(self, body: dict[str, Any]) -> ImportRun:
        """Upload a file.

        Nothing is written yet. The answer says what its columns seem to mean.
        """
        upload = body["file"]
        return runs.upload(noun_called(body["noun"], "noun").name, upload, name=upload.name, by=self.actor)

    @endpoint(ImportOutput, body=ImportChange)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> ImportRun:
        """Set up an import: layout, columns, options."""
        found = runs.run(pk, by=self.actor)
        if "layout" in body:
            found = runs.set_layout(pk, body["layout"], by=self.actor)
        if "mapping" in body:
            found = runs.set_columns(pk, runs.remap(found, body["mapping"]), by=self.actor)
        if "options" in body:
            found = runs.set_options(pk, found.options | dict(body["options"]), by=self.actor)
        return found

    @verb("rehearse", ImportOutput, status=202)
    def rehearse(self, pk: UUID) -> ImportRun:
        """Start a dry run.

        It writes nothing and leaves what would change in `dry_run`.
        """
        return verbs.rehearse(pk, by=self.actor)

    @verb("start", ImportOutput, status=202)
    def start(self, pk: UUID) -> ImportRun:
        """Start an import."""
        return verbs.start(pk, by=self.actor)

    @verb("cancel", ImportOutput)
    def cancel(self, pk: UUID) -> ImportRun:
        """Stop an import.

        What is written stays, and can be reverted; `resume` goes on.
        """
        return verbs.cancel(pk, by=self.actor)

    @verb("resume", ImportOutput, status=202)
    def resume(self, pk: UUID) -> ImportRun:
        """Go on with an import that was stopped or that failed on its way.

        It begins after the last rows that it wrote.
        """
        return verbs.resume(pk, by=self.actor)

    @verb("revert", ImportOutput, status=202)
    def revert(self, pk: UUID) -> ImportRun:
        """Undo an import, for every record that nothing else has changed since."""
        return verbs.revert(pk, by=self.actor)

    @verb("errors", RowErrorOutput, method="get", paged=True, sorts={"line": "line"}, default_sort="line")
    def errors(self, pk: UUID) -> QuerySet[ImportRowError]:
        """List the rows that could not be taken."""
        return ImportRowError.rows().filter(run=runs.run(pk, by=self.actor))
