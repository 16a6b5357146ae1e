"""Sending what waits: mails of single notices, and digests."""

from datetime import timedelta
from uuid import UUID

from django.db import connection

from fairlead.jobs.public import enqueue, job
from fairlead.kernel import clock
from fairlead.notifications.actions import digesting, mailing
from fairlead.notifications.models import LivePost, Notice
from fairlead.tenancy.public import firm_context, require_firm

KEPT_POSTS = timedelta(hours=6)
KEPT_NOTICES = timedelta(days=400)


@job("notifications.wake", platform=True)
def wake() -> None:
    """Start the sending of every firm in which a mail or a digest is due."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT firm FROM notifications_due(%s)", [clock.now()])
        firms = [row[0] for row in cursor.fetchall()]
    for firm_id in firms:
        enqueue(send_due, firm_id=firm_id, unique="due")


def wake_mails() -> None:
    """Start the sending of the firm in context as soon as the transaction commits."""
    enqueue(send_due, firm_id=require_firm(), unique="due")


@job("notifications.send_due", retries=0)
def send_due(*, firm_id: UUID) -> None:
    """Send what is due in one firm. What a crash leaves behind is found by the next wake."""
    while mailing.send_next(firm_id):
        pass
    while digesting.send_next(firm_id):
        pass


@job("notifications.tidy")
def tidy(*, firm_id: UUID) -> None:
    """Forget what no page asks for any more, and notices of more than a year ago."""
    now = clock.now()
    with firm_context(firm_id):
        LivePost.rows().filter(created_at__lt=now - KEPT_POSTS).delete()
        Notice.rows().filter(occurred_at__lt=now - KEPT_NOTICES).delete()
