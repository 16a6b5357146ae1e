"""Background work: reminders, what falls overdue, series on schedule; last activity of companies, as the log tells."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from fairlead.activities.actions import reminding
from fairlead.activities.latest import MOVING
from fairlead.events.public import Event, consumer
from fairlead.jobs.public import current_run, enqueue, job
from fairlead.kernel import clock
from fairlead.people import public as people
from fairlead.people.public import Company, rolling
from fairlead.segments.public import recount_on
from fairlead.tenancy.public import firm_context, require_firm

# An import may bring dates of people that no event of theirs tells, and a revert takes them away.
LOADS = frozenset({"import.finished", "import.cancelled", "import.failed", "import.reverted", "import.revert_stopped"})
CHUNK = 1_000
ZONE = "time zone"  # as the event of a changed profile words it


@job("activities.wake", platform=True)
def wake() -> None:
    """Start the work of every firm in which a reminder, or a task, is due."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT firm FROM activities_due(%s)", [clock.now()])
        firms = [row[0] for row in cursor.fetchall()]
    for firm_id in firms:
        enqueue(attend, firm_id=firm_id, unique="due")


@job("activities.attend")
def attend(*, firm_id: UUID) -> None:
    """Remind, tell what is overdue, and make the next tasks of series on schedule, in one firm."""
    while reminding.remind(firm_id) or reminding.note_overdue(firm_id):
        pass


@consumer("activities.zones", types=frozenset({"member.profile_changed", "firm.updated"}), start="now")
def follow_zones(events: Sequence[Event]) -> None:
    """Let tasks follow those who answer for them, or the firm, into another time zone."""
    if any("time_zone" in e.data.get("changes", ()) for e in events if e.type == "firm.updated"):
        enqueue(follow_firm, firm_id=require_firm(), unique="time zone")
    moved = {e.subject_id for e in events if e.subject_id and ZONE in str(e.data.get("fields"))}
    if moved:
        reminding.place_anew(moved)


@job("activities.follow_firm", queue="bulk", retries=3)
def follow_firm(*, firm_id: UUID) -> None:
    """Let the days of tasks end on the firm's clock, which is another one now."""
    after = reminding.place_by_firm(firm_id, UUID(int=0))
    while after:
        after = reminding.place_by_firm(firm_id, after)
        current_run().checkpoint()


@consumer("activities.latest", types=rolling.moving() | MOVING | LOADS)
def roll_up(events: Sequence[Event]) -> None:
    """Work the last activity of the companies out anew that events may have moved; after an import, of all."""
    people.roll_up(rolling.companies_of(events))
    if any(event.type in LOADS for event in events):
        enqueue(roll_up_all, firm_id=require_firm(), unique="last activity")


@job("activities.roll_up_all", queue="bulk", retries=3)
def roll_up_all(*, firm_id: UUID) -> None:
    """Work the last activity of every company out anew; segments that ask for it are counted again."""
    after, moved = UUID(int=0), 0
    while True:
        with firm_context(firm_id):
            rows = Company.rows().filter(pk__gt=after).order_by("pk")
            ids = list(rows.values_list("pk", flat=True)[:CHUNK])
            moved += people.roll_up(ids)
        if len(ids) < CHUNK:
            break
        after = ids[-1]
        current_run().checkpoint()
    if moved:
        with firm_context(firm_id):
            recount_on("company:last_activity_at")
