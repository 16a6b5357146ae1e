"""Merge and delete tags: a few records at once, many in the background, piece by piece.

A piece passes over records that somebody tags at this moment (`SKIP LOCKED`) and counts last, as taggers do, so that
neither waits for the other; what was passed over is found by a later piece. The last one locks the tag itself, and
nobody can have put it anywhere behind its back.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from fairlead.accounts.public import Errand, errands
from fairlead.events.public import record, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.people import access, leaving
from fairlead.people.actions.marking import count, mark_event
from fairlead.people.models import Tag, Tagging
from fairlead.records.public import following
from fairlead.tenancy.public import Actor, one


class Place(NamedTuple):
    """A record that carries the tag."""

    pk: UUID
    noun: str
    record_id: UUID
    is_live: bool


@transaction.atomic
def delete_tag(tag_id: UUID, *, by: Actor) -> int:
    """Delete a tag and take it off every record; returns off how many: 0 when that goes on in the background.

    Raises `Conflict` while it is being deleted or merged, or another one into it.
    """
    by.require("tags.manage")
    tag = access.tag(by, tag_id, lock="to delete")
    _require_staying([tag])
    total = Tagging.rows().filter(tag=tag).count()
    if total > errands.AT_ONCE:
        label = f"Delete the tag {tag.name}"
        errands.start(leaving.DELETE, tag.id, label=label, total=total, by=by)
        return 0
    passed = _pass_all(tag, None, by)
    _end(tag, None, passed, by)
    return passed


@transaction.atomic
def merge_tags(tag_ids: Sequence[UUID], into: UUID, *, by: Actor) -> Tag:
    """Make `into` stand wherever one of the other tags stood, conditions included, and delete those.

    A record is never tagged twice. Tags of many records go on to do so in the background. Raises `InvalidInput`, and
    `Conflict` while one of the tags is being deleted or merged, or another one into one that shall go.
    """
    by.require("tags.manage")
    others = sorted(set(tag_ids) - {into})
    if not others:
        raise InvalidInput({"tags": ["Choose at least one other tag to merge."]})
    # Locked in the order of their ids, as counts are: two merges never wait for each other.
    found = {t.id: t for t in (access.tag(by, pk, lock="to delete") for pk in sorted([*others, into]))}
    _require_staying(found.values(), kept=into)
    kept, left = found.pop(into), errands.AT_ONCE
    for tag in found.values():
        total = Tagging.rows().filter(tag=tag).count()
        left -= total
        if left < 0:
            label, params = f"Merge the tag {tag.name} into {kept.name}", {"into": str(kept.id)}
            errands.start(leaving.MERGE, tag.id, label=label, total=total, by=by, params=params)
        else:
            following.follow(tag.id, kept.id)  # while both still stand: who put which of them where is to be seen
            _end(tag, kept, _pass_all(tag, kept, by), by)
    kept.refresh_from_db(fields=["usage_count"])
    return kept


def going_on(errand: Errand, by: Actor) -> int | None:
    """Take the next piece of records out of a tag that is being deleted or merged; at the end, delete it."""
    tag, into = Tag.rows().get(pk=errand.subject_id), errand.params.get("into")
    kept = Tag.rows().get(pk=into) if into else None
    if kept is not None and not errand.params.get("followed"):
        following.follow(tag.id, kept.id)
        errand.params["followed"] = True
        return 0
    if passed := _pass(tag, kept, by):
        return passed
    errand.done += _pass(tag, kept, by, wait=True)  # what somebody was about to change
    for pk in sorted({tag.id, *([kept.id] if kept else [])}):
        one(Tag.rows(), pk, lock="to delete" if pk == tag.id else True)
    errand.done += _pass_all(tag, kept, by)
    _end(tag, kept, errand.done, by)
    return None


def _require_staying(tags: Iterable[Tag], *, kept: UUID | None = None) -> None:
    """Refuse what is on its way out, and to let go of what others are becoming."""
    going = leaving.leaving()
    for tag in tags:
        if tag.id in going:
            what = "merged into another" if going[tag.id] else "deleted"
            raise Conflict(f"The tag {tag.name} is being {what} already.", code="going")
        if tag.id != kept and tag.id in going.values():
            raise Conflict(f"Another tag is being merged into {tag.name}. Wait until that is done.", code="going")


def _pass_all(tag: Tag, kept: Tag | None, by: Actor) -> int:
    total = 0
    while passed := _pass(tag, kept, by, wait=True):
        total += passed
    return total


def _pass(tag: Tag, kept: Tag | None, by: Actor, *, wait: bool = False) -> int:
    """Take a piece of the records out of a tag, an event for each; into `kept` if given. Returns how many."""
    rows = Tagging.rows().filter(tag=tag).order_by("noun", "record_id").select_for_update(skip_locked=not wait)
    places = [Place(*row) for row in rows.values_list("pk", "noun", "record_id", "is_live")[: errands.PIECE]]
    counted = {tag.id: -sum(p.is_live for p in places)}
    if kept is None:
        Tagging.rows().filter(pk__in=[p.pk for p in places]).delete()
        told = [mark_event("record.untagged", p.noun, p.record_id, tag) for p in places]
    else:
        moved = _moved([p.pk for p in places], kept)
        counted[kept.id] = sum(p.is_live for p in moved)
        told = [mark_event("record.tagged", p.noun, p.record_id, kept, merged_from=tag.name) for p in moved]
    count(counted)
    record_many(told, by=by)
    return len(places)


_MOVE = """
WITH gone AS (DELETE FROM people_tagging WHERE id = ANY(%(ids)s) RETURNING *)
INSERT INTO people_tagging (id, firm_id, created_at, updated_at, tag_id, noun, record_id, tagged_by_id, is_live)
SELECT id, firm_id, created_at, %(now)s, %(kept)s, noun, record_id, tagged_by_id, is_live FROM gone
ON CONFLICT (firm_id, record_id, tag_id) DO NOTHING RETURNING id, noun, record_id, is_live
"""


def _moved(ids: list[UUID], kept: Tag) -> list[Place]:
    """Let what stands there stand for `kept`; returns where that did not stand already."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"ids": ids, "kept": kept.id, "now": clock.now()})
        return [Place(*row) for row in cursor.fetchall()]


def _end(tag: Tag, kept: Tag | None, records: int, by: Actor) -> None:
    """Delete a tag that stands nowhere any more, and tell."""
    if kept is None:
        record("tag.deleted", by=by, subject=("tag", tag.id), data={"tag": tag.name, "records": records})
    else:
        data = {"from": tag.name, "from_id": str(tag.id), "tag": kept.name, "records": records}
        record("tag.merged", by=by, subject=("tag", kept.id), data=data)
    tag.delete()


KINDS = tuple(errands.Kind(kind, "tags.manage", going_on) for kind in (leaving.DELETE, leaving.MERGE))
