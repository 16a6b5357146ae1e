"""A mail, ready to be sent."""

from dataclasses import dataclass
from smtplib import SMTPServerDisconnected

from django.core.mail import EmailMultiAlternatives


class Unanswered(SMTPServerDisconnected):
    """The mail server was given the whole mail and never said whether it took it: to repeat it may double it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one address, as text and HTML: everything is read from the database already.

    Without a `sender` it is from the installation. An `automatic` one says so (RFC 3834), so that nobody's vacation
    notice answers it.
    """

    to: str
    subject: str
    text: str
    html: str
    sender: str | None = None
    reply_to: str = ""
    automatic: bool = False

    def send(self) -> None:
        """Send it; raises what the mail server's client raises, `Unanswered` when it may have left all the same.

        Outside of any transaction: a mail server may take its time, and an open transaction holds up all who read the
        log. White space in the subject becomes single spaces.
        """
        message = EmailMultiAlternatives(
            " ".join(self.subject.split()),
            self.text,
            self.sender,
            to=[self.to],
            reply_to=[self.reply_to] if self.reply_to else None,
            headers={"Auto-Submitted": "auto-generated"} if self.automatic else None,
        )
        message.attach_alternative(self.html, "text/html")
        message.send()
