"""Every page there is, found by the resolver: no axe finding, nothing wider than the screen, no error in the console.

Each page is loaded once and looked at in both sizes and themes. A new room's pages are opened by themselves; an
address that is no page of its own needs a reason in `EXCUSED`, a new parameter a sample in `fill`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
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
from django.urls import get_resolver

from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context
from tests.isolation.addresses import walk

from .conftest import empty
from .faces import BOTH_WAYS, EVERY_FACE, USUAL_FACES, Face, Size, Theme
from .firm import Furnished, furnish

pytestmark = pytest.mark.browser
ROUTES = list(dict.fromkeys(a.route for a in walk(get_resolver().url_patterns) if not a.is_api))
IN_FIRM = "f/<slug:firm>/"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
HTMX = {"HX-Request": "true", "HX-Target": "div#dialog-content"}
# Whose id `record_id` and `run_id` are, by the first word of the address.
OWNERS = {
    "contacts": "contact", "companies": "company", "records": "contact", "pins": "contact", "deals": "deal",
    "tasks": "task", f"{IN_FIRM}deals/<uuid:record_id>/reopen": "ended deal",
}  # fmt: skip
WORDS = {
    "session_id": "0",
    "pk": "0",
    "noun": "contact",
    "verb": "tag",
    "state": "empty",
    "key": "city",
    "name": "stage",
    "done": "1",
    "number": "0",
    "job_id": "0",
    "kind": "loss",
    "month": f"{clock.now():%Y-%m}",
    "token": "x",
}
# What else a word is at some addresses: by their first word and the parameter.
WORDS_AT = {"deals/kind": "weighted"}
# The whole reference of the API is a hundred times the same block; a list of deals is behind one figure.
QUERIES = {
    f"{IN_FIRM}reference/": "?q=tag",
    f"{IN_FIRM}deals/analytics/<uuid:pipeline_id>/deals": "?measure=won",
}
PART, STEP = "a part of a page, looked at there", "leads on: there is nothing to see"
EXCUSED = {
    "": STEP,
    IN_FIRM: STEP,
    f"{IN_FIRM}settings/": STEP,
    "accounts/slug/": PART,
    "accounts/password/set/": "every login has a password",
    "accounts/login/code/confirm/": "no codes are mailed to log in with",
    "accounts/profile/photo/": "a picture",
    "accounts/2fa/totp/deactivate/": "seen by who has it: test_second_step",
    "accounts/2fa/webauthn/login/": STEP,
    "accounts/2fa/webauthn/reauthenticate/": "of who has a passkey: the same page as accounts/reauthenticate/",
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": "needs a real passkey: test_accounts",
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": "needs a real passkey: test_accounts",
    "operator/outbox/<str:name>/body/": "a mail, drawn in a frame of its page",
    f"{IN_FIRM}settings/members/<uuid:member_id>/photo/": "a picture",
    f"{IN_FIRM}contacts/<uuid:record_id>/picture": "a picture",
    f"{IN_FIRM}contacts/<uuid:record_id>/subscriptions": STEP,
    f"{IN_FIRM}records/<slug:noun>/<uuid:record_id>/explain": PART,
    f"{IN_FIRM}records/<slug:noun>/count": PART,
    f"{IN_FIRM}imports/<uuid:run_id>/progress": PART,
    f"{IN_FIRM}exports/<uuid:run_id>/": PART,
    f"{IN_FIRM}bulk/": PART,
    f"{IN_FIRM}bulk/<uuid:run_id>/": PART,
    "feeds/tasks/<str:token>.ics": "a calendar",
    f"{IN_FIRM}notifications/newest": PART,
    f"{IN_FIRM}segments/<uuid:segment_id>/explain": PART,
    f"{IN_FIRM}segments/<uuid:segment_id>/size": PART,
    f"{IN_FIRM}activities/composer": PART,
    f"{IN_FIRM}tasks/widget": PART,
    f"{IN_FIRM}deals/board/<uuid:pipeline_id>/stages/<uuid:stage_id>": PART,
    **{f"{IN_FIRM}deals/{view}/": STEP for view in ("board", "due", "forecast", "analytics")},
    "shell/gallery/fact/<str:name>/": PART,
    "shell/gallery/timeline/": PART,
    "shell/gallery/job/<int:done>/": PART,
    f"{IN_FIRM}duplicates/scans/<uuid:scan_id>": PART,
    **{f"{IN_FIRM}{noun}/duplicates": PART for noun in ("contacts", "companies")},
    **{f"{IN_FIRM}{noun}/<uuid:record_id>/timeline": PART for noun in ("contacts", "companies", "deals")},
    **{f"{IN_FIRM}{noun}/<uuid:record_id>/facts/<slug:key>": PART for noun in ("contacts", "companies", "deals")},
    **{f"{IN_FIRM}{noun}/<uuid:record_id>/panels/<slug:key>": PART for noun in ("contacts", "companies", "deals")},
}


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
}


@dataclass
class Visit:
    """What the sweep needs: the firm, and one page for each person who looks."""

    firm: Furnished
    alice: Face
    charlie: Face
    stranger: Face
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def visit(django_db_blocker: Any, make_face: Callable[[ExitStack, Size, Theme], Face]) -> Iterator[Visit]:
    """One firm, one browser, one log-in for each person, for all pages."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.callback(empty)
        firm = furnish()
        faces = {name: make_face(stack, "wide", "light") for name in ("alice", "charlie", "stranger")}
        clients = {"stranger": Client()}
        EmailAddress.objects.create(user=firm.alice.user, email=firm.alice.user.email, verified=True, primary=True)
        RecoveryCodes.activate(firm.alice.user)
        for person in (firm.alice, firm.charlie):
            client = clients[person.user.first_name.lower()] = Client()
            client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
            client.post("/accounts/reauthenticate/", {"password": PASSWORD})
            faces[person.user.first_name.lower()].take_session(client)
        yield Visit(firm, **faces, clients=clients)


