"""The mails of this room, as text and HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from fairlead.accounts.public import Membership
from fairlead.kernel.text import counted
from fairlead.notifications import kinds
from fairlead.notifications.models import Notice


@dataclass(frozen=True, slots=True)
class Message:
    """A mail ready to be sent: everything is read from the database already."""

    to: str
    subject: str
    text: str
    html: str

    def send(self) -> None:
        """Send it; raises what the mail server's client raises."""
        headers = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nobody's vacation notice answers it
        message = EmailMultiAlternatives(" ".join(self.subject.split()), self.text, to=[self.to], headers=headers)
        message.attach_alternative(self.html, "text/html")
        message.send()


def of_notice(notice: Notice) -> Message:
    """Return the mail of one notice."""
    context = {"line": _line(notice), **_frame(notice.member)}
    return _message(notice.member, notice.title, "notice", context)


def of_digest(member: Membership, notices: Sequence[Notice], *, count: int) -> Message:
    """Return the digest of some notices, by group, which are the newest of `count`."""
    lines: dict[str, list[dict[str, str]]] = {}
    for notice in notices:
        notice.member = member  # which is read already, with the firm
        lines.setdefault(kinds.known(notice.kind).group, []).append(_line(notice))
    more = counted(count - len(notices), "older one") if count > len(notices) else ""
    subject = f"{counted(count, 'thing')} to know · {member.firm.name}"
    return _message(member, subject, "digest", {"groups": lines, "more": more, **_frame(member)})


def _message(member: Membership, subject: str, name: str, context: dict[str, object]) -> Message:
    parts = [
        render_to_string(f"notifications/mail/{name}.{kind}", {"subject": subject, **context})
        for kind in ("txt", "html")
    ]
    return Message(member.user.email, subject, *parts)


def _line(notice: Notice) -> dict[str, str]:
    home = f"{settings.BASE_URL}/f/{notice.member.firm.slug}/"
    return {"title": notice.title, "text": notice.text, "link": home + notice.link if notice.link else home}


def _frame(member: Membership) -> dict[str, object]:
    home = f"{settings.BASE_URL}/f/{member.firm.slug}/"
    return {"firm": member.firm.name, "name": member.user.first_name, "home": home,
            "settings": home + "settings/notifications/"}  # fmt: skip
