"""A mail server that is slow, and kill -9 while it has the word: no mail is lost, no link dies, nobody else waits."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairlead.accounts.actions.invitations import invite_member, open_invitation
from fairlead.accounts.models import Invitation
from fairlead.accounts.tests.cast import Person
from fairlead.events.tests.reading import write
from fairlead.tenancy.public import firm_context
from tests.crash.workers import count, marks, scalar, working
from tests.mail_server import MailServer, mail_server
from tests.running import until

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
LEFT = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with marks(), mail_server() as found:
        yield found


def invite(person: Person, email: str) -> Invitation:
    with firm_context(person.firm.id):
        return invite_member({"email": email}, by=person.actor)


def link(mail: object) -> str:
    found = re.search(r"/join/[\w-]+/([\w-]+)/", str(mail))
    assert found
    return found[1]


def opened(person: Person, token: str) -> str:
    with firm_context(person.firm.id):
        return open_invitation(token).email


@pytest.mark.parametrize("moment", ["recipient", "content"])
def test_an_invitation_whose_worker_is_killed_while_it_is_sent_arrives(
    alice: Person, tmp_path: Path, server: MailServer, moment: str
) -> None:
    server.silent_at = moment
    invite(alice, "eve@elm.example")
    with working(tmp_path / "1.log", smtp=server.url) as worker:
        until(lambda: server.waiting, f"the mail under way ({worker.log})")
        worker.kill()
    server.silent_at = ""
    with working(tmp_path / "2.log", smtp=server.url) as worker:
        until(lambda: scalar(LEFT) == 0, f"the mail sent ({worker.log})")
    assert [str(mail["To"]) for mail in server.taken] == ["eve@elm.example"]
    # What the killed one gave away may have arrived too: both links are the same, and lead in.
    assert {opened(alice, link(mail)) for mail in server.heard} == {"eve@elm.example"}
    with firm_context(alice.firm.id):
        assert Invitation.rows().get().mail_failed_at is None


def test_while_a_mail_server_takes_its_time_others_are_served(
    alice: Person, charlie: Person, tmp_path: Path, server: MailServer
) -> None:
    server.silent_at = "content"
    invite(alice, "eve@elm.example")
    with working(tmp_path / "worker.log", smtp=server.url) as worker:
        until(lambda: server.waiting, f"the mail under way ({worker.log})")
        write(charlie, 1)
        until(lambda: count("event") == 1, f"an event read ({worker.log})")
        assert scalar(LEFT) > 0 and not server.taken, "which did not wait for the mail"
