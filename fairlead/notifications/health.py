"""The room's health checks."""

from django.db import connection

from fairlead.kernel import clock, health
from fairlead.kernel.health import Facts, Unwell


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
            f"{held} mails were being sent when a process ended, {failed} were refused by the mail server.",
            remedy="Look at the mail server's log. Held mails are not repeated: nobody knows whether they left.",
            degraded=True,
            held=held,
            failed=failed,
        )
    return {"held": held, "failed": failed}
