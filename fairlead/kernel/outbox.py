"""A mail backend that keeps every message as a file, for installations without SMTP, and reads them back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from email.message import MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from fairlead.kernel.errors import NotFound
from fairlead.kernel.ids import uuid7

_NAME = re.compile(r"[0-9a-f-]{36}")


class OutboxBackend(BaseEmailBackend):
    """Writes each message as an .eml file (RFC 5322) under `settings.OUTBOX`; a page shows them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages and return how many."""
        folder: Path = settings.OUTBOX
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = str(uuid7())
            partial = folder / f"{name}.partial"
            partial.write_bytes(message.message().as_bytes())
            partial.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a kept message."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A kept message; `html` is as it was written, so it must only be shown where it cannot act."""

    name: str
    subject: str
    sender: str
    to: str
    at: datetime | None
    text: str
    html: str
    attachments: Sequence[Attachment]


def newest(limit: int, *, before: str = "") -> list[KeptMail]:
    """Return the newest kept messages, at most `limit`; with `before`, those older than the message of that name."""
    folder: Path = settings.OUTBOX
    names = sorted((p.stem for p in folder.glob("*.eml")), reverse=True) if folder.exists() else []
    return [kept(n) for n in [n for n in names if not before or n < before][:limit]]


def kept(name: str) -> KeptMail:
    """Return one kept message; raise `NotFound`."""
    path: Path = settings.OUTBOX / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.exists():
        raise NotFound
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return KeptMail(
        name=name,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        at=_date(message),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=[_attachment(p) for p in message.iter_attachments()],
    )


def _date(message: ParsedMessage) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # -0000 is UTC without a place (RFC 5322, 3.3)


def _body(message: ParsedMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _attachment(part: MIMEPart) -> Attachment:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    return Attachment(part.get_filename() or "attachment", part.get_content_type(), data)
