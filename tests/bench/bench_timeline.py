"""The timeline of a contact with 20,000 events: its first page and each further one, as the browser asks for them."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from tests.bench.bench_lists import _session
from tests.bench.figures import Figure, benchmark, percentile, watch
from tests.bench.http import Client, granian
from tests.bench.stage import Stage

EVENTS = 20_000
FIRST_ROUNDS, FURTHER = 60, 300
KINDS = ("call", "note", "email", "meeting")
_NEXT = re.compile(rb'class="timeline-more" hx-get="([^"]+)"')


@benchmark("timeline")
def timeline(stage: Stage) -> Iterator[Figure]:
    """Measure the pages of a timeline of calls, notes, emails, meetings, tasks and changes, one after the other."""
    import django

    django.setup()
    count = stage.scaled(EVENTS, 400)
    path = f"/f/{stage.firm.slug}/contacts/{_contact(stage, count)}/timeline"
    with granian("fairlead.config.wsgi:application") as port:
        client = Client(port, f"Cookie: sessionid={_session(stage)}\r\n")
        client.get(path)
        first, further, pages = [], [], 0
        for _ in range(stage.scaled(FIRST_ROUNDS, 5)):
            with watch() as measured:
                body = client.get(path)
            first.append(measured.seconds)
        while (found := _NEXT.search(body)) and pages < FURTHER:
            with watch() as measured:
                body = client.get(unescape(found[1].decode()))
            further.append(measured.seconds)
            pages += 1
    if pages < min(FURTHER, count // 60):
        raise RuntimeError(f"The timeline has only {pages} further pages.")
    yield Figure(
        "timeline: first page of 20,000 events, 95th percentile", percentile(first, 0.95) * 1000, "ms", at_most=100
    )
    yield Figure("timeline: further pages, 95th percentile", percentile(further, 0.95) * 1000, "ms", at_most=100)


def _contact(stage: Stage, count: int) -> Any:
    """Make a contact to whom much has happened: half of it activities, the rest tasks and changes."""
    from fairlead.activities.models import Activity, ActivityLink, Task, TaskLink
    from fairlead.events.public import record_many
    from fairlead.kernel import clock
    from fairlead.people.public import create_contact
    from fairlead.tenancy.public import firm_context

    by, now = stage.actor, clock.now()
    with firm_context(stage.firm.id):
        contact = create_contact({"first_name": "Busy", "last_name": "Bench"}, by=by)
        moments = [now - timedelta(minutes=7 * n) for n in range(count)]
        made = [
            Activity(kind=KINDS[n % 4], body=f"<p>Talked about matter {n}.</p>", text=f"Talked about matter {n}.",
                     occurred_at=moments[n], ended_at=moments[n], duration_minutes=n % 60, author_id=by.membership_id)
            for n in range(0, count, 2)
        ]  # fmt: skip
        Activity.objects.bulk_create(made, batch_size=2_000)
        links = [ActivityLink(activity=a, noun="contact", record_id=contact.pk) for a in made]
        ActivityLink.objects.bulk_create(links, batch_size=2_000)
        tasks = [Task(title=f"Task {n}", sort_key=f"task {n}", owner_id=by.membership_id) for n in range(1, count, 10)]
        Task.objects.bulk_create(tasks, batch_size=2_000)
        places = [TaskLink(task=t, noun="contact", record_id=contact.pk) for t in tasks]
        TaskLink.objects.bulk_create(places, batch_size=2_000)
        waiting = iter(tasks)
        events = [_event(contact.pk, n, moment, made, waiting) for n, moment in enumerate(moments)]
        for start in range(0, len(events), 2_000):
            record_many(events[start : start + 2_000], by=by)
        return contact.pk


def _event(contact: Any, n: int, moment: datetime, made: Sequence[Any], waiting: Iterator[Any]) -> Any:
    from fairlead.events.public import NewEvent

    about = ("contact", contact)
    if n % 2 == 0:
        activity = made[n // 2]
        name = "note.written" if activity.kind == "note" else f"{activity.kind}.logged"
        return NewEvent(name, about, contact, None, {"activity": str(activity.pk)}, moment)
    if n % 10 == 1:
        task = next(waiting)
        return NewEvent(
            "task.created", ("task", task.pk), contact, None, {"task": str(task.pk), "title": task.title}, moment
        )
    changes = {"changes": {"city": ["Old", f"Town {n}"]}, "fields": "city"}
    return NewEvent("contact.updated", about, contact, None, changes, moment)
