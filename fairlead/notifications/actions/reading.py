"""Mark notices as read and unread."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from fairlead.kernel import clock
from fairlead.notifications import access
from fairlead.notifications.actions.telling import NOTICES, tell
from fairlead.tenancy.public import Actor


@transaction.atomic
def mark_read(ids: Sequence[UUID], *, by: Actor) -> int:
    """Mark some of the actor's notices as read; return how many were not."""
    changed = access.notices(by).filter(pk__in=ids, read_at=None).update(read_at=clock.now())
    return _told(changed, by)


@transaction.atomic
def mark_unread(ids: Sequence[UUID], *, by: Actor) -> int:
    """Mark some of the actor's notices as unread again."""
    return _told(access.notices(by).filter(pk__in=ids, read_at__isnull=False).update(read_at=None), by)


@transaction.atomic
def mark_all_read(*, by: Actor) -> int:
    """Mark all of the actor's notices as read; return how many were not."""
    return _told(access.notices(by).filter(read_at=None).update(read_at=clock.now()), by)


def _told(changed: int, by: Actor) -> int:
    if changed and by.membership_id:
        tell({by.membership_id}, NOTICES)
    return changed
