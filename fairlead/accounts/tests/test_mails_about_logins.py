"""The way back in and a new address: what the pages and the mails say, and that no link works twice."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from fairlead.accounts.tests.cast import PASSWORD, Person

pytestmark = pytest.mark.django_db
NEW = "another-horse-staple"


@pytest.fixture(autouse=True)
def no_limits() -> None:
    cache.clear()


def link() -> str:
    """Return the path of the link in the newest mail."""
    [found] = re.findall(r"https?://[^/\s]+(/accounts/\S+)", mail.outbox[-1].body)
    return str(found)


def test_a_forgotten_password_is_chosen_anew_once(alice: Person) -> None:
    EmailAddress.objects.create(user=alice.user, email=alice.user.email, primary=True, verified=True)
    client, elsewhere = Client(), alice.client()
    told = client.post("/accounts/password/reset/", {"email": alice.user.email.upper()}, follow=True)
    assert "Look into your mail" in told.content.decode()
    assert mail.outbox[-1].subject == "Choose a new password"
    assert "Fairlead, at " in mail.outbox[-1].body
    first = link()
    form = client.get(first)["Location"]
    short = client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    assert "at least 10 characters" in short
    saved = client.post(form, {"password1": NEW, "password2": NEW}, follow=True).content.decode()
    assert 'href="/accounts/login/"' in saved  # no dead end
    assert "This link is used up" in Client().get(first).content.decode()
    assert elsewhere.get(alice.url("settings/members/")).status_code == 302
    assert alice.user.email in mail.outbox[-1].to
    assert mail.outbox[-1].subject == "Your password was replaced by a new one"
    assert "A new password was chosen, by the link of a mail" in mail.outbox[-1].body


class NoServer(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError


def test_no_mail_is_said_to_be_on_its_way_that_was_not_sent(alice: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    for address in (alice.user.email, "nobody@nowhere.example"):  # the answer tells nobody who logs in
        told = Client().post("/accounts/password/reset/", {"email": address}, follow=True)
        page = told.content.decode()
        assert told.redirect_chain == [("/accounts/password/reset/", 302)]
        assert "The mail could not be sent." in page and "on its way" not in page
    client = alice.client()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    changed = client.post("/accounts/email/", {"action_add": "1", "email": "new@alder.example"}, follow=True)
    page = changed.content.decode()
    assert "The mail could not be sent." in page and "on its way" not in page
    assert "Send the mail again" in page


def test_strangers_learn_nothing_about_who_logs_in(alice: Person) -> None:
    known = Client().post("/accounts/password/reset/", {"email": alice.user.email}, follow=True).content
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@nowhere.example"}, follow=True).content
    assert b"Look into your mail" in known
    assert b"Look into your mail" in unknown
    assert mail.outbox[-1].subject == "Nobody logs in with this address"


def test_a_new_address_counts_once_it_is_confirmed(alice: Person) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for address in ("one@alder.example", "two@alder.example", "one@alder.example"):  # she changes her mind, and back
        client.post("/accounts/email/", {"action_add": "", "email": address})
        assert mail.outbox[-1].to == [address]
    assert "wants to log in to Fairlead with this address" in mail.outbox[-1].body
    path = link()
    assert "Is one@alder.example the address of Alice" in client.get(path).content.decode()
    alice.user.refresh_from_db()
    assert alice.user.email == "alice@alder.example"
    client.post(path)
    alice.user.refresh_from_db()
    assert alice.user.email == "one@alder.example"
    assert "This link is used up" in client.get(path).content.decode()


def test_the_way_is_barred_after_too_many_wrong_passwords(alice: Person) -> None:
    client = Client()
    for _ in range(5):
        page = client.post("/accounts/login/", {"login": alice.user.email, "password": "wrong"}).content.decode()
        assert "do not belong together" in page
    right = client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert "Wait five minutes" in right.content.decode()


def test_a_new_password_ends_a_new_address_that_was_asked_for_before(alice: Person) -> None:
    """Somebody who knew the old one had asked for it, and still has the link."""
    EmailAddress.objects.create(user=alice.user, email=alice.user.email, primary=True, verified=True)
    stranger = Client()
    stranger.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    stranger.post("/accounts/reauthenticate/", {"password": PASSWORD})
    stranger.post("/accounts/email/", {"action_add": "", "email": "mallory@evil.example"})
    of_mallory = link()
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice.user.email})
    client.post(client.get(link())["Location"], {"password1": NEW, "password2": NEW})
    Client().post(of_mallory)
    alice.user.refresh_from_db()
    assert alice.user.email == "alice@alder.example"
    assert [a.email for a in EmailAddress.objects.filter(user=alice.user)] == [alice.user.email]
