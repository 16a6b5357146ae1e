"""The records of any noun that things are about."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField, Value

from fairlead.kernel.errors import NotFound
from fairlead.records.public import Noun, Record, nouns
from fairlead.tenancy.public import Actor

About = tuple[str, UUID]
NOBODY = UUID(int=0)
NOTHING: Mapping[Any, Any] = MappingProxyType({})


Known = Mapping[UUID, tuple[str, Record]]  # id to noun and record


def records(actor: Actor, about: Iterable[About], known: Known = NOTHING) -> dict[UUID, tuple[str, Record]]:
    """Return the records that the actor may see by id, with their noun: one query a noun.

    `known` are records that the caller has read for the same actor: they are not read again.
    """
    by_noun: dict[str, set[UUID]] = {}
    found: dict[UUID, tuple[str, Record]] = {}
    for noun, record_id in about:
        if record_id in known and known[record_id][0] == noun:
            found[record_id] = known[record_id]
        else:
            by_noun.setdefault(noun, set()).add(record_id)
    for kind in nouns.registered():
        if kind.name in by_noun and actor.can(kind.permission("view")):
            rows = kind.visible(actor).filter(pk__in=by_noun[kind.name])
            found |= {r.pk: (kind.name, r) for r in rows}
    return found


def seen_by_each(actors: Mapping[UUID, Actor], about: Iterable[About]) -> dict[UUID, dict[UUID, Record]]:
    """Return which of the records each of the members may see: two queries a noun, however many members they are."""
    wanted: dict[str, set[UUID]] = {}
    for noun, record_id in about:
        wanted.setdefault(noun, set()).add(record_id)
    seen: dict[UUID, dict[UUID, Record]] = {member: {} for member in actors}
    for kind in nouns.registered():
        may = {pk: actor for pk, actor in actors.items() if actor.can(kind.permission("view"))}
        if kind.name not in wanted or not may:
            continue
        pairs = pairs_seen(may, partial(_visible, kind, wanted[kind.name]))
        found = kind.model.rows().in_bulk({pk for _, pk in pairs})
        for member, record_id in pairs:
            seen[member][record_id] = found[record_id]
    return seen


def _visible(kind: Noun, ids: Collection[UUID], by: Actor) -> QuerySet[Any]:
    return kind.visible(by).filter(pk__in=ids)


def pairs_seen(actors: Mapping[UUID, Actor], rows: Callable[[Actor], QuerySet[Any]]) -> set[tuple[UUID, UUID]]:
    """Return (member, id) of the rows that each of the members is given: one query for all of them."""
    with nouns.for_many():
        each = [rows(by).order_by().values_list(Value(pk, UUIDField()), "pk") for pk, by in actors.items()]
    return set(each[0].union(*each[1:], all=True)) if each else set()


def record(actor: Actor, noun: str, record_id: UUID) -> Record:
    """Return one record of any noun; raise `Forbidden` or `NotFound`."""
    kind = next((known for known in nouns.registered() if known.name == noun), None)
    if kind is None:
        raise NotFound
    actor.require(kind.permission("view"))
    found = records(actor, [(noun, record_id)]).get(record_id)
    if found is None:
        raise NotFound
    return found[1]


def about_visible(actor: Actor, links: QuerySet[Any], key: str) -> Exists:
    """Return the condition that one of the `links` of a row, by their column `key`, is a record the actor may see."""
    seen = Q(pk__in=[])
    for kind in nouns.registered():
        if kind.name != "task" and actor.can(kind.permission("view")):
            rows = kind.visible(actor).filter(pk=OuterRef("record_id"))
            seen |= Q(Exists(rows), noun=kind.name)
    return Exists(links.filter(seen, **{key: OuterRef("pk")}))
