"""How what a template, snippet, task or activity holds reads, for who is told that a colleague changed it."""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fairlead.accounts.public import Team, member_choices
from fairlead.activities import recurrence, richtext
from fairlead.activities.models import ActivityOption, Direction, Priority, Repeat, TaskType
from fairlead.kernel import dates
from fairlead.kernel.ids import read_id

SCOPES = {"mine": "Only its author", "team": "A team", "firm": "Everybody in the firm"}


def in_words(name: str, value: Any) -> str:
    """Return the value of a field as people say it."""
    if name == "assignees":
        names = {str(pk): label for pk, label in member_choices()}
        return ", ".join(names.get(str(pk), "somebody") for pk in value)
    if name == "team":
        return str(Team.rows().filter(pk=value).values_list("name", flat=True).first() if value else "")
    if name == "rrule":
        return recurrence.Rule(value).words if value else ""
    if name in ("body", "description"):
        return richtext.plain(str(value))
    if name == "at":
        moment = parse_datetime(value) if value else None
        return dates.moment(timezone.make_aware(moment)) if moment else ""
    if name in ("type", "outcome") and (option := read_id(value)):
        return str(ActivityOption.rows().filter(pk=option).values_list("name", flat=True).first() or "")
    words = {
        "scope": SCOPES,
        "priority": dict(Priority.choices),
        "type": dict(TaskType.choices),
        "repeat": dict(Repeat.choices),
        "direction": dict(Direction.choices),
    }.get(name, {})
    return str(words.get(value, value))