def fill(route: str, visit: Visit, person: Person) -> str:
    """Return the address with a sample for each parameter."""
    ids, place = visit.firm.ids, route.removeprefix(IN_FIRM).split("/")[0]
    owner = OWNERS.get(route) or OWNERS.get(place, place)

    def sample(match: re.Match[str]) -> str:
        name = match[1]
        if name == "firm":
            return person.firm.slug
        if name == "name" and route.startswith("operator/outbox/"):
            return visit.firm.mail
        if route == "shell/gallery/<str:name>.json":
            return "people"
        at, named = f"{place}/{name}", {"record_id": owner, "run_id": owner, "other_id": f"other_{owner}"}
        found = WORDS_AT.get(at) or WORDS.get(name) or ids.get(at) or ids.get(named.get(name, name))
        assert found, f"/{route}: add a sample of <{name}> to tests/browser/firm.py."
        return str(found)

    return "/" + PARAMETER.sub(sample, route) + QUERIES.get(route, "")


def kind_of(client: Client, path: str) -> str:
    """Say what answers at an address: page, dialog, part, or why there is nothing to look at."""
    response = client.get(path, headers=HTMX)
    if response.status_code == 405:
        return "verb"
    if response.streaming:
        return "data"
    if b'class="dialog-head"' in response.content and b"<html" not in response.content:
        return "dialog"
    if b"<html" not in response.content:
        response = client.get(path)
    if response.has_header("Content-Disposition") or not response.headers["Content-Type"].startswith("text/html"):
        return "data"
    if response.status_code != 200:
        return f"status {response.status_code}"
    return "page" if b"<html" in response.content else "part"


def name_of(route: str, prefix: str = "page") -> str:
    """Return the name of the picture of an address."""
    return f"{prefix}/" + (re.sub(r"\W+", "-", PARAMETER.sub("one", route.removeprefix(IN_FIRM))).strip("-") or "start")


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


def look_at(face: Face, path: str, name: str, faces: Sequence[tuple[Size, Theme]] = USUAL_FACES) -> None:
    """Open a page and check it in the sizes and themes of `faces`."""
    face.look("wide", "light")
    face.go(path)
    face.check_all(name, faces=faces)


@pytest.mark.parametrize("route", [r for r in ROUTES if r not in STRANGERS])
def test_page(visit: Visit, route: str) -> None:
    path = fill(route, visit, visit.firm.alice)
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
    visit.alice.look("wide", "light")
    if "/f/" not in visit.alice.page.url:
        visit.alice.go(visit.firm.alice.url("notifications/"))
    open_dialog(visit.alice, path)
    visit.alice.check_all(name_of(route, "dialog"), scope="#dialog")


@pytest.mark.parametrize("route", [r for r in ROUTES if r.startswith(IN_FIRM) and "<" not in r.removeprefix(IN_FIRM)])
def test_page_of_a_firm_that_has_nothing_yet(visit: Visit, route: str) -> None:
    path = fill(route, visit, visit.firm.charlie)
    if route not in EXCUSED and kind_of(visit.clients["charlie"], path) == "page":
        look_at(visit.charlie, path, name_of(route, "empty"), BOTH_WAYS)  # drawn as the full ones, but for what lacks


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
        visit.alice.look("wide", "light")
        visit.alice.go(visit.firm.alice.url("tags/"))
    assert any("status of 500" in trouble for trouble in visit.alice.troubles)
    visit.alice.troubles.clear()
    visit.alice.check_all("error/500")
