"""What a dry run shows to whom: its examples quote records as they are, and not all who see the import see these."""

from typing import Any
from uuid import UUID

from fairlead.records import nouns
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import Actor


def rehearsed(run: ImportRun, by: Actor) -> dict[str, Any] | None:
    """Return what the last dry run found, with the examples of new records and of those that the actor may see.

    `record_id` of an example is the record that would change, None for a new one.
    """
    found = run.dry_run
    if found is None or by.visible_owners is None:
        return found
    ids = {UUID(sample["record_id"]) for sample in found["samples"] if sample.get("record_id")}
    seen = {str(pk) for pk in nouns.get(run.noun).visible(by).filter(pk__in=ids).values_list("pk", flat=True)}
    samples = [s for s in found["samples"] if s["kind"] == "created" or s.get("record_id") in seen]
    return {**found, "samples": samples}
