"""Every page there is, found by the resolver: no axe finding, nothing wider than the screen, no error in the console.

Each page is loaded once and looked at in both sizes and themes. A new room's pages are opened by themselves; an
address that is no page of its own needs a reason in `EXCUSED`, a new parameter a sample in `fill`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from unittest import mock

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.tests.cast import PASSWORD
from fairlead.people import confirming
from fairlead.people.actions import lists
from fairlead.people.models import ListSubscription
from fairlead.tenancy.public import firm_context

from .conftest import empty
from .faces import EVERY_FACE, Face, Size, Theme
from .firm import Furnished, furnish
from .routes import EXCUSED, IN_FIRM, ROUTES, fill, kind_of, name_of

pytestmark = pytest.mark.browser


def second_step(visit: "Visit") -> str:
    """Log in as somebody with a second step, up to that step."""
    client = Client()
    person = visit.firm.charlie
    TOTP.activate(person.user, generate_totp_secret())
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    visit.stranger.take_session(client)
    return "/accounts/2fa/authenticate/"


def confirmation(visit: "Visit") -> str:
    """Return where the mail that confirms an address leads to."""
    user = visit.firm.bob.user
    address = EmailAddress.objects.get_or_create(user=user, email=user.email)[0]
    return f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/"


def new_password(visit: "Visit") -> str:
    """Return where the mail for a new password leads to."""
    user = visit.firm.bob.user
    return f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"


def subscription(visit: "Visit") -> str:
    """Return where the mail that asks to confirm a subscription leads to."""
    alice = visit.firm.alice
    with firm_context(alice.firm.id):
        found = lists.create_list("Letters", by=alice.actor, description="Once a month.")
        lists.ask_to_confirm(found.id, [visit.firm.ids["contact"]], by=alice.actor)
        token = confirming.token(ListSubscription.rows().get(list=found))
    return f"/p/{alice.firm.slug}/confirm/{token}/"


STRANGERS: dict[str, Callable[["Visit"], str]] = {
    "accounts/login/": lambda visit: "/accounts/login/",
    "accounts/signup/": lambda visit: "/accounts/signup/",
    "accounts/confirm-email/": lambda visit: "/accounts/confirm-email/",
    r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": confirmation,
    "accounts/password/reset/": lambda visit: "/accounts/password/reset/",
    "accounts/password/reset/done/": lambda visit: "/accounts/password/reset/done/",
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": new_password,
    "accounts/password/reset/key/done/": lambda visit: "/accounts/password/reset/key/done/",
    "join/<slug:slug>/<str:token>/": lambda visit: visit.firm.invited,
    "login-link/<str:token>/": lambda visit: create_login_link(visit.firm.bob.user),
    "accounts/2fa/authenticate/": second_step,
    "p/<slug:slug>/confirm/<str:token>/": subscription,
}


@dataclass
class Visit:
    """What the sweep needs: the firm, one page for each person who looks, and one of Alice's under her dialogs.

    That one has nothing on it: axe reads all of what a dialog covers, for each face.
    """

    firm: Furnished
    alice: Face
    under_dialogs: Face
    charlie: Face
    stranger: Face
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def visit(django_db_blocker: Any, make_face: Callable[[ExitStack, Size, Theme], Face]) -> Iterator[Visit]:
    """One firm, one browser, one log-in for each person, for all pages."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.callback(empty)
        firm = furnish()
        faces = {name: make_face(stack, "wide", "light") for name in ("alice", "under_dialogs", "charlie", "stranger")}
        clients = {"stranger": Client()}
        EmailAddress.objects.create(user=firm.alice.user, email=firm.alice.user.email, verified=True, primary=True)
        RecoveryCodes.activate(firm.alice.user)
        for person in (firm.alice, firm.charlie):
            client = clients[person.user.first_name.lower()] = Client()
            client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
            client.post("/accounts/reauthenticate/", {"password": PASSWORD})
            faces[person.user.first_name.lower()].take_session(client)
        faces["under_dialogs"].take_session(clients["alice"])
        faces["under_dialogs"].go(firm.alice.url("no-such-page/"))
        yield Visit(firm, **faces, clients=clients)


def open_dialog(face: Face, path: str) -> None:
    """Open what the address answers in the dialog of the page that is there, as a link with `data-dialog` does."""
    face.page.evaluate(
        """path => { document.getElementById("dialog").close();
            const link = Object.assign(document.createElement("a"), { href: path });
            link.dataset.dialog = ""; document.body.append(link); link.click(); link.remove(); }""",
        path,
    )
    face.page.locator("#dialog[open] .dialog-head").wait_for()
    face.settle()


