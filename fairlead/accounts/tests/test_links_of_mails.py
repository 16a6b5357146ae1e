"""Links of mails: too late, twice, after the address changed, in another browser, logged in as somebody else."""

import re
import time
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.models import Membership, User
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.accounts.tests.test_entrance import invited, logged_in
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NEW = "another-horse-77"
FORM = {"password1": NEW, "password2": NEW}
OLD = "This link is used up"


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()


def link() -> str:
    [path] = re.findall(r"http://[^/]+(/accounts/\S+)", str(mail.outbox[-1].body))
    return str(path)


def reset_link(person: Person) -> str:
    Client().post("/accounts/password/reset/", {"email": person.user.email})
    return link()


def change_link(person: Person, address: str) -> str:
    """Ask for a new address and return the link that confirms it."""
    client = person.log_in()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": address})
    assert mail.outbox[-1].to == [address]
    return link()


def form_of(client: Client, path: str) -> str | None:
    """Return where the form of a reset link posts to; None when the link says that it is used up."""
    page = client.get(path, follow=True)
    if OLD in page.content.decode():
        return None
    return str(page.redirect_chain[-1][0])


def who(client: Client) -> str | None:
    """Return the id of who is logged in."""
    return client.session.get("_auth_user_id")


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """Let time pass for what is signed with a time."""
    now, step = time.time, timedelta(**by)
    monkeypatch.setattr("django.core.signing.time.time", lambda: now() + step.total_seconds())
    generator = "django.contrib.auth.tokens.PasswordResetTokenGenerator._now"
    monkeypatch.setattr(generator, lambda self: datetime.now() + step)


