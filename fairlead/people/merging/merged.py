"""What was merged, to be looked up and taken back long after its message is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fairlead.accounts.public import FirmRequest
from fairlead.people.web import kinds
from fairlead.records.duplicates.public import actions
from fairlead.records.public import Merge, Noun
from fairlead.tenancy.public import Actor


@dataclass(frozen=True)
class Line:
    """A merge as the page of duplicates shows it; `undo_url` is empty once it is too old, or for who may not."""

    merge: Merge
    name: str
    url: str
    by: str
    undo_url: str


def merges(kind: Noun, actor: Actor) -> QuerySet[Any]:
    """Return the merges of a noun that stand and whose record the actor may see, the latest first."""
    seen = kind.visible(actor).values("pk")
    rows = Merge.rows().filter(noun=kind.name, undone_at=None, winner_id__in=seen)
    return rows.select_related("merged_by__user").order_by("-created_at", "-id")


def lines(request: FirmRequest, kind: Noun, found: Sequence[Merge], *, may: bool) -> list[Line]:
    """Return what a page of merges shows."""
    records = kind.model.rows().in_bulk([m.winner_id for m in found])
    return [
        Line(
            merge, str(records[merge.winner_id]), kinds.record_url(request, kind.name, merge.winner_id),
            merge.merged_by.user.name if merge.merged_by else "",
            kinds.url(request, "merge-undo", merge_id=merge.pk) if may and actions.can_undo(merge) else "",
        )
        for merge in found
    ]  # fmt: skip
