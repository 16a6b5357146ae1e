"""What a run made by the way and nobody uses: it goes when the run is reverted, or when it wrote nothing."""

from django.db.models import QuerySet

from fairlead.kernel import clock
from fairlead.records import nouns
from fairlead.records.actions.custom_fields import archive_field, delete_field
from fairlead.records.custom import custom_fields
from fairlead.records.imports import plug
from fairlead.records.models import CustomField, FieldValue, ImportRun
from fairlead.tenancy.public import Actor


def clear_away(run: ImportRun, *, by: Actor) -> None:
    """Take the unused things away, in the caller's transaction, and name them in the run's report."""
    found = ImportRun.rows().select_for_update().get(pk=run.pk)
    removed = {kind: list(names) for kind, names in plug.importer_of(found.noun).clear_away(found, by=by).items()}
    removed["fields"] = _fields(found, by)
    report = {**found.report, "removed": {kind: names for kind, names in removed.items() if names}}
    ImportRun.rows().filter(pk=run.pk).update(report=report, updated_at=clock.now())


def clear_away_if_idle(run: ImportRun, *, by: Actor) -> None:
    """Do so for a run that created and changed no record: nothing half done is left of it."""
    found = ImportRun.rows().get(pk=run.pk)
    if found.started_at is not None and not found.has_written:
        clear_away(found, by=by)


def _fields(run: ImportRun, by: Actor) -> list[str]:
    """Put the fields away that the run made and no living record fills; return their labels.

    Records in the bin keep the values of a field in the archive, should they come back. What nobody ever filled is
    deleted, so that its key is free for the corrected file.
    """
    if not by.can("fields.manage"):
        return []
    living = nouns.get(run.noun).model.rows().filter(deleted_at=None).values("pk")
    made = [f for f in custom_fields(run.noun) if f.name in run.report.get("fields", ())]
    unused = [f for f in made if not _values(f).filter(record_id__in=living).exists()]
    for field in unused:
        archive_field(field.id, by=by)
        if not _values(field).exists():
            delete_field(field.id, by=by, confirm=field.key)
    return [f.label for f in unused]


def _values(field: CustomField) -> QuerySet[FieldValue]:
    return FieldValue.rows().filter(field_id=field.id)
