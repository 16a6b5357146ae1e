"""The consumer: from what happened to who enters and leaves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from fairlead.events.public import Event
from fairlead.people.public import roll_up
from fairlead.segments.keeping.judging import Judge, Pair
from fairlead.segments.keeping.moving import Move, lock, move
from fairlead.segments.keeping.recounting import make_stale
from fairlead.segments.keeping.touching import ALL_COMPANY, EVERYTHING, Touched, touched
from fairlead.segments.models import Segment, SegmentDependency, SegmentMember

Plan = Mapping[UUID, set[UUID]]  # the contacts to ask, by segment
Causes = Mapping[UUID, tuple[str, UUID | None]]  # why a contact moves, and the event behind it
FEW, CHUNK = 20, 1_000


def follow(events: Sequence[Event]) -> None:
    """Bring membership up to date with the events (the consumer `segments`)."""
    segments = active()
    if not segments:
        return
    found = touched(events)
    if found.rolled:
        roll_up(found.rolled)  # another consumer does so as well; here it must be true before anybody is asked
    if found.whole:
        _recount_later(found.whole, segments)
    plan = _plan(found, segments)
    if plan:
        lock()
        causes = {pk: (event.type, event.id) for pk, event in found.causes.items()}
        reconcile(segments, plan, causes, Judge())


def active() -> dict[UUID, Segment]:
    """Return the segments that are kept up to date."""
    return {s.pk: s for s in Segment.rows().filter(status=Segment.Status.ACTIVE)}


def reconcile(
    segments: Mapping[UUID, Segment], plan: Plan, causes: Causes, judge: Judge, *, why: str = ""
) -> tuple[int, int]:
    """Ask the segments of their contacts and move who is wrong; then those that depend on who moved, and so on.

    Segments name one another without rings, so the waves end; each wave asks only what the last one can have changed.
    `why` is the reason of those who have none in `causes`. Returns how many entered and left.
    """
    entered = left = 0
    while plan:
        entering: list[Move] = []
        leaving: list[Move] = []
        for group, ids in _groups(plan):
            for pair, enters in _wrong([segments[pk] for pk in group], ids, judge):
                reason, cause = causes.get(pair[1], (why, None))
                (entering if enters else leaving).append(Move(*pair, reason, cause))
        came, went = move(segments, entering, leaving, by=judge.actor)
        entered, left = entered + came, left + went
        plan = _dependants([*entering, *leaving], segments)
    return entered, left


def dependants(segment: UUID) -> set[UUID]:
    """Return the segments whose criteria name this one."""
    rows = SegmentDependency.rows().filter(key=f"segment:{segment}")
    return set(rows.values_list("segment_id", flat=True))


def _groups(plan: Plan) -> Iterator[tuple[list[UUID], list[UUID]]]:
    """Yield segments together with the contacts to ask them of: few contacts at once, else equal sets together."""
    everyone: set[UUID] = set().union(*plan.values())
    if len(everyone) <= FEW:
        yield sorted(plan), sorted(everyone)
        return
    same: dict[frozenset[UUID], list[UUID]] = defaultdict(list)
    for segment, ids in plan.items():
        same[frozenset(ids)].append(segment)
    for ids_, group in same.items():
        ordered = sorted(ids_)
        for start in range(0, len(ordered), CHUNK):
            yield sorted(group), ordered[start : start + CHUNK]


def _wrong(group: Sequence[Segment], ids: Sequence[UUID], judge: Judge) -> Iterator[tuple[Pair, bool]]:
    """Yield who stands on the wrong side of a segment, and whether they belong inside."""
    should = judge.members(group, ids)
    asked = [s.pk for s in group if judge.can_ask(s)]
    rows = SegmentMember.rows().filter(segment_id__in=asked, contact_id__in=ids)
    are: set[Pair] = set(rows.values_list("segment_id", "contact_id"))
    for pair in sorted(should ^ are):
        yield pair, pair in should


def _plan(found: Touched, segments: Mapping[UUID, Segment]) -> Plan:
    by_key = _segments_by_key(set().union(*found.contacts.values()) if found.contacts else set())
    everyone = set(segments)
    alike: dict[frozenset[str], set[UUID]] = defaultdict(set)
    for contact, keys in found.contacts.items():
        alike[frozenset(keys)].add(contact)
    plan: dict[UUID, set[UUID]] = defaultdict(set)
    for same, contacts in alike.items():
        for segment in everyone if EVERYTHING in same else everyone & _any(by_key, same):
            plan[segment] |= contacts
    return dict(plan)


def _any(by_key: Mapping[str, set[UUID]], keys: Iterable[str]) -> set[UUID]:
    return {segment for key in keys for segment in by_key.get(key, ())}


def _segments_by_key(keys: set[str]) -> dict[str, set[UUID]]:
    wanted = Q(key__in=keys)
    if ALL_COMPANY in keys:
        wanted |= Q(key__startswith=ALL_COMPANY)
    found: dict[str, set[UUID]] = defaultdict(set)
    for key, segment in SegmentDependency.rows().filter(wanted).values_list("key", "segment_id"):
        found[key].add(segment)
        if key.startswith(ALL_COMPANY):
            found[ALL_COMPANY].add(segment)
    return found


def _dependants(moved: Iterable[Move], segments: Mapping[UUID, Segment]) -> Plan:
    contacts: dict[UUID, set[UUID]] = defaultdict(set)
    for m in moved:
        contacts[m.segment].add(m.contact)
    by_key = _segments_by_key({f"segment:{pk}" for pk in contacts}) if contacts else {}
    plan: dict[UUID, set[UUID]] = defaultdict(set)
    for pk, ids in contacts.items():
        for dependant in by_key.get(f"segment:{pk}", set()) & set(segments):
            plan[dependant] |= ids
    return dict(plan)


def recount_on(key: str) -> None:
    """Have the segments recounted in the background that depend on a key ("company:last_activity_at")."""
    _recount_later({key}, active())


def _recount_later(keys: set[str], segments: Mapping[UUID, Segment]) -> None:
    make_stale(_any(_segments_by_key(keys), [*keys, ALL_COMPANY] if ALL_COMPANY in keys else keys) & set(segments))
