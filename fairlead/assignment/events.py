"""The event types that the assignment room writes."""

from fairlead.events.public import EventType

ICON = "route"
NAME = frozenset({"name"})
GIVEN = "assignment.made"  # what the types of records given away begin with


def _settings(noun: str, label: str, icon: str, **words: str) -> list[EventType]:
    return [
        EventType(f"{noun}.{verb}", f"{label} {word}", f"{word} the {label.lower()} {{name}}", icon=icon)
        for verb, word in words.items()
    ]


TYPES = (
    EventType("assignment.made", "Assigned by a rule", "gave {name} to {to} by the rule {rule}: {reason}", icon=ICON,
              personal=NAME),
    EventType("assignment.made_in_team", "Assigned in a team", "gave {name} to {to}: {reason}", icon=ICON,
              personal=NAME),
    *_settings("assignment_rule", "Assignment rule", ICON, created="created", updated="changed", paused="paused",
               resumed="resumed", deleted="deleted"),
    EventType("assignment_rule.reordered", "Assignment rules reordered", "put the rules for {name} into another order",
              icon=ICON),
    *_settings("territory", "Territory", "map-pin", created="created", updated="changed", deleted="deleted"),
    EventType("absence.set", "Absence set", "noted that {name} is away from {first_day} to {last_day}",
              icon="beach"),
    EventType("absence.ended", "Absence taken back", "took back that {name} is away from {first_day} to {last_day}",
              icon="beach"),
    EventType("capacity.set", "Limit set", "set the limits of {name}: contacts {contacts}, deals {deals}",
              icon="gauge"),
)  # fmt: skip
