"""Queries for the pages and the API of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fairlead.notifications import access, kinds
from fairlead.notifications.kinds import Kind
from fairlead.notifications.models import MORNING, Notice, Preference, Rhythm
from fairlead.tenancy.public import Actor

PAGE = 30
MANY = 99


def unread_count(actor: Actor) -> int:
    """Return how many notices the actor has not read, counted no further than just beyond `MANY`."""
    return len(access.notices(actor).filter(read_at=None).values_list("pk")[: MANY + 1])


def newest(
    actor: Actor, *, unread: bool = False, group: str = "", after: UUID | None = None, limit: int = PAGE
) -> list[Notice]:
    """Return the newest notices of the actor: unread ones only, of one group of kinds, after a notice for more."""
    rows = access.notices(actor)
    if unread:
        rows = rows.filter(read_at=None)
    if group:
        rows = rows.filter(kind__in=[k.key for k in kinds.declared() if k.group == group])
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-id")[:limit])


@dataclass(frozen=True)
class Chosen:
    """A kind of notice with the channels that a member has chosen."""

    kind: Kind
    in_app: bool
    mail: str


def chosen(actor: Actor) -> list[Chosen]:
    """Return every kind with the actor's channels."""
    rows = {p.kind: p for p in Preference.rows().filter(member_id=actor.membership_id)}
    return [
        Chosen(k, rows[k.key].in_app, rows[k.key].mail) if k.key in rows else Chosen(k, k.in_app, k.mail)
        for k in kinds.declared()
    ]


def rhythm(actor: Actor) -> Rhythm:
    """Return the actor's quiet hours and digest, an unsaved one with what holds while nothing was chosen."""
    return Rhythm.rows().filter(member_id=actor.membership_id).first() or Rhythm(digest_at=MORNING)


def groups(shown: Sequence[Kind]) -> list[str]:
    """Return the groups of kinds in their order."""
    return list(dict.fromkeys(k.group for k in shown))
