"""The daily digest: one a member and day, in the member's own zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db import IntegrityError, transaction

from fairlead.kernel import clock
from fairlead.kernel.letters import Letter, Unanswered
from fairlead.notifications import mails
from fairlead.notifications.models import Digest, Notice, NoticeMail, Rhythm
from fairlead.tenancy.public import firm_context

log = structlog.get_logger("fairlead.notifications")
MOST = 100
AGAIN = timedelta(minutes=15)  # after a refusal
State = NoticeMail.State


@dataclass(frozen=True, slots=True)
class Made:
    """A digest that this process, and no other, is to send, and what it tells of."""

    digest: Digest
    letter: Letter
    notices: Sequence[UUID]


def send_next(firm_id: UUID) -> bool:
    """Send the next digest that is due in a firm; False when there is none.

    The digest's row, unique for member and day, is committed before anything is sent: a crash, or a mail server that
    gives no answer, may lose a digest's mail, and the row then says so, but never sends it twice. One that the mail
    server refuses is tried again on the same day; tomorrow's tells of it else. An empty day sends nothing.
    """
    with firm_context(firm_id):
        due = Rhythm.rows().filter(digest_due__lte=clock.now()).order_by("digest_due", "id")
        found = due.select_for_update(of=("self",), skip_locked=True).first()
        if found is None:
            return False
        made = _make(found)
    if made is None:
        return True
    try:
        made.letter.send()
    except Unanswered:
        log.warning("digest unanswered", digest=str(made.digest.pk))
    except (OSError, SMTPException) as error:
        log.warning("digest refused", digest=str(made.digest.pk), error=type(error).__name__)
        with firm_context(firm_id):
            _refused(made)
    else:
        with firm_context(firm_id):
            Digest.rows().filter(pk=made.digest.pk).update(state=State.SENT, updated_at=clock.now())
    return True


def _refused(made: Made) -> None:
    """Keep what it tells of for the next try: it did not leave."""
    now = clock.now()
    Digest.rows().filter(pk=made.digest.pk).update(state=State.FAILED, updated_at=now)
    Notice.rows().filter(pk__in=made.notices, read_at=None).update(in_digest=True)
    rhythm = Rhythm.rows().select_for_update(no_key=True).filter(member=made.digest.member).exclude(digest_due=None)
    if (found := rhythm.first()) and found.may_follow(again := now + AGAIN, made.digest.day):
        rhythm.update(digest_due=again, updated_at=now)


def _make(rhythm: Rhythm) -> Made | None:
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
    digest = _todays(rhythm, len(fresh))
    if digest is None:
        return None  # today's has gone out already, its time was changed since: these come tomorrow
    shown = list(Notice.rows().filter(pk__in=fresh[:MOST]).order_by("-id"))
    Notice.rows().filter(pk__in=fresh).update(in_digest=False)
    return Made(digest, mails.of_digest(member, shown, count=len(fresh)), fresh)


def _todays(rhythm: Rhythm, count: int) -> Digest | None:
    """Mark the digest of the member's day as being sent; None when it was, unless the mail server refused it."""
    day = clock.now().astimezone(ZoneInfo(rhythm.member.user.time_zone)).date()
    made = Digest(member=rhythm.member, day=day, state=State.SENDING, count=count)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        there = Digest.rows().select_for_update(no_key=True).filter(member=rhythm.member, day=day, state=State.FAILED)
        refused: Digest | None = there.first()
        if refused is not None:
            refused.state, refused.count = State.SENDING, count
            refused.save(update_fields=["state", "count", "updated_at"])
        return refused
    return made
