"""A member's tasks as a calendar (RFC 5545): an open task with a date is an event, so that every calendar shows it."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from fairlead.activities.models import Priority
from fairlead.activities.task_reads import Shown
from fairlead.kernel import clock

WEIGHT = {Priority.URGENT: 1, Priority.HIGH: 3, Priority.NORMAL: 5, Priority.LOW: 9}  # RFC 5545, 3.8.1.9
LENGTH = timedelta(minutes=30)


def written(name: str, tasks: Iterable[Shown], home: str) -> bytes:
    """Return the calendar's bytes; `home` is the address of the firm's pages."""
    found = Calendar()
    found.add("prodid", "-//Fairlead//Tasks//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(minutes=15), parameters={"value": "DURATION"})
    for task in tasks:
        found.add_component(_event(task, home))
    return bytes(found.to_ical())


def _event(shown: Shown, home: str) -> Event:
    task, event = shown.task, Event()
    event.add("uid", f"{task.pk}@fairlead")
    event.add("dtstamp", clock.now())
    event.add("last-modified", task.updated_at)
    event.add("sequence", task.version)
    event.add("summary", task.title)
    event.add("url", f"{home}tasks/{task.pk}/")
    event.add("priority", WEIGHT.get(Priority(task.priority), 5))
    event.add("transp", "TRANSPARENT")
    about = ", ".join(str(record) for _, record in shown.records)
    if about or task.text:
        event.add("description", "\n\n".join(filter(None, (f"About {about}" if about else "", task.text))))
    if task.due_time is not None and task.due_at is not None:
        event.add("dtstart", task.due_at)
        event.add("dtend", task.due_at + LENGTH)
    elif task.due_on is not None:
        event.add("dtstart", task.due_on)
        event.add("dtend", task.due_on + timedelta(days=1))
    return event
