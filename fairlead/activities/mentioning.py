"""Who may see where they were named or answered: only they are told, for a notice quotes what was written."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from fairlead.accounts.public import actors_by_id
from fairlead.activities import access
from fairlead.activities.actions.associating import members
from fairlead.activities.finding import activity_id
from fairlead.activities.models import Activity
from fairlead.activities.richtext import mentioned
from fairlead.notifications.public import Draft


def for_who_sees(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Leave out the notices whose member may not see the activity or task: as many queries for one as for all."""
    found = list(drafts)
    seen = _seen({d.member for d in found}, {pk for d in found if (pk := _about(d))})
    return (d for d in found if (d.member, _about(d)) in seen)


def not_told(made: Activity) -> list[str]:
    """Return the names of those who are named in an activity and may not see it: its author is to know."""
    named = members(mentioned(made.body))
    seen = _seen({m.pk for m in named}, {made.pk})
    return [m.user.name for m in named if (m.pk, made.pk) not in seen]


def _about(draft: Draft) -> UUID | None:
    is_task = draft.event.type.startswith("task.")
    return draft.event.subject_id if is_task else activity_id(draft.event)


def _seen(people: Collection[UUID], ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return (member, id) of the activities and tasks that each may see; who is gone sees nothing."""
    actors = actors_by_id(people)
    readers = {pk: by for pk, by in actors.items() if by.can("notes.view")}
    doers = {pk: by for pk, by in actors.items() if by.can("tasks.view")}
    found = access.pairs_seen(readers, lambda by: access.activities(by).filter(pk__in=ids))
    return found | access.pairs_seen(doers, lambda by: access.tasks(by).filter(pk__in=ids))
