"""Runs of imports before they begin: upload, set up, prepare; `verbs` starts and ends them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from fairlead.accounts.public import program_of
from fairlead.events.public import record
from fairlead.kernel import clock, uploads
from fairlead.kernel.errors import Conflict, InvalidInput, NotFound
from fairlead.kernel.ids import uuid7
from fairlead.records import nouns
from fairlead.records.custom import custom_fields
from fairlead.records.imports import plug
from fairlead.records.imports.columns import NEW, Column, Target, check
from fairlead.records.imports.options import Options
from fairlead.records.imports.reading import Layout, Source, UnreadableFile, detect
from fairlead.records.imports.suggest import normal, suggest
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import Actor, Firm

SIZE_LIMIT = 1024 * 1024 * 1024  # bytes
FOLDER = "imports"
Status = ImportRun.Status


def named_files() -> Iterable[str]:
    """Return the paths of the files that were brought into the firm."""
    return ImportRun.rows().values_list("file", flat=True)


def permit(noun: str, by: Actor) -> None:
    """Raise `NotFound` for a noun that files cannot be imported into, `Forbidden` without the permission."""
    try:
        kind = nouns.get(noun)
        plug.importer_of(kind.name)
    except KeyError:
        raise NotFound from None
    by.require(kind.permission("import"))


def seen(by: Actor) -> QuerySet[ImportRun]:
    """Return the imports of those whose records the actor sees: a run shows whole rows of its file."""
    rows = ImportRun.rows()
    return rows if by.visible_owners is None else rows.filter(started_by__in=by.visible_owners)


def runs(noun: str, *, by: Actor) -> QuerySet[ImportRun]:
    """Return the imports of a noun that the actor may see, newest first."""
    permit(noun, by)
    return seen(by).filter(noun=nouns.get(noun).name).order_by("-created_at", "-id")


def run(run_id: UUID, *, by: Actor, lock: bool = False) -> ImportRun:
    """Return an import that the actor may see; raise `NotFound`."""
    rows = seen(by)
    found = (rows.select_for_update() if lock else rows).filter(pk=run_id).first()
    if found is None:
        raise NotFound
    permit(found.noun, by)
    return found


@transaction.atomic
def upload(noun: str, stream: IO[bytes], *, name: str, by: Actor) -> ImportRun:
    """Store a file, detect how it is to be read and what its columns mean. Raises `InvalidInput` naming `file`."""
    permit(noun, by)
    shown = uploads.clean_name(name)
    stored = uploads.keep(f"{uploads.folder_of(by.firm_id, FOLDER)}/{uuid7().hex}", File(stream))
    size = default_storage.size(stored)
    made = ImportRun(noun=nouns.get(noun).name, file=stored, file_name=shown, file_size=size,
                     started_by_id=by.membership_id)  # fmt: skip
    try:
        if size > SIZE_LIMIT:
            raise UnreadableFile("The file is larger than 1 GB. Split it, or take only the columns that you need.")
        layout = detect(path_of(made))
        made.layout = layout.as_json()
        made.columns = [c.as_json() for c in suggested(made, by)]
    except UnreadableFile as error:
        uploads.remove(stored)
        raise InvalidInput({"file": [f"{shown}: {error}"]}) from None
    except BaseException:
        uploads.remove(stored)
        raise
    made.options = Options().as_json()
    made.save(force_insert=True)
    return made


def path_of(run: ImportRun) -> Path:
    """Return where the run's file lies."""
    return Path(default_storage.path(run.file))


def source_of(run: ImportRun) -> Source:
    """Return the run's file as rows; raise `Conflict` when it is gone, as after a restore without files."""
    path = path_of(run)
    if not path.exists():
        raise Conflict("The uploaded file is no longer on this server. Upload it again.")
    return Source(path, Layout.from_json(run.layout))


def columns_of(run: ImportRun) -> list[Column]:
    """Return what the run's columns mean."""
    return [Column.from_json(c) for c in run.columns]


