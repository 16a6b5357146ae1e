"""What goes with contacts that are deleted for good."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from fairlead.segments.keeping.moving import resize
from fairlead.tenancy.public import Actor


def forget_records(noun: str, ids: Sequence[UUID], by: Actor) -> None:
    """Take purged contacts out of every segment, resting ones too; picks, tags by rule and personas cascade."""
    if noun != "contact" or not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM segments_segmentmember WHERE firm_id = %s AND contact_id = ANY(%s) RETURNING segment_id",
            [by.firm_id, list(ids)],
        )
        gone = Counter(pk for (pk,) in cursor.fetchall())
    if gone:
        resize({}, gone, by=by)
