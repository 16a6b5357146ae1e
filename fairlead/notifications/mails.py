"""The mails of this room, as text and HTML."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string

from fairlead.accounts.public import Membership
from fairlead.kernel.letters import Letter
from fairlead.kernel.text import counted
from fairlead.notifications import kinds
from fairlead.notifications.models import Notice


def of_notice(notice: Notice) -> Letter:
    """Return the mail of one notice."""
    context = {"line": _line(notice), **_frame(notice.member)}
    return _letter(notice.member, notice.title, "notice", context)


def of_digest(member: Membership, notices: Sequence[Notice], *, count: int) -> Letter:
    """Return the digest of some notices, by group, which are the newest of `count`."""
    lines: dict[str, list[dict[str, str]]] = {}
    for notice in notices:
        notice.member = member  # which is read already, with the firm
        lines.setdefault(kinds.known(notice.kind).group, []).append(_line(notice))
    more = counted(count - len(notices), "older one") if count > len(notices) else ""
    subject = f"{counted(count, 'thing')} to know · {member.firm.name}"
    return _letter(member, subject, "digest", {"groups": lines, "more": more, **_frame(member)})


def _letter(member: Membership, subject: str, name: str, context: dict[str, object]) -> Letter:
    context = {"subject": subject, **context}
    text, html = (render_to_string(f"notifications/mail/{name}.{kind}", context) for kind in ("txt", "html"))
    return Letter(member.user.email, subject, text, html, automatic=True)


def _line(notice: Notice) -> dict[str, str]:
    home = f"{settings.BASE_URL}/f/{notice.member.firm.slug}/"
    return {"title": notice.title, "text": notice.text, "link": home + notice.link if notice.link else home}


def _frame(member: Membership) -> dict[str, object]:
    home = f"{settings.BASE_URL}/f/{member.firm.slug}/"
    return {"firm": member.firm.name, "name": member.user.first_name, "home": home,
            "settings": home + "settings/notifications/"}  # fmt: skip
