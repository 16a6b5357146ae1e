"""What goes with records that are deleted for good."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.assignment.models import Assignment, Waiting
from fairlead.tenancy.public import Actor


def forget_records(noun: str, ids: Sequence[UUID], by: Actor) -> None:
    """Forget who got purged records, and that they waited."""
    for model in (Assignment, Waiting):
        model.rows().filter(noun=noun, record_id__in=list(ids)).delete()
