"""Background work of tasks: reminders, what falls overdue, series on schedule."""

from uuid import UUID

from django.db import connection

from fairlead.activities.actions import reminding
from fairlead.jobs.public import enqueue, job
from fairlead.kernel import clock


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
