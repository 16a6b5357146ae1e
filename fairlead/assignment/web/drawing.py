"""How a timeline shows that a record was assigned: who got it, by which rule and why, and who asked for it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from fairlead.accounts.public import FirmRequest
from fairlead.assignment.events import ICON
from fairlead.assignment.web.place import url
from fairlead.events.public import Event
from fairlead.people.public import timeline
from fairlead.shell.record import Entry


def draw_assignments(
    request: FirmRequest, place: timeline.Place, events: Sequence[Event]
) -> Mapping[UUID, Entry | None]:
    """Return one entry an assignment."""
    may = request.actor.can("assignment.view")
    rules = url(request, "rules") if may else ""
    return {e.id: Entry(str(e.id), e.occurred_at, _head(e, rules), ICON, "blue", details=_passed(e)) for e in events}


def _head(event: Event, rules: str) -> SafeString:
    said = event.data
    to, why, rule = said.get("to", ""), said.get("reason", ""), said.get("rule", "")
    if not rule:
        return format_html("<b>{}</b> assigned this to <b>{}</b>: {}", event.actor_label or "Fairlead", to, why)
    named = format_html('<a href="{}">{}</a>', rules, rule) if rules else rule
    if event.actor_kind == "system":
        return format_html("The rule {} assigned this to <b>{}</b>: {}", named, to, why)
    return format_html("<b>{}</b> had the rule {} assign this to <b>{}</b>: {}", event.actor_label, named, to, why)


def _passed(event: Event) -> SafeString | str:
    """Return who was passed over, and why."""
    passed = event.data.get("passed") or []
    told = "; ".join(f"{name} {why}" for name, why in passed)
    return format_html('<p class="muted small">Passed over: {}</p>', told) if told else ""
