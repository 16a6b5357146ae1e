"""Files in and out of a noun in one call each: import, export."""

from collections.abc import Mapping
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework import serializers

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.jsons import read_json
from fairlead.records.actions.exports import tell
from fairlead.records.exports.content import PARTS, TOO_LONG, Content
from fairlead.records.exports.workbook import MAX_ROWS
from fairlead.records.imports import runs, verbs
from fairlead.records.models import ImportRun
from fairlead.records.nouns import Noun
from fairlead.shell.api.params import Param
from fairlead.shell.api.strict import Input
from fairlead.tenancy.public import Actor

COLUMNS = Param("columns", "Names of fields, separated by commas; without, the list's usual ones.", many=True,
                example="first_name,last_name,email")  # fmt: skip
QUERY = Param("q", "Only what the list's search finds.", default="")
FORMAT = Param("format", "CSV, or a workbook (XLSX) of at most 1,048,575 records.", choices=["csv", "xlsx"],
               default="csv")  # fmt: skip
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SORT = Param("sort", "The order, as of the list.", default="")


class FileImport(Input):
    """A file and what to make of it."""

    file = serializers.FileField(help_text="CSV or XLSX, in any encoding.")
    mapping = serializers.CharField(
        required=False, help_text='JSON object from column to field, where the suggestion errs: {"Mail": "email"}.'
    )
    options = serializers.CharField(
        required=False,
        help_text="JSON object: mode (both, create, update), match (email, phone, external_id, name_company), "
        "overwrite, clear, allow_without_address, tags, lists.",
    )
    dry_run = serializers.BooleanField(required=False, help_text="Only tell what would change.")


def begin(noun: str, body: Mapping[str, Any], *, by: Actor) -> ImportRun:
    """Store the file of a request and start its import, or its dry run, in the background."""
    mapping, options = (_object(body, name) for name in ("mapping", "options"))
    file = body["file"]
    run = runs.upload(noun, file, name=file.name, by=by)
    if mapping:
        runs.set_columns(run.id, runs.remap(run, mapping), by=by)
    if options:
        runs.set_options(run.id, {**run.options, **options}, by=by)
    return verbs.rehearse(run.id, by=by) if body.get("dry_run") else verbs.start(run.id, by=by)


def _object(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    try:
        found = read_json(body.get(name) or "{}")
    except ValueError:
        raise InvalidInput({name: ["This is not JSON."]}) from None
    if not isinstance(found, dict):
        raise InvalidInput({name: ["A JSON object is expected."]})
    return found


def export(noun: Noun, query: Mapping[str, Any], *, by: Actor) -> StreamingHttpResponse:
    """Return all records that the criteria leave as CSV or XLSX: a stream that reads them while it is read."""
    by.require(noun.permission("export"))
    chosen, form = query["columns"] or (), query["format"]
    content = Content(noun, by, chosen, None, query["filter"], query["q"], query["sort"]).ready()
    total = content.count()
    if form == "xlsx" and total > MAX_ROWS:
        raise InvalidInput({"?format": [TOO_LONG]})
    tell(noun, total, form, [c.key for c in content.columns], by=by, run_id=None)
    response = StreamingHttpResponse(PARTS[form](content), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{noun.plural}.{form}"'
    return response
