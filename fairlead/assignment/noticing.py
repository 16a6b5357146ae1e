"""Who is told that they were given something: by a rule, in a team, or by hand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from fairlead.accounts.public import actors_by_id
from fairlead.events.public import Event
from fairlead.kernel.ids import read_id
from fairlead.notifications.public import Draft, Kind, add_rule, declare
from fairlead.records.public import nouns

FEW = 3
MANY = 50  # what comes with a large import comes in many batches: these are told once an hour, without a number
GIVEN = "record_given"
PLURALS = {"contact": "contacts", "company": "companies", "deal": "deals"}
ASSIGNED = frozenset({"assignment.made", "assignment.made_in_team"})
BY_HAND = frozenset(f"{noun}.owner_changed" for noun in PLURALS)


def register() -> None:
    """Declare the kind and plug in the rule."""
    declare(Kind(GIVEN, "A contact, company or deal is given to me", "Records", "route", "teal", order=15))
    add_rule("records given", ASSIGNED | BY_HAND, given)


def given(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell each member what they got; of many at once in one notice."""
    groups: dict[tuple[UUID, str], list[Event]] = defaultdict(list)
    for event in _once(events):
        member = read_id(event.data.get("member") or event.data.get("to_id"))
        if member is not None:
            groups[member, event.subject_noun].append(event)
    crowds = Counter(noun for (_, noun), some in groups.items() for _ in some)
    named = {key: some for key, some in groups.items() if len(some) <= FEW and crowds[key[1]] <= MANY}
    names = _Names(named)
    for (to, noun), some in groups.items():
        plural = PLURALS.get(noun, noun)
        if (to, noun) not in named:
            yield _together(to, plural, some, is_crowd=crowds[noun] > MANY)
            continue
        for event in some:
            title = f"{names.of(event, to)} was given to you"
            # An assignment is told as one and as a change of owner, in one transaction: it is one notice.
            key = f"{GIVEN}:{event.generation}:{event.tx}:{event.subject_id}:{to}"
            yield Draft(event, to, GIVEN, title, _why(event), f"{plural}/{event.subject_id}/", key)


def _together(to: UUID, plural: str, some: Sequence[Event], *, is_crowd: bool) -> Draft:
    last, why = some[-1], _why(some[-1])
    if not is_crowd:
        return Draft(last, to, GIVEN, f"{len(some)} {plural} were given to you", why, f"{plural}/")
    key = f"{GIVEN}:{plural}:{last.recorded_at:%Y-%m-%dT%H}:{why}"
    return Draft(last, to, GIVEN, f"Many {plural} were given out, some of them to you", why, f"{plural}/", key)


def _once(events: Sequence[Event]) -> list[Event]:
    """Leave out changes of owner that say what an assignment says with its reason; it may come in the next batch."""
    moved = [e for e in events if e.type in BY_HAND]
    if not moved:
        return list(events)
    # Transaction ids start over in another cluster; the two begin an index of the log.
    places = {"generation__in": {e.generation for e in moved}, "tx__in": {e.tx for e in moved}}
    assigned = Event.rows().filter(**places, type__in=ASSIGNED)
    said = set(assigned.values_list("generation", "tx", "subject_id"))
    return [e for e in events if e.type in ASSIGNED or (e.generation, e.tx, e.subject_id) not in said]


class _Names:
    """What the records are called, as far as whoever is told may see them."""

    def __init__(self, named: Mapping[tuple[UUID, str], Sequence[Event]]) -> None:
        self._found: dict[tuple[UUID, UUID], str] = {}
        actors = actors_by_id({member for member, _ in named})
        for (member, noun), some in named.items():
            actor, kind = actors.get(member), nouns.get(noun)
            if actor is not None and actor.can(kind.permission("view")):
                seen = kind.visible(actor).filter(pk__in=[e.subject_id for e in some if e.subject_id])
                self._found |= {(member, record.pk): str(record) for record in seen}

    def of(self, event: Event, member: UUID) -> str:
        """Return the name of what an event is about; only its kind where the member may not see it."""
        name = self._found.get((member, event.subject_id)) if event.subject_id else None
        return name or f"A {event.subject_noun}"


def _why(event: Event) -> str:
    rule = event.data.get("rule")
    return f"By the rule {rule}: {event.data.get('reason')}" if rule else f"By {event.actor_label}"
