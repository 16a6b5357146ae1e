"""How what a template or snippet holds reads, for who is told that a colleague changed it."""

from typing import Any

from fairlead.accounts.public import Team, member_choices
from fairlead.activities import recurrence, richtext
from fairlead.activities.models import Priority, TaskType

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
    words = {"scope": SCOPES, "priority": dict(Priority.choices), "type": dict(TaskType.choices)}.get(name, {})
    return str(words.get(value, value))
