"""A file with the columns of an earlier one: what was said of these then is what is meant now."""

from collections import Counter, defaultdict
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from fairlead.records.custom import custom_fields
from fairlead.records.imports import plug, runs
from fairlead.records.imports.columns import Column
from fairlead.records.imports.problems import about_rows
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import Actor

LOOKED_AT = 30  # imports back
# What may lose something (overwriting, clearing) is asked anew for every file.
TAKEN_OVER = ("mode", "match", "allow_without_address", "tags", "lists")
LIKE = "like"  # in the report: the file whose import this one is set up like


@transaction.atomic
def set_up_alike(run_id: UUID, *, by: Actor) -> ImportRun:
    """Set an import up like the latest that was started with the same columns, as far as there is what they became.

    So rows that were left out come back without being described again, and so does next month's file.
    """
    found = runs.run(run_id, by=by, lock=True)
    earlier = _alike(found, by)
    if earlier is not None and found.status == ImportRun.Status.UPLOADED:
        found.columns = [column.as_json() for column in _columns(found, earlier)]
        found.options = {**found.options, **{n: earlier.options[n] for n in TAKEN_OVER if n in earlier.options}}
        found.report = {**found.report, LIKE: earlier.file_name}
        found.save(update_fields=["columns", "options", "report", "updated_at"])
    return found


def _alike(run: ImportRun, by: Actor) -> ImportRun | None:
    mine = _headers(run)
    before = runs.runs(run.noun, by=by).exclude(pk=run.pk).filter(started_at__isnull=False)
    return next((other for other in before[:LOOKED_AT] if _headers(other) == mine), None)


def _headers(run: ImportRun) -> Counter[str]:
    headers = [column["header"] for column in run.columns]
    about = about_rows(headers)
    return Counter(header for index, header in enumerate(headers) if index not in about)


def _columns(run: ImportRun, earlier: ImportRun) -> list[Column]:
    """Return the run's columns as those of the same name were described; of dates and numbers what is sure stays."""
    known = {t.name for t in plug.targets_of(run.noun)} | {f.name for f in custom_fields(run.noun)}
    described = defaultdict[str, list[Column]](list)
    for column in runs.columns_of(earlier):
        described[column.header].append(column)
    found: list[Column] = []
    for column in runs.columns_of(run):
        then = described[column.header].pop(0) if described[column.header] else None
        if then is None or then.new_field or (then.target and then.target not in known):
            found.append(column)
            continue
        style = column if column.sure else then
        found.append(replace(then, index=column.index, dates=style.dates, decimal=style.decimal, reason="as before"))
    return found
