"""A mail backend that keeps every message as a file, for installations without SMTP."""

import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from fairlead.kernel.ids import uuid7


class OutboxBackend(BaseEmailBackend):
    """Writes each message as an .eml file (RFC 5322) under `settings.OUTBOX`; a page shows them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages and return how many."""
        folder: Path = settings.OUTBOX
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = re.sub(r"[^0-9a-f-]", "", str(uuid7()))
            partial = folder / f"{name}.partial"
            partial.write_bytes(message.message().as_bytes())
            partial.rename(folder / f"{name}.eml")
        return len(email_messages)
