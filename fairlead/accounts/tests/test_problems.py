"""What is refused is said: on a page of its own, or beside the page that asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.http import HttpRequest
from django.test import Client

from fairlead.accounts import middleware, problems
from fairlead.accounts.actions.keys import create_key
from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import Conflict
from fairlead.tenancy.public import firm_context


def _asked(**headers: str) -> HttpRequest:
    request = HttpRequest()
    request.META.update({f"HTTP_{name}": value for name, value in headers.items()})
    return request


def test_a_part_of_a_page_is_told_by_a_toast_and_stays() -> None:
    answer = problems.page(_asked(HX_REQUEST="true"), Conflict("Bob was faster – by a second."))
    assert (answer.status_code, answer.content, answer.headers["HX-Reswap"]) == (409, b"", "none")
    toast = json.loads(answer.headers["Fairlead-Effects"])["toast"]
    assert (toast["kind"], toast["text"]) == ("error", "Bob was faster – by a second.")


@pytest.mark.django_db
def test_whoever_presses_a_button_stays_on_its_page_and_is_told(alice: Person, bob: Person) -> None:
    page, button = alice.url("settings/members/"), alice.url(f"settings/members/{bob.membership.pk}/reactivate/")
    referrer = f"http://testserver{page}?idle=1"
    answer = alice.client().post(button, headers={"Referer": referrer}, follow=True)
    assert answer.redirect_chain == [(f"{page}?idle=1", 302)]
    assert f"{bob.user.name} is active already." in answer.content.decode()
    for elsewhere in ("https://elsewhere.example/", f"http://testserver{button}", ""):
        told = alice.client().post(button, headers={"Referer": elsewhere})
        assert told.status_code == 409 and "is active already" in told.content.decode()
    assert alice.client().get(alice.url("nowhere/"), headers={"Referer": referrer}).status_code == 404


@pytest.mark.django_db
def test_whoever_is_logged_out_keeps_what_is_on_the_page(alice: Person) -> None:
    address, part = alice.url("contacts/new"), {"HX-Request": "true"}
    for answer in (Client().get(address, headers=part), Client().post(address, {"first_name": "Ada"}, headers=part)):
        assert (answer.status_code, answer.headers["HX-Reswap"]) == (401, "none")
        toast = json.loads(answer.headers["Fairlead-Effects"])["toast"]
        assert "You are logged out." in toast["text"] and toast["link"] == ["Log in", "/accounts/login/"]
    whole = Client().get(address, headers=part | {"HX-Request-Type": "full"})
    assert urlsplit(whole.headers["HX-Redirect"]).path == "/accounts/login/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "referrer", "leads_to"),
    [
        ("get", "", "/f/alder/contacts/?q=ada"),
        ("post", "http://testserver/f/alder/imports/1/?x=1", "/f/alder/imports/1/?x=1"),
        ("post", "https://elsewhere.example/trap", "/"),
        ("post", "", "/"),
    ],
)
def test_after_the_log_in_comes_a_page_that_can_be_read(
    alice: Person, method: str, referrer: str, leads_to: str
) -> None:
    answer = getattr(Client(), method)(alice.url("contacts/?q=ada"), headers={"Referer": referrer})
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == [leads_to]


@pytest.mark.django_db
def test_a_form_that_is_too_old_says_so(alice: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user)
    answer = client.post(alice.url("contacts/new"), headers={"HX-Request": "true"})
    assert answer.status_code == 403 and "too old" in answer.headers["Fairlead-Effects"]
    assert b"too old" in client.post(alice.url("contacts/new")).content


@pytest.mark.django_db
def test_what_the_commit_refuses_is_no_broken_server(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are checked at the commit: a colleague may have deleted what the view had still found."""

    @contextmanager
    def refused(firm_id: UUID) -> Iterator[None]:
        with firm_context(firm_id):
            yield
        raise IntegrityError("violates foreign key constraint")

    key = alice.inside(lambda: create_key({"name": "Script"}, by=alice.actor)[1])()
    monkeypatch.setattr(middleware, "firm_context", refused)
    told = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {key}"})
    assert (told.status_code, told.json()["code"]) == (409, "conflict")
    assert told.headers["Content-Type"] == "application/problem+json"
    page = alice.client().get(alice.url("contacts/"))
    assert page.status_code == 409
    assert "Somebody changed something of this at the same moment" in page.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_is_a_page_too(alice: Person, bob: Person) -> None:
    button = alice.url(f"settings/members/{bob.membership.pk}/reactivate/")
    page = alice.client().get(button)
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "only takes what a form sends" in page.content.decode() and 'href="/"' in page.content.decode()
    assert alice.client().get(button, headers={"HX-Request": "true"}).content == b""


@pytest.mark.django_db
def test_who_asks_too_often_gets_a_page_of_ours() -> None:
    cache.clear()
    client, address = Client(), "/accounts/password/reset/"
    answers = [client.post(address, {"email": f"nobody{i}@alder.example"}) for i in range(21)]
    assert [a.status_code for a in answers] == [302] * 20 + [429]
    assert "Too many tries" in answers[-1].content.decode() and 'href="/"' in answers[-1].content.decode()
    part = client.post(address, {"email": "nobody@alder.example"}, headers={"HX-Request": "true"})
    assert part.status_code == 429 and "Wait a few minutes" in part.headers["Fairlead-Effects"]
    cache.clear()


@pytest.mark.parametrize("path", ["/", "/health", "/api/v1/me", "/nothing", "/accounts/login/"])
def test_a_strange_host_name_is_refused_and_no_failure_of_ours(path: str) -> None:
    answer = Client(headers={"Host": "strange.example"}).get(path)
    assert answer.status_code == 400 and b"FAIRLEAD_HOSTS" in answer.content
