"""The health check of segments: are they true, current, and can all of them be asked?"""

from datetime import timedelta

from django.db import connection

from fairlead.kernel import clock, health
from fairlead.kernel.health import Facts, Unwell
from fairlead.kernel.text import counted

STALE, RECENT = timedelta(hours=1), timedelta(days=7)


def register() -> None:
    """Register the check."""
    health.register("segments", check)


def check() -> Facts:
    """Nightly comparisons found nothing for a week, no recount waits for an hour, all criteria can be asked."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT defects, stale, broken FROM segments_health(%s, %s)", [now - RECENT, now - STALE])
        defects, stale, broken = cursor.fetchone()
    facts = {"defects": defects, "stale": stale, "broken": broken}
    if defects:
        problem = f"{counted(defects, 'nightly comparison')} of segments found people missing or too many."
        remedy = "They are repaired. Look at Segments → Defects for which people, and report what was done to them."
        raise Unwell(problem, remedy=remedy, degraded=True, **facts)
    if stale or broken:
        waits = "waits" if stale == 1 else "wait"
        problem = f"{counted(stale, 'segment')} {waits} for a recount for over an hour, {broken} cannot be asked."
        remedy = "See that a worker runs; the page of a broken segment says what its criteria miss."
        raise Unwell(problem, remedy=remedy, degraded=True, **facts)
    return facts
