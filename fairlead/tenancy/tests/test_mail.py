"""What became of a mail: taken, refused, or given away without a word about it."""

import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from fairlead.kernel.letters import Unanswered
from fairlead.tenancy.public import mute
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def send(server: MailServer) -> None:
    host, port = "127.0.0.1", server.server_address[1]
    connection = mail.get_connection("fairlead.tenancy.mail.MutableBackend", host=host, port=port, timeout=0.5)
    EmailMessage("Hello", "Ada", "a@alder.example", ["b@birch.example"], connection=connection).send()


def test_a_mail_that_is_taken_is_sent() -> None:
    with mail_server() as server:
        send(server)
    assert [str(one["Subject"]) for one in server.taken] == ["Hello"]


def test_a_mail_that_was_given_away_whole_and_never_answered_is_not_called_refused() -> None:
    with mail_server() as server:
        server.silent_at = "content"
        with pytest.raises(Unanswered):
            send(server)


@pytest.mark.parametrize(("attribute", "value"), [("silent_at", "recipient"), ("refusing", "451 later")])
def test_a_mail_that_did_not_leave_may_be_repeated(attribute: str, value: str) -> None:
    with mail_server() as server:
        setattr(server, attribute, value)
        with pytest.raises((smtplib.SMTPException, OSError)) as caught:
            send(server)
    assert not isinstance(caught.value, Unanswered)


def test_a_muted_installation_asks_no_server() -> None:
    mute("A test", using="default")
    with mail_server() as server:
        send(server)
    assert server.heard == []