def suggested(run: ImportRun, by: Actor) -> list[Column]:
    """Return what the columns seem to mean."""
    importer, source = plug.importer_of(run.noun), source_of(run)
    country = Firm.objects.only("country").get(pk=by.firm_id).country
    samples = [row.cells for row in source.sample(2_000)]
    custom = {normal(f.label): f.name for f in custom_fields(run.noun)}
    custom |= {normal(f.key): f.name for f in custom_fields(run.noun)}
    columns = suggest(source.header(), samples, plug.targets_of(run.noun), importer.known, country, custom)
    if by.can("fields.manage"):
        return columns
    return [replace(c, target=None, new_field=None, reason="needs a new field") if c.new_field else c for c in columns]


@transaction.atomic
def set_layout(run_id: UUID, layout: Mapping[str, Any], *, by: Actor) -> ImportRun:
    """Read the file another way; the columns are suggested anew. Raises `InvalidInput`."""
    found = _open(run_id, by)
    try:
        found.layout = Layout.from_json(layout).as_json()
        found.columns = [c.as_json() for c in suggested(found, by)]
    except UnreadableFile as error:
        raise InvalidInput({"layout": [str(error)]}) from None
    found.dry_run, found.report = None, {}
    found.save(update_fields=["layout", "columns", "dry_run", "report", "updated_at"])
    return found


@transaction.atomic
def set_columns(run_id: UUID, columns: Sequence[Mapping[str, Any]], *, by: Actor) -> ImportRun:
    """Say what the columns mean. Raises `InvalidInput` naming the column."""
    found = _open(run_id, by)
    made = [Column.from_json(c) for c in columns]
    check_mapping(found, made)
    found.columns = [c.as_json() for c in made]
    found.dry_run = None
    found.save(update_fields=["columns", "dry_run", "updated_at"])
    return found


@transaction.atomic
def set_options(run_id: UUID, options: Mapping[str, Any], *, by: Actor) -> ImportRun:
    """Set how rows meet records. Raises `InvalidInput`."""
    found = _open(run_id, by)
    found.options = Options.from_json(options).as_json()
    found.dry_run = None
    found.save(update_fields=["options", "dry_run", "updated_at"])
    return found


def remap(run: ImportRun, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the run's columns with those named in `mapping` (header to target, to a description, or null) set.

    Columns of the same header are all meant. Raises `InvalidInput` for a header that the file lacks.
    """
    headers = {c["header"] for c in run.columns}
    for header in mapping:
        if header not in headers:
            raise InvalidInput({"mapping": [f"The file has no column “{str(header)[:80]}”."]})
    return [c | _meaning(mapping[c["header"]]) if c["header"] in mapping else c for c in run.columns]


def _meaning(given: Any) -> dict[str, Any]:
    described = dict(given) if isinstance(given, Mapping) else {"target": given}
    return ({"new_field": None} if described.get("target", NEW) != NEW else {}) | described


@transaction.atomic
def prepare(run_id: UUID, status: Status, *, by: Actor) -> ImportRun:
    """Take a run that is set up (or was rehearsed) to `status`, without starting anything."""
    found = _open(run_id, by)
    check_mapping(found, columns_of(found))
    if any(c.new_field for c in columns_of(found)):
        by.require("fields.manage")
    if not any(c.target for c in columns_of(found)):
        raise InvalidInput({"mapping": ["No column is mapped to anything."]})
    found.status, found.failure = status, ""
    found.started_by_id, found.program = by.membership_id, program_of(by)
    if status == Status.QUEUED:
        found.started_at = clock.now()
        name = nouns.get(found.noun).label_plural.lower()
        record("import.started", by=by, subject=("import", found.id), data={"file": found.file_name, "noun": name})
    found.save()
    return found


def _open(run_id: UUID, by: Actor) -> ImportRun:
    found = run(run_id, by=by, lock=True)
    if found.status != Status.UPLOADED:
        raise Conflict("This import has been started; what it means can no longer be changed.")
    return found


def check_mapping(run: ImportRun, columns: Sequence[Column]) -> None:
    """Raise `InvalidInput` when a column is mapped to what there is not."""
    own = [Target(f.name, f.label, f.type) for f in custom_fields(run.noun)]
    check(columns, [*plug.targets_of(run.noun), *own])