def test_a_reset_link_ends_with_its_time(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    path = reset_link(alice)
    with monkeypatch.context() as patched:
        later(patched, days=2)
        assert form_of(Client(), path)
    later(monkeypatch, days=4)
    assert form_of(Client(), path) is None


def test_a_reset_link_ends_when_the_address_or_the_password_has_changed(alice: Person) -> None:
    path = reset_link(alice)
    Client().post(change_link(alice, "alice@new.example"))
    assert form_of(Client(), path) is None, "it went to an address that is hers no more"
    alice.user.refresh_from_db()
    path = reset_link(alice)
    alice.user.set_password(NEW)
    alice.user.save()
    assert form_of(Client(), path) is None


def test_a_reset_form_that_was_open_while_another_was_used_changes_nothing(alice: Person) -> None:
    first, second = Client(), Client()
    path = reset_link(alice)
    forms = [(client, form_of(client, path)) for client in (first, second)]
    for number, (client, form) in enumerate(forms):
        assert form
        client.post(form, {"password1": f"{NEW}-{number}", "password2": f"{NEW}-{number}"})
    alice.user.refresh_from_db()
    assert alice.user.check_password(f"{NEW}-0"), "the link works once"


def test_a_reset_link_opened_by_who_is_logged_in_as_somebody_else_changes_only_whom_it_is_for(
    alice: Person, bob: Person
) -> None:
    browser = bob.log_in()
    form = form_of(browser, reset_link(alice))
    assert form
    browser.post(form, FORM)
    alice.user.refresh_from_db()
    bob.user.refresh_from_db()
    assert alice.user.check_password(NEW) and bob.user.check_password(PASSWORD)
    assert who(browser) in (None, str(bob.user.pk)), "and logs nobody in as Alice"


def test_a_confirmation_opened_by_somebody_else_gives_them_nothing(alice: Person, bob: Person) -> None:
    path = change_link(alice, "alice@new.example")
    browser = bob.log_in()
    assert browser.get(path).status_code == 200
    browser.post(path)
    alice.user.refresh_from_db()
    bob.user.refresh_from_db()
    assert (alice.user.email, bob.user.email) == ("alice@new.example", "bob@alder.example")
    assert who(browser) == str(bob.user.pk), "who looked at it, or pressed, stays logged in"


def test_who_never_confirmed_their_address_keeps_it_until_the_new_one_is_proven(alice: Person) -> None:
    """allauth took it for an earlier wish, and the login then had no address at all."""
    path = change_link(alice, "typing-error@new.example")
    alice.user.refresh_from_db()
    assert alice.user.email == "alice@alder.example"
    client = alice.log_in()
    assert who(client) == str(alice.user.pk), "she still logs in with it"
    page = client.get("/accounts/email/").content.decode()
    assert "Not confirmed" in page and "Waiting for your confirmation" in page and "Cancel the change" in page
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_remove": "", "email": "alice@alder.example"})
    client.post("/accounts/email/", {"action_remove": "", "email": "typing-error@new.example"})
    assert OLD in Client().get(path).content.decode(), "taken back"
    alice.user.refresh_from_db()
    assert alice.user.email == "alice@alder.example"
    assert [a.email for a in EmailAddress.objects.filter(user=alice.user)] == ["alice@alder.example"]


def test_a_confirmation_ends_with_its_time_with_its_use_and_with_a_change_of_mind(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = change_link(alice, "one@new.example"), change_link(alice, "two@new.example")
    assert OLD in Client().get(first).content.decode()
    Client().post(first)
    alice.user.refresh_from_db()
    assert alice.user.email == "alice@alder.example"
    with monkeypatch.context() as patched:
        later(patched, days=4)
        assert OLD in Client().get(second).content.decode()
        Client().post(second)
    alice.user.refresh_from_db()
    assert alice.user.email == "alice@alder.example", "too late"
    for _ in range(2):
        Client().post(second)
    alice.user.refresh_from_db()
    assert alice.user.email == "two@new.example"
    assert EmailAddress.objects.filter(user=alice.user).count() == 1


def test_an_address_that_somebody_else_got_meanwhile_stays_theirs(alice: Person, bob: Person) -> None:
    path = change_link(alice, "shared@new.example")
    User.objects.filter(pk=bob.user.pk).update(email="shared@new.example")
    EmailAddress.objects.create(user=bob.user, email="shared@new.example", primary=True, verified=True)
    page = Client().post(path, follow=True)
    assert page.status_code < 500
    alice.user.refresh_from_db()
    assert alice.user.email == "alice@alder.example"


def test_an_invitation_ends_with_its_time_and_is_nobody_elses(alice: Person, bob: Person, charlie: Person) -> None:
    path = invited(alice, "charlie@birch.example")
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert charlie.client().get(path).status_code == charlie.client().post(path).status_code == 404
    stranger = bob.client()
    told = stranger.get(path).content.decode()
    assert "charlie@birch.example" in told and stranger.post(path).status_code == 403
    User.objects.filter(pk=charlie.user.pk).update(email="charlie@new.example")
    assert charlie.client().post(path).status_code == 403, "the address is his no more"
    User.objects.filter(pk=charlie.user.pk).update(email="charlie@birch.example")
    assert charlie.client().post(path)["Location"] == "/f/alder/"


def test_an_invitation_that_two_browsers_have_open_makes_one_member(alice: Person) -> None:
    path = invited(alice, "eve@elm.example")
    here, there = Client(), Client()
    person = {"first_name": "Eve", "last_name": "Elm", "password": PASSWORD}
    assert here.get(path).status_code == there.get(path).status_code == 200
    assert here.post(path, person)["Location"] == "/"
    answer = there.post(path, person | {"password": NEW})
    assert answer.status_code == 404 and not logged_in(there)
    eve = User.objects.get(email="eve@elm.example")
    assert eve.check_password(PASSWORD)
    with firm_context(alice.firm.id):
        assert Membership.rows().filter(user=eve).count() == 1


def test_a_login_link_pressed_by_who_is_logged_in_as_somebody_else_changes_who_is_logged_in(
    alice: Person, bob: Person
) -> None:
    browser = bob.log_in()
    path = create_login_link(alice.user)
    browser.post(path)
    assert who(browser) == str(alice.user.pk)
    assert Client().post(path).status_code == 404
