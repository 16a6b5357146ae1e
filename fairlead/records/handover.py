"""What passes on when a member leaves: the views that others use. Views of the leaver's own stay with them."""

from collections.abc import Iterator
from itertools import chain, count
from uuid import UUID

from django.db import transaction

from fairlead.accounts.public import Membership
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel.text import fold
from fairlead.records.actions.saved_views import NAME_LENGTH
from fairlead.records.models import SavedView
from fairlead.tenancy.public import Actor


@transaction.atomic
def hand_over_views(leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Make `successor` the owner of the leaver's shared views, so that somebody may change them; an event for each.

    Where the successor shares a view of that name there too, the leaver's gets the leaver's name behind it.
    """
    people = {m.pk: m.user.name for m in Membership.rows().select_related("user").filter(pk__in=(leaver, successor))}
    shared = SavedView.rows().exclude(scope=SavedView.Scope.PRIVATE)
    taken = {_place(view) for view in shared.filter(owner_id=successor)}
    passed_on = list(shared.filter(owner_id=leaver).order_by("pk").select_for_update(of=("self",), no_key=True))
    events = []
    for view in passed_on:
        data = {"name": view.name, "to": people[successor], "from_id": str(leaver), "to_id": str(successor)}
        view.owner_id = successor
        for name in _names(view.name, people[leaver]):
            view.name, view.name_norm = name, fold(name)
            if _place(view) not in taken:
                break
        taken.add(_place(view))
        view.save(update_fields=["owner", "name", "name_norm", "updated_at"])
        events.append(NewEvent("view.handed_over", ("view", view.pk), data=data))
    record_many(events, by=by)
    return len(passed_on)


def _place(view: SavedView) -> tuple[str, str, UUID | None, str]:
    """Return what no two views of one owner have in common."""
    return (view.noun, view.scope, view.team_id, view.name_norm)


def _names(name: str, leaver: str) -> Iterator[str]:
    endings = chain(["", f" ({leaver[:40]})"], (f" ({leaver[:40]} {n})" for n in count(2)))
    return (name[: NAME_LENGTH - len(ending)] + ending for ending in endings)
