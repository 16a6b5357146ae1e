"""Notes go with the last record that they were about."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from fairlead.activities.models import Activity, ActivityAttachment, ActivityLink, Pin, TaskLink
from fairlead.kernel import uploads
from fairlead.tenancy.public import Actor


def forget_records(noun: str, ids: Sequence[UUID], by: Actor) -> None:
    """Delete the pins and links of purged records, and the notes that stand on nothing any more; tasks stay."""
    Pin.rows().filter(noun=noun, record_id__in=ids).delete()
    TaskLink.rows().filter(noun=noun, record_id__in=ids).delete()
    links = ActivityLink.rows().filter(noun=noun, record_id__in=ids)
    touched = list(links.values_list("activity_id", flat=True))
    links.delete()
    alone = Activity.rows().filter(~Exists(ActivityLink.rows().filter(activity=OuterRef("pk"))), pk__in=touched)
    for path in ActivityAttachment.rows().filter(activity__in=alone.values("pk")).values_list("file", flat=True):
        transaction.on_commit(partial(uploads.remove, path))
    alone.delete()
