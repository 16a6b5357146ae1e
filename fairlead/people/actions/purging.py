"""What else goes when a record is deleted for good: higher rooms register what they keep about it."""

from collections.abc import Callable, Sequence
from uuid import UUID

from fairlead.people.models import Tagging
from fairlead.tenancy.public import Actor

Forget = Callable[[str, Sequence[UUID], Actor], None]
_hooks: list[Forget] = []


def register(hook: Forget) -> None:
    """Register what a room deletes with records: called with noun, ids and actor in the purge's transaction."""
    _hooks.append(hook)


def forget(noun: str, ids: Sequence[UUID], by: Actor) -> None:
    """Delete what all rooms keep about the records. Taggings of the bin are not counted, so no count changes."""
    Tagging.rows().filter(noun=noun, record_id__in=ids).delete()
    for hook in _hooks:
        hook(noun, ids, by)
