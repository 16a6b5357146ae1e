"""Mail single notices: claimed and marked first, sent then, so that none is ever sent twice."""

from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from uuid import UUID

import structlog

from fairlead.kernel import clock
from fairlead.kernel.letters import Letter, Unanswered
from fairlead.notifications import mails
from fairlead.notifications.models import Notice, NoticeMail
from fairlead.tenancy.public import firm_context

log = structlog.get_logger("fairlead.notifications")
TRIES = 5
PATIENCE = timedelta(minutes=5)
State = NoticeMail.State


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this process, and no other, is to send."""

    mail_id: UUID
    letter: Letter


def send_next(firm_id: UUID) -> bool:
    """Send the next mail that is due in a firm; False when there is none.

    Claimed in one transaction, sent outside of any, told in another how it went. A process that dies in between, or a
    mail server that gives no answer, leaves the mail as "being sent": nobody knows whether it went, so it is shown and
    not repeated.
    """
    claimed = _claim(firm_id)
    if claimed is None:
        return False
    try:
        claimed.letter.send()
    except Unanswered as error:
        log.warning("notice mail unanswered", mail=str(claimed.mail_id))
        with firm_context(firm_id):
            NoticeMail.rows().filter(pk=claimed.mail_id).update(error=str(error), updated_at=clock.now())
    except (OSError, SMTPException) as error:
        _refused(firm_id, claimed.mail_id, error)
    else:
        with firm_context(firm_id):
            NoticeMail.rows().filter(pk=claimed.mail_id).update(state=State.SENT, updated_at=clock.now())
    return True


def _claim(firm_id: UUID) -> Claimed | None:
    """Return the next mail that is to be sent, marked as such; those that are no news any more are passed over."""
    claimed: Claimed | bool = True
    while claimed is True:
        claimed = _claim_one(firm_id)
    return claimed or None


def _claim_one(firm_id: UUID) -> Claimed | bool:
    """Return a claimed mail, True when one was passed over, False when none is due."""
    with firm_context(firm_id):
        due = NoticeMail.rows().filter(state=State.WAITING, send_at__lte=clock.now()).order_by("send_at", "id")
        found = due.select_for_update(of=("self",), skip_locked=True).first()
        if found is None:
            return False
        notice = Notice.rows().select_related("member__user", "firm").get(pk=found.notice_id)
        found.state, found.tries = State.SENDING, found.tries + 1
        if notice.read_at is not None or not notice.member.is_active:
            found.state = State.SENT  # it was read meanwhile: a mail would be no news
            found.save()
            return True
        found.save()
        return Claimed(found.pk, mails.of_notice(notice))


def _refused(firm_id: UUID, mail_id: UUID, error: Exception) -> None:
    log.warning("notice mail refused", mail=str(mail_id), error=type(error).__name__)
    with firm_context(firm_id):
        found = NoticeMail.rows().get(pk=mail_id)
        found.error = f"{type(error).__name__}: {error}"[:500]
        found.state = State.FAILED if found.tries >= TRIES else State.WAITING
        found.send_at = clock.now() + PATIENCE * found.tries
        found.save()
