"""A new password: it shuts out who was let in by the old one."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.tests.cast import PASSWORD, Person

pytestmark = pytest.mark.django_db
NEW = "another-horse-77"


@pytest.fixture(autouse=True)
def no_limits() -> None:
    cache.clear()


def is_in(client: Client, person: Person) -> bool:
    return client.get(person.url("contacts/")).status_code == 200


def test_changed_it_ends_every_session_but_ones_own(alice: Person) -> None:
    here, elsewhere = alice.log_in(), alice.log_in()
    assert is_in(here, alice) and is_in(elsewhere, alice)
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", sent).status_code == 302
    assert (is_in(here, alice), is_in(elsewhere, alice)) == (True, False)


def test_reset_by_mail_it_ends_every_session(alice: Person) -> None:
    elsewhere, client = alice.log_in(), Client()
    client.post("/accounts/password/reset/", {"email": alice.user.email})
    [path] = re.findall(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    form = client.get(path, follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert not is_in(elsewhere, alice)
    assert client.get(path, follow=True).status_code == 200
    again = Client()
    told = again.get(path, follow=True)
    assert "password1" not in told.content.decode(), "the link works once"


def test_a_link_that_was_not_used_ends_with_the_old_one(alice: Person) -> None:
    here, link = alice.log_in(), create_login_link(alice.user)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert Client().get(link).status_code == 404