def look_at(face: Face, path: str, name: str) -> None:
    """Open a page and check it in every size and theme."""
    face.turn("wide", "light")
    face.go(path)
    face.check_all(name)


@pytest.mark.parametrize("route", [r for r in ROUTES if r not in STRANGERS])
def test_page(visit: Visit, route: str) -> None:
    path = fill(route, visit.firm, visit.firm.alice)
    kind = kind_of(visit.clients["alice"], path)
    if kind in ("verb", "data"):
        return
    if route in EXCUSED:
        assert kind != "page", f"/{route} is a page: it needs no excuse."
        return
    assert kind in ("page", "dialog"), f"{path} answers with {kind}: add a sample, or a reason to EXCUSED."
    if kind == "page":
        look_at(visit.alice, path, name_of(route))
        return
    face = visit.under_dialogs
    face.look("wide", "light")
    open_dialog(face, path)
    face.check_all(name_of(route, "dialog"), scope="#dialog")


@pytest.mark.parametrize("route", [r for r in ROUTES if r.startswith(IN_FIRM) and "<" not in r.removeprefix(IN_FIRM)])
def test_page_of_a_firm_that_has_nothing_yet(visit: Visit, route: str) -> None:
    path = fill(route, visit.firm, visit.firm.charlie)
    if route not in EXCUSED and kind_of(visit.clients["charlie"], path) == "page":
        look_at(visit.charlie, path, name_of(route, "empty"))


@pytest.mark.parametrize("route", STRANGERS)
def test_page_for_who_is_not_logged_in(visit: Visit, route: str) -> None:
    assert route in ROUTES, "This page is gone: take it out of STRANGERS."
    look_at(visit.stranger, STRANGERS[route](visit), name_of(route, "outside"))


@pytest.mark.parametrize("path", ["contacts/?q=nobody+at+all", "search/?q=harbour", "search/?q=zzzzzz", "tags/?q=zzz",
                                  "contacts/?criteria={", "lists/?archived=1", "settings/members/?q=zzz",
                                  "settings/audit/?ip=1.2.3.4", "notes/?mine=1"])  # fmt: skip
def test_page_in_another_state(visit: Visit, path: str) -> None:
    look_at(visit.alice, visit.firm.alice.url(path), "state/" + re.sub(r"\W+", "-", path).strip("-"))


@pytest.mark.parametrize("state", ["none", "wrong"])
def test_list_in_a_state_that_only_the_gallery_shows(visit: Visit, state: str) -> None:
    look_at(visit.alice, f"/shell/gallery/list/{state}/", f"state/gallery-{state}")


def test_reference_for_strangers(visit: Visit) -> None:
    look_at(visit.stranger, "/api/v1/docs?q=tag", "outside/reference")


def test_dialog_as_a_page_of_its_own(visit: Visit) -> None:
    for path in ("tags/new", "settings/teams/new/", "records/contact/views/new"):
        look_at(visit.alice, visit.firm.alice.url(path), "alone/" + re.sub(r"\W+", "-", path).strip("-"))


def test_pages_that_refuse(visit: Visit) -> None:
    for name, path in (
        ("404", "/no/such/page"),
        ("404-firm", "/f/birch/contacts/"),
        ("404-record", visit.firm.alice.url("contacts/x/")),
    ):
        look_at(visit.alice, path, f"error/{name}")
    with firm_context(visit.firm.alice.firm.id):
        visit.firm.bob.membership.role = "read_only"
        visit.firm.bob.membership.save()
    visit.stranger.log_in(visit.firm.bob)
    look_at(visit.stranger, visit.firm.bob.url("settings/roles/new/"), "error/403")
    visit.stranger.page.context.clear_cookies()


def test_frame(visit: Visit) -> None:
    face = visit.alice
    face.go(visit.firm.alice.url("tags/new"))
    for size, theme in EVERY_FACE:
        face.look(size, theme)
        face.check("frame/page")


def test_second_step(visit: Visit) -> None:
    step = TOTP.activate(visit.firm.alice.user, generate_totp_secret())
    for path in ("/accounts/2fa/", "/accounts/2fa/totp/deactivate/"):
        look_at(visit.alice, path, f"second-step/{path.strip('/').rsplit('/', 1)[-1]}")
    step.instance.delete()


def test_page_that_breaks(visit: Visit) -> None:
    with mock.patch("fairlead.people.access.tags", side_effect=RuntimeError("on purpose")):
        visit.alice.turn("wide", "light")
        visit.alice.go(visit.firm.alice.url("tags/"))
    assert any("status of 500" in trouble for trouble in visit.alice.troubles)
    visit.alice.troubles.clear()
    visit.alice.check_all("error/500")
