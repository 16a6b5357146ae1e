"""The outbox: mails that were kept because no mail server is set, for who runs the installation."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from fairlead.accounts.tests.cast import Person
from fairlead.accounts.web import outbox as pages
from fairlead.kernel import outbox

pytestmark = pytest.mark.django_db
TRAP = "<p>Hello <script>alert(1)</script></p>"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX = tmp_path / "outbox"
    settings.EMAIL_BACKEND = "fairlead.kernel.outbox.OutboxBackend"


@pytest.fixture
def operator(alice: Person) -> Client:
    """Alice runs the installation."""
    alice.user.is_operator = True
    alice.user.save()
    return alice.client()


def send(subject: str) -> str:
    """Send a mail with two faces and a file; return the name under which it is kept."""
    mail = EmailMultiAlternatives(
        subject, "See https://crm.example/join/x", "no-reply@crm.example", ["bob@alder.example"]
    )
    mail.attach_alternative(TRAP, "text/html")
    mail.attach('../../terms "1".pdf', b"%PDF-1.7", "application/pdf")
    assert mail.send() == 1
    return outbox.newest(1)[0].name


def addresses(name: str) -> list[str]:
    return [
        reverse("outbox"),
        reverse("outbox_mail", kwargs={"name": name}),
        reverse("outbox_body", kwargs={"name": name}),
        reverse("outbox_file", kwargs={"name": name, "number": 0}),
    ]


def test_who_runs_the_installation_reads_what_was_kept(operator: Client) -> None:
    assert b"No mail yet" in operator.get(reverse("outbox")).content
    name = send("You are invited")
    index, mail, body, file = addresses(name)
    assert b"You are invited" in operator.get(index).content
    page = operator.get(mail).content.decode()
    assert 'href="https://crm.example/join/x"' in page
    assert "bob@alder.example" in page
    assert TRAP not in page
    assert operator.get(body).content.decode().endswith(TRAP)
    answer = operator.get(file)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")
    assert ".." not in answer["Content-Disposition"]


def test_the_mails_own_page_cannot_act(operator: Client) -> None:
    answer = operator.get(addresses(send("Trap"))[2])
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert "allow-forms" not in policy


def test_nobody_else_sees_any_of_it(operator: Client, bob: Person, charlie: Person) -> None:
    for address in addresses(send("Secret")):
        assert operator.get(address).status_code == 200
        for person in (bob, charlie):
            answer = person.client().get(address)
            assert answer.status_code == 404
            assert b"Secret" not in answer.content
        assert Client().get(address).status_code == 302
        assert operator.post(address).status_code == 405


@pytest.mark.parametrize("name", ["..", "..%2f..%2fetc%2fpasswd", "0" * 36, "x.eml"])
def test_a_name_is_that_of_a_kept_mail_or_nothing(operator: Client, name: str) -> None:
    send("There is one")
    assert operator.get(f"/operator/outbox/{name}/").status_code == 404
    assert operator.get(f"/operator/outbox/{name}/body/").status_code == 404


def test_a_file_that_the_mail_does_not_have_is_not_found(operator: Client) -> None:
    name = send("One file")
    assert operator.get(reverse("outbox_file", kwargs={"name": name, "number": 1})).status_code == 404


def test_pages_follow_each_other(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 2)
    for number in range(3):
        send(f"Mail {number}")
    first = operator.get(reverse("outbox"))
    assert b"Mail 2" in first.content
    assert b"Mail 1" in first.content
    assert b"Mail 0" not in first.content
    older = first.context["older"]
    assert b"Mail 0" in operator.get(f"{reverse('outbox')}?before={older}").content


def test_it_says_when_mail_is_sent_now(operator: Client, settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example"
    assert b"Mail goes to a mail server now" in operator.get(reverse("outbox")).content
