"""The mail backend of installations with SMTP: a muted one keeps its mail in the local outbox."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from fairlead.kernel.letters import Unanswered
from fairlead.kernel.outbox import OutboxBackend
from fairlead.tenancy.muting import is_muted

END = b"\r\n.\r\n"


class _Told(smtplib.SMTP):
    """Tells a mail that the server never heard to its end from one that it may have taken (RFC 5321, 4.5.3.2.6)."""

    _is_whole = False

    def send(self, s: Any) -> None:
        """Send, and remember whether that was the end of a mail."""
        self._is_whole = False
        super().send(s)
        self._is_whole = isinstance(s, bytes) and s.endswith(END)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the text of a mail; raise `Unanswered` when no answer came to the whole of it."""
        try:
            return super().data(msg)
        except smtplib.SMTPServerDisconnected as error:
            if self._is_whole:
                raise Unanswered("The mail server did not say whether it took the mail.") from error
            raise


class _ToldOverTls(_Told, smtplib.SMTP_SSL):
    """The same by TLS from the first byte on."""


class MutableBackend(EmailBackend):
    """Sends by SMTP (RFC 5321) unless the installation is muted."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the client that tells what became of a mail."""
        return _ToldOverTls if self.use_ssl else _Told

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send or keep the messages, and return how many."""
        if is_muted():
            return OutboxBackend().send_messages(email_messages)
        return super().send_messages(email_messages)
