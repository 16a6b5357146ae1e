"""Who is told that they were given something."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from fairlead.events.public import Event
from fairlead.notifications.public import Draft, Kind, add_rule, declare

FEW = 3
GIVEN = "record_given"
PLURALS = {"contact": "contacts", "deal": "deals"}


def register() -> None:
    """Declare the kind and plug in the rule."""
    declare(Kind(GIVEN, "A contact or deal is given to me", "Records", "route", "teal", order=15))
    add_rule("records given", {"assignment.made", "assignment.made_in_team"}, given)


def given(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell each member what they got; of many at once in one notice."""
    groups: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        groups[str(event.data.get("member")), event.subject_noun].append(event)
    for (member, noun), some in groups.items():
        to, plural = UUID(member), PLURALS.get(noun, noun)
        if len(some) > FEW:
            yield Draft(some[-1], to, GIVEN, f"{len(some)} {plural} were given to you", _why(some[-1]), f"{plural}/")
            continue
        for event in some:
            title = f"{event.data.get('name')} was given to you"
            yield Draft(event, to, GIVEN, title, _why(event), f"{plural}/{event.subject_id}/")


def _why(event: Event) -> str:
    rule = event.data.get("rule")
    return f"By the rule {rule}: {event.data.get('reason')}" if rule else f"By {event.actor_label}"
