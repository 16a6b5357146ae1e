"""What a former member owned, on its way to the successor: at once, or as an errand when it is much."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts import errands, handover
from fairlead.accounts.models import Errand, Membership
from fairlead.events.public import record
from fairlead.tenancy.public import Actor

KIND, PERMISSION = "member.handover", "members.manage"


def pass_on(member: Membership, successor: Membership, *, by: Actor) -> tuple[dict[str, int], Errand | None]:
    """Pass on what `member` owns, or start to; return how many of each kind passed, and the errand for the rest."""
    total = handover.waiting(member.id)
    if total <= errands.AT_ONCE:
        return handover.hand_over(member.id, successor.id, by=by), None
    moved = handover.hand_over(member.id, successor.id, by=by, records=False)
    label = _label(member, successor)
    params = {"successor": str(successor.id), "moved": {}}
    return moved, errands.start(KIND, member.id, label=label, total=total, by=by, params=params)


def running(member: Membership) -> QuerySet[Errand]:
    """Return the hand-over of a former member that goes on, if any."""
    return errands.running(KIND, about=[member.id])


def unfinished(former: Iterable[Membership]) -> dict[UUID, Errand]:
    """Return the last hand-over of each former member that is not done: it goes on, was stopped or failed."""
    rows = Errand.rows().filter(kind=KIND, subject_id__in=[m.pk for m in former]).order_by("created_at", "id")
    latest = {errand.subject_id: errand for errand in rows}
    return {pk: errand for pk, errand in latest.items() if errand.state != Errand.State.DONE}


def redirect(successor: Membership, heir: Membership) -> None:
    """Let what was still to pass to a member who leaves pass to their own successor."""
    waiting = errands.running(KIND).filter(params__successor=str(successor.id))
    for errand in waiting.order_by("pk").select_for_update(no_key=True):
        errand.params["successor"] = str(heir.id)
        errand.label = _label(Membership.rows().select_related("user").get(pk=errand.subject_id), heir)
        errand.save(update_fields=["params", "label", "updated_at"])


def stop(member: Membership, *, by: Actor) -> None:
    """Let a member who is back keep what has not passed yet."""
    for errand in running(member).select_for_update(no_key=True):
        errands.end(errand, Errand.State.CANCELLED, by)


def step(errand: Errand, by: Actor) -> int | None:
    """Pass on the next piece; at the end tell what passed."""
    successor = UUID(errand.params["successor"])
    piece = handover.next_piece(errand.subject_id, successor, by=by)
    if piece is None:
        people = Membership.rows().select_related("user").in_bulk([errand.subject_id, successor])
        tell(people[errand.subject_id], people[successor], errand.params["moved"], by=by)
        return None
    kind, passed, living = piece
    errand.params["moved"] = dict(Counter(errand.params["moved"]) + Counter({kind: living}))
    return passed


def tell(member: Membership, successor: Membership, moved: dict[str, int], *, by: Actor) -> None:
    """Write down that what a former member owned has passed on."""
    data: dict[str, Any] = {
        "name": member.user.name, "successor": successor.user.name, "successor_id": str(successor.id),
        "handed_over": moved, "moved": handover.said(moved) or "nothing",
    }  # fmt: skip
    record("member.handed_over", by=by, subject=("member", member.id), data=data)


def _label(member: Membership, successor: Membership) -> str:
    return f"Hand over what {member.user.name} owned to {successor.user.name}"


HANDOVER = errands.Kind(KIND, PERMISSION, step)
