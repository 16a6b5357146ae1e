"""The room's health checks."""

from django.db import connection

from fairlead.kernel import clock, health
from fairlead.kernel.health import Facts, Unwell
from fairlead.kernel.text import counted


def register() -> None:
    """Register the checks."""
    health.register("notices", check_mails)


def check_mails() -> Facts:
    """No mail of a notice is stuck half-way, and none has failed for good today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT held, failed FROM notifications_troubles(%s)", [clock.now()])
        held, failed = cursor.fetchone()
    if held or failed:
        raise Unwell(
            f"When a process ended, {counted(held, 'mail')} might have left already; the mail server refused {failed}.",
            remedy="Look at the mail server's log. Held mails are not repeated: nobody knows whether they left.",
            degraded=True,
            held=held,
            failed=failed,
        )
    return {"held": held, "failed": failed}
