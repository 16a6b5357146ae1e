"""The daily digest: one a member and day, in the member's own zone."""

from smtplib import SMTPException
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db import IntegrityError, transaction

from fairlead.kernel import clock
from fairlead.kernel.letters import Letter
from fairlead.notifications import mails
from fairlead.notifications.models import Digest, Notice, NoticeMail, Rhythm
from fairlead.tenancy.public import firm_context

log = structlog.get_logger("fairlead.notifications")
MOST = 100
State = NoticeMail.State


def send_next(firm_id: UUID) -> bool:
    """Send the next digest that is due in a firm; False when there is none.

    The digest's row, unique for member and day, is committed before anything is sent: a crash may lose a digest's
    mail, and the row then says so, but never sends it twice. An empty day sends nothing.
    """
    with firm_context(firm_id):
        due = Rhythm.rows().filter(digest_due__lte=clock.now()).order_by("digest_due", "id")
        found = due.select_for_update(of=("self",), skip_locked=True).first()
        if found is None:
            return False
        made = _make(found)
    if made is None:
        return True
    digest, letter = made
    try:
        letter.send()
        state = State.SENT
    except (OSError, SMTPException) as error:
        log.warning("digest refused", digest=str(digest.pk), error=type(error).__name__)
        state = State.FAILED
    with firm_context(firm_id):
        Digest.rows().filter(pk=digest.pk).update(state=state, updated_at=clock.now())
    return True


def _make(rhythm: Rhythm) -> tuple[Digest, Letter] | None:
    now = clock.now()
    member = rhythm.member
    zone = member.user.time_zone
    rhythm.digest_due = rhythm.next_digest(now, zone)
    rhythm.save(update_fields=["digest_due", "updated_at"])
    waiting = Notice.rows().filter(member=member, in_digest=True)
    fresh = list(waiting.filter(read_at=None).order_by("-id").values_list("pk", flat=True))
    if not fresh or not member.is_active:
        waiting.update(in_digest=False)
        return None
    digest = Digest(member=member, day=now.astimezone(ZoneInfo(zone)).date(), state=State.SENDING, count=len(fresh))
    try:
        with transaction.atomic():
            digest.save(force_insert=True)
    except IntegrityError:
        return None  # today's has gone out already, its time was changed since: these come tomorrow
    shown = list(Notice.rows().filter(pk__in=fresh[:MOST]).order_by("-id"))
    Notice.rows().filter(pk__in=fresh).update(in_digest=False)
    return digest, mails.of_digest(member, shown, count=len(fresh))
