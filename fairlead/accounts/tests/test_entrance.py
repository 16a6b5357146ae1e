"""The way in: sign up, log in, links, invitations; and what the audit keeps of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from fairlead.accounts.actions import invitations
from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.models import LoginLink, Membership, User
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db
FORM = {
    "first_name": "Dora", "last_name": "Dogwood", "email": "dora@dogwood.example", "password": PASSWORD,
    "name": "Dogwood & Co", "slug": "", "country": "DE",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_limits() -> None:
    cache.clear()


def types_of(firm: Firm) -> list[str]:
    with firm_context(firm.id):
        return list(Event.rows().order_by("recorded_at", "id").values_list("type", flat=True))


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_stranger_signs_up_and_lands_in_their_firm() -> None:
    client = Client()
    assert client.get("/accounts/signup/").status_code == 200
    answer = client.post("/accounts/signup/", FORM, follow=True)
    firm = Firm.objects.get()
    assert answer.redirect_chain[-1][0].startswith(f"/f/{firm.slug}/")
    assert (firm.slug, firm.country) == ("dogwood-co", "DE")
    assert [t for t in types_of(firm) if t.startswith(("firm.", "login."))] == ["firm.created", "login.succeeded"]
    assert "confirm" in mail.outbox[0].body.lower()


def test_a_wrong_sign_up_names_its_fields_and_makes_nothing() -> None:
    answer = Client().post("/accounts/signup/", {**FORM, "slug": "No Slug", "password": "short"})
    assert answer.status_code == 422
    assert not User.objects.exists()
    assert b"at least 10 characters" in answer.content


def test_the_slug_is_suggested_until_written() -> None:
    assert b'value="dogwood-co"' in Client().get("/accounts/slug/?name=Dogwood+%26+Co&slug=").content
    assert b'value="mine"' in Client().get("/accounts/slug/?name=Dogwood&slug=mine").content


def test_sign_up_can_be_closed(settings, alice: Person) -> None:
    settings.SIGNUP_OPEN = False
    assert Client().get("/accounts/signup/").status_code == 403
    assert Client().post("/accounts/signup/", FORM).status_code == 403
    assert alice.client().post("/accounts/firms/new/", {"name": "X", "country": "GB"}).status_code == 403
    suggested = Client().get("/accounts/slug/?name=alder&slug=")
    assert (suggested.status_code, suggested.content) == (403, b""), "Nobody learns which addresses are taken."


def test_log_in_and_out_with_their_events(alice: Person) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "Alice@Alder.example", "password": PASSWORD})
    assert logged_in(client)
    client.post("/accounts/logout/")
    assert not logged_in(client)
    assert types_of(alice.firm) == ["login.succeeded", "login.ended"]


def test_failures_are_audited_and_limited(alice: Person, bob: Person, charlie: Person) -> None:
    client = Client()
    for _ in range(6):
        client.post("/accounts/login/", {"login": alice.user.email, "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert b"Too many failed" in answer.content
    assert not logged_in(client)
    assert types_of(alice.firm) == ["login.failed"] * 5
    assert types_of(charlie.firm) == []


def test_who_guesses_elsewhere_shuts_nobody_out_of_a_browser_they_have_used(alice: Person, bob: Person) -> None:
    at_home, at_bobs, stranger = alice.log_in(), bob.log_in(), Client(REMOTE_ADDR="192.0.2.7")
    at_home.post("/accounts/logout/")
    at_bobs.post("/accounts/logout/")
    for _ in range(6):
        stranger.post("/accounts/login/", {"login": alice.user.email, "password": "wrong"})
    for client in (stranger, at_bobs):
        client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
        assert not logged_in(client)
    at_home.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert logged_in(at_home)


def test_a_known_browser_guesses_five_times_as_well(alice: Person) -> None:
    client = alice.log_in()
    client.post("/accounts/logout/")
    for password in ["wrong"] * 5 + [PASSWORD]:
        client.post("/accounts/login/", {"login": alice.user.email, "password": password})
    assert not logged_in(client)


def test_failures_elsewhere_make_nobody_forget_those_at_one_address(alice: Person) -> None:
    client = Client()
    for _ in range(5):
        client.post("/accounts/login/", {"login": alice.user.email, "password": "wrong"})
    for number in range(700):
        cache.set(f"of-somebody-else-{number}", [0.0], 300)
    client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert not logged_in(client)


def test_an_unknown_address_leaves_no_trace(alice: Person) -> None:
    Client().post("/accounts/login/", {"login": "nobody@nowhere.example", "password": "wrong"})
    assert types_of(alice.firm) == []


def test_a_password_is_reset_by_mail(alice: Person) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice.user.email})
    [path] = re.findall(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    page = client.get(path, follow=True)
    assert "A few words that belong together are best." in page.content.decode()  # as whoever is invited reads
    answer = client.post(page.redirect_chain[-1][0], {"password1": "another-horse-77", "password2": "another-horse-77"})
    assert answer.status_code == 302
    alice.user.refresh_from_db()
    assert alice.user.check_password("another-horse-77")
    assert "password.reset" in types_of(alice.firm)


def test_a_login_link_shows_a_button_and_works_once(alice: Person) -> None:
    path = create_login_link(alice.user)
    for _ in range(3):  # scanners look, and look again
        client = Client()
        assert client.get(path).status_code == 200
        assert not logged_in(client)
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    client = Client()
    assert client.post(path)["Location"] == "/"
    assert logged_in(client)
    assert Client().post(path).status_code == 404
    assert path.split("/")[-2] not in str(LoginLink.objects.values())


def test_an_old_or_invented_link_is_nothing(alice: Person) -> None:
    path = create_login_link(alice.user)
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        page = Client().get(path)
        assert page.status_code == 404 and b"This link does not work any more" in page.content
        assert b'href="/accounts/login/"' in page.content
        assert Client().post(path).status_code == 404
    assert Client().get("/login-link/nonsense/").status_code == 404


def test_the_start_page_leads_to_the_firm_or_lets_choose(alice: Person) -> None:
    assert Client().get("/")["Location"].startswith("/accounts/login/")
    client = alice.client()
    assert client.get("/")["Location"] == "/f/alder/"
    client.post("/accounts/firms/new/", {"name": "Second", "country": "GB", "slug": "second"})
    page = client.get("/").content
    assert b"/f/alder/" in page
    assert b"/f/second/" in page


def invited(by: Person, email: str) -> str:
    with firm_context(by.firm.id):
        invitations.invite_member({"email": email}, by=by.actor)
    drain()
    [path] = re.findall(r"(/join/\S+)", mail.outbox[-1].body)
    return path


def test_a_newcomer_accepts_an_invitation(alice: Person) -> None:
    path = invited(alice, "eve@elm.example")
    client = Client()
    assert b"Join Alder" in client.get(path).content
    assert not User.objects.filter(email="eve@elm.example").exists()
    answer = client.post(path, {"first_name": "Eve", "last_name": "Elm", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/f/alder/")
    with firm_context(alice.firm.id):
        assert Membership.rows().get(user__email="eve@elm.example").role == "member"


def test_an_existing_login_must_be_the_invited_one(alice: Person, bob: Person, charlie: Person) -> None:
    path = invited(alice, "charlie@birch.example")
    assert b"Log in to accept" in Client().get(path).content
    assert bob.client().post(path).status_code == 403
    assert charlie.client().get(path).status_code == 200
    with firm_context(alice.firm.id):
        assert not Membership.rows().filter(user=charlie.user).exists()
    assert charlie.client().post(path)["Location"] == "/f/alder/"
    assert charlie.client().get(path)["Location"] == "/f/alder/"  # used, and it still leads there


def test_a_wrong_invitation_says_nothing_about_the_firm(alice: Person) -> None:
    pages = [Client().get(path) for path in ("/join/alder/nonsense/", "/join/nofirm/nonsense/")]
    assert [page.status_code for page in pages] == [404, 404]
    assert b"Alder" not in pages[0].content
    told = [re.search(rb"<main.*</main>", page.content, re.DOTALL) for page in pages]
    assert told[0] and told[1] and told[0][0] == told[1][0], "Nor does it tell whether there is such a firm."


@pytest.mark.parametrize(
    ("forwarded", "read"),
    [
        ("192.0.2.9", "192.0.2.9"), ("6.6.6.6, 192.0.2.9", "192.0.2.9"), ("192.0.2.9:4711", "192.0.2.9"),
        ("[2001:db8::9]:443", "2001:db8::9"), ("2001:db8::9", "2001:db8::9"), ("::ffff:192.0.2.9", "192.0.2.9"),
        ("fe80::9%eth0", "fe80::9"), ("unknown", "127.0.0.1"), ("x" * 5000, "127.0.0.1"), ("", "127.0.0.1"),
    ],
)  # fmt: skip
def test_whatever_a_proxy_writes_people_come_in(alice: Person, settings, forwarded: str, read: str) -> None:
    settings.BEHIND_PROXY = True
    client = Client(headers={"X-Forwarded-For": forwarded})
    client.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert logged_in(client)
    with firm_context(alice.firm.id):
        assert Event.rows().get(type="login.succeeded").ip == read


def test_nobody_on_the_way_keeps_a_page(alice: Person) -> None:
    for path in (alice.url("contacts/"), alice.url("settings/audit/"), alice.url("nothing/"), "/"):
        assert alice.client().get(path)["Cache-Control"] == "private, no-cache"
