"""The mail backend of installations with SMTP: a muted one keeps its mail in the local outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from fairlead.kernel.outbox import OutboxBackend
from fairlead.tenancy.muting import is_muted


class MutableBackend(EmailBackend):
    """Sends by SMTP (RFC 5321) unless the installation is muted."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send or keep the messages, and return how many."""
        if is_muted():
            return OutboxBackend().send_messages(email_messages)
        return super().send_messages(email_messages)
