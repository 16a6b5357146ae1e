"""Stages and pipelines that are on their way out: deleted or archived, while their open deals move in the background.

Until its last deal has moved such a stage is in use, and a deal that comes into it meanwhile moves on like the others.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts.public import Errand, errands
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.sales.models import Stage

DELETE, ARCHIVE = "stage.delete", "pipeline.archive"


def errands_of(ids: Iterable[UUID]) -> QuerySet[Errand]:
    """Return what empties these stages and pipelines, as far as that goes on."""
    return errands.running(DELETE, ARCHIVE, about=ids)


def require_quiet(stages: Collection[UUID], pipeline_id: UUID) -> None:
    """Raise `Conflict` while stages, or their pipeline, are being emptied, or other deals are moving into one."""
    for errand in errands.running(DELETE, ARCHIVE):
        if errand.subject_id in {*stages, pipeline_id} or UUID(errand.params["move_to"]) in stages:
            raise Conflict(f"“{errand.label}” goes on. Wait until it is done, or stop it.", code="running")


def require_staying(target: Stage) -> None:
    """Raise `InvalidInput` when a stage that deals shall move to is itself on its way out."""
    if errand := errands_of([target.pk, target.pipeline_id]).first():
        raise InvalidInput({"move_to": [f"“{errand.label}” goes on. Choose a stage that stays."]})
