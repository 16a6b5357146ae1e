"""Where somebody is logged in: told apart, ended one by one or all at once."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from fairlead.accounts.devices import device
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.events.public import Event
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (FIREFOX, "Firefox on Windows"),
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/140.0.0.0", "Edge on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15", "Safari on macOS"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "curl"),
        ("a-program-of-ours/1.0", "a-program-of-ours/1.0"),
        ("", "Unknown"),
    ],
)  # fmt: skip
def test_devices(user_agent: str, said: str) -> None:
    assert device(user_agent) == said


def log_in(person: Person, user_agent: str) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    client.get(PAGE)
    return client


def test_each_place_is_told_apart(alice: Person, charlie: Person) -> None:
    here = log_in(alice, FIREFOX)
    log_in(alice, CHROME)
    log_in(charlie, "curl/8.5.0")
    page = here.get(PAGE).content.decode()
    assert "Firefox on Windows" in page
    assert "Chrome on Linux" in page
    assert "curl" not in page


def test_all_others_end_at_once(alice: Person, charlie: Person) -> None:
    here, there, beyond = log_in(alice, FIREFOX), log_in(alice, CHROME), log_in(charlie, FIREFOX)
    assert here.post(f"{PAGE}end/").status_code == 302
    assert here.get(PAGE).status_code == 200
    assert "login" in there.get(PAGE)["Location"]
    assert beyond.get(PAGE).status_code == 200
    assert UserSession.objects.filter(user=alice.user).count() == 1
    with firm_context(alice.firm.id):
        assert Event.rows().get(type="session.ended").data["address"] == "1 other place"
    assert "This is your only session." in here.post(f"{PAGE}end/", follow=True).content.decode()


def test_somebody_elses_session_is_not_to_be_found(alice: Person, charlie: Person) -> None:
    here, _ = log_in(alice, FIREFOX), log_in(charlie, FIREFOX)
    theirs = UserSession.objects.get(user=charlie.user)
    assert here.post(f"{PAGE}{theirs.pk}/end/").status_code == 404
    assert UserSession.objects.filter(pk=theirs.pk).exists()
    assert Client().post(f"{PAGE}end/").status_code == 302
