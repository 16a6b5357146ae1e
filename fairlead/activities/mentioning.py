"""Who may see where they were named or answered: only they are told, for a notice quotes what was written."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from fairlead.accounts.public import Membership, actor_by_id
from fairlead.activities import access
from fairlead.activities.actions.associating import members
from fairlead.activities.finding import activity_id
from fairlead.activities.models import Activity
from fairlead.activities.richtext import mentioned
from fairlead.notifications.public import Draft


def for_who_sees(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Leave out the notices whose member may not see the activity or task: one or two queries a member."""
    found = list(drafts)
    places: dict[UUID, set[UUID | None]] = {}
    for draft in found:
        places.setdefault(draft.member, set()).add(_about(draft))
    seen = {member: _seen_by(member, ids) for member, ids in places.items()}
    return (d for d in found if _about(d) in seen[d.member])


def not_told(made: Activity) -> list[str]:
    """Return the names of those who are named in an activity and may not see it: its author is to know."""
    named = members(mentioned(made.body))
    return [m.user.name for m in named if not _seen_by(m.pk, {made.pk})]


def _about(draft: Draft) -> UUID | None:
    is_task = draft.event.type.startswith("task.")
    return draft.event.subject_id if is_task else activity_id(draft.event)


def _seen_by(member: UUID, ids: Collection[UUID | None]) -> set[UUID]:
    found: set[UUID] = set()
    try:
        by = actor_by_id(member)
    except Membership.DoesNotExist:  # gone since they were named
        return found
    if by.can("notes.view"):
        found |= set(access.activities(by).filter(pk__in=ids).values_list("pk", flat=True))
    if by.can("tasks.view") and len(found) < len(ids):
        found |= set(access.tasks(by).filter(pk__in=ids).values_list("pk", flat=True))
    return found
