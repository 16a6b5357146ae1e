"""Mark notices as read and unread: of very many, the newest at once and the others right after, in the background."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from fairlead.jobs.public import enqueue, job, take_turns
from fairlead.kernel import clock
from fairlead.notifications import access
from fairlead.notifications.actions.telling import NOTICES, tell
from fairlead.notifications.models import Notice
from fairlead.tenancy.public import Actor, firm_context

AT_ONCE = 10_000  # a fifth of a second: each has its place in five indexes


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
    """Mark all of the actor's notices as read; return how many were not.

    Beyond the newest `AT_ONCE` they become so right after, in the background; one that comes meanwhile stays unread.
    """
    unread = access.notices(by).filter(read_at=None)
    count: int = unread.count()
    if count > AT_ONCE and by.membership_id:
        oldest = unread.order_by("-id").values_list("pk", flat=True)[AT_ONCE - 1]
        enqueue(read_older, firm_id=by.firm_id, by=by, member_id=by.membership_id, before=oldest)
        unread = unread.filter(pk__gte=oldest)
    unread.update(read_at=clock.now())
    return _told(count, by)


@job("notifications.read_older", queue="bulk", retries=5)
def read_older(*, firm_id: UUID, member_id: UUID, before: UUID) -> None:
    """Mark those of a member's notices as read that came before one."""
    take_turns(
        read_older, lambda: _read_next(firm_id, member_id, before), firm_id=firm_id, member_id=member_id, before=before
    )


def _read_next(firm_id: UUID, member_id: UUID, before: UUID) -> bool:
    """Mark a piece; what the member is marking at this moment is passed over."""
    with firm_context(firm_id):
        rows = Notice.rows().filter(member_id=member_id, shown=True, read_at=None, pk__lt=before)
        piece = rows.select_for_update(skip_locked=True, no_key=True).values("pk")[:AT_ONCE]
        if not Notice.rows().filter(pk__in=piece).update(read_at=clock.now()):
            return False
        tell({member_id}, NOTICES)
        return True


def _told(changed: int, by: Actor) -> int:
    if changed and by.membership_id:
        tell({by.membership_id}, NOTICES)
    return changed
