"""Put tags on records and take them off, in sets, with counts that stay right when many do it at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import uuid7
from fairlead.kernel.text import fold
from fairlead.people import leaving
from fairlead.people.actions.marking import count, mark_event
from fairlead.people.actions.tags import ensure_tags
from fairlead.people.models import Tag, Tagging
from fairlead.records.public import Noun, nouns
from fairlead.tenancy.public import Actor

Pair = tuple[UUID, UUID]
NOTHING: Mapping[Any, Any] = MappingProxyType({})


@transaction.atomic
def tag_records(
    noun: str,
    ids: Sequence[UUID],
    *,
    by: Actor,
    names: Sequence[str] = (),
    tag_ids: Sequence[UUID] = (),
    causes: Mapping[UUID, UUID] = NOTHING,
    told: Mapping[str, Any] = NOTHING,
) -> int:
    """Put every named tag on every record that the actor may see; returns how many taggings are new.

    Names that are no tag yet become one. `causes` gives the event behind each record's tags, `told` what their events
    say beside the tag. Raises `InvalidInput` for an unknown noun or tag id, and for a
    tag that is being deleted.
    """
    kind = _taggable(noun)
    by.require(kind.permission("edit"))
    chosen = leaving.successors(_by_id(tag_ids)).values()
    tags = {t.id: t for t in (*chosen, *ensure_tags(names, by=by).values())}
    records = _locked(kind, ids, by)
    added = _insert(kind.name, [(t, r) for r in records for t in sorted(tags)], by)
    count(Counter(t for t, _ in added))
    events = (mark_event("record.tagged", kind.name, r, tags[t], **told) for t, r in added)
    record_many([_caused(event, causes) for event in events], by=by)
    return len(added)


@transaction.atomic
def untag_records(
    noun: str,
    ids: Sequence[UUID],
    *,
    by: Actor,
    names: Sequence[str] = (),
    tag_ids: Sequence[UUID] = (),
    causes: Mapping[UUID, UUID] = NOTHING,
    told: Mapping[str, Any] = NOTHING,
) -> int:
    """Take the tags off the records; returns how many taggings went. Unknown names are not on any record."""
    kind = _taggable(noun)
    by.require(kind.permission("edit"))
    tags = _by_id(tag_ids) | {t.id: t for t in Tag.rows().filter(name_norm__in=[fold(n) for n in names])}
    tags |= Tag.rows().in_bulk(list(leaving.becoming(tags)))
    records = _locked(kind, ids, by)
    removed = _remove(list(tags), records)
    count({t: -n for t, n in Counter(t for t, _ in removed).items()})
    record_many(
        [_caused(mark_event("record.untagged", kind.name, r, tags[t], **told), causes) for t, r in removed], by=by
    )
    return len(removed)


def shelve(ids: Sequence[UUID]) -> None:
    """Stop counting the tags of records that go into the bin."""
    _flip(ids, live=False)


def unshelve(ids: Sequence[UUID]) -> None:
    """Count the tags of records again that come back from the bin."""
    _flip(ids, live=True)


def _caused(made: NewEvent, causes: Mapping[UUID, UUID]) -> NewEvent:
    made.cause = causes.get(made.subject[1]) if made.subject[1] else None
    return made


def _taggable(noun: str) -> Noun:
    try:
        kind = nouns.get(noun)
    except KeyError:
        raise InvalidInput({"noun": [f"There is no kind of record called {noun[:40]}."]}) from None
    if not kind.taggable:
        raise InvalidInput({"noun": [f"{kind.label_plural} carry no tags."]})
    return kind


def _by_id(tag_ids: Sequence[UUID]) -> dict[UUID, Tag]:
    found = {t.id: t for t in Tag.rows().filter(pk__in=tag_ids)}
    missing = [str(pk) for pk in tag_ids if pk not in found]
    if missing:
        raise InvalidInput({"tags": [f"There is no tag with the id {missing[0]}."]})
    return found


def _locked(kind: Noun, ids: Sequence[UUID], by: Actor) -> list[UUID]:
    # In the order of their ids, so that two taggers, or a tagger and the bin, never wait for each other.
    rows = kind.visible(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    found = list(rows.values_list("pk", flat=True))
    if kind.guard is not None:
        kind.guard(by, kind.model.rows().filter(pk__in=found))
    return found


_INSERT = """
INSERT INTO people_tagging (id, firm_id, created_at, updated_at, tag_id, noun, record_id, tagged_by_id, is_live)
SELECT p.id, %(firm)s, %(now)s, %(now)s, p.tag, %(noun)s, p.record, %(by)s, true
FROM unnest(%(ids)s::uuid[], %(tags)s::uuid[], %(records)s::uuid[]) AS p(id, tag, record)
ON CONFLICT (firm_id, record_id, tag_id) DO NOTHING RETURNING tag_id, record_id
"""


def _insert(noun: str, pairs: Sequence[Pair], by: Actor) -> list[Pair]:
    if not pairs:
        return []
    values: dict[str, Any] = {
        "firm": by.firm_id, "now": clock.now(), "noun": noun, "by": by.membership_id, "ids": [uuid7() for _ in pairs],
        "tags": [t for t, _ in pairs], "records": [r for _, r in pairs],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        return list(cursor.fetchall())


def _remove(tags: Sequence[UUID], records: Sequence[UUID]) -> list[Pair]:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM people_tagging WHERE record_id = ANY(%s) AND tag_id = ANY(%s) RETURNING tag_id, record_id",
            [list(records), list(tags)],
        )
        return list(cursor.fetchall())


def _flip(ids: Sequence[UUID], *, live: bool) -> None:
    rows = Tagging.rows().filter(record_id__in=ids, is_live=not live)
    moved: Iterable[UUID] = rows.values_list("tag_id", flat=True)
    deltas = Counter(moved)
    rows.update(is_live=live)
    count(deltas if live else {t: -n for t, n in deltas.items()})
