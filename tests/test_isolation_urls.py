"""Nobody reaches another firm by any address: every URL, with every id of firm A, as a stranger.

Generated from the resolver and from the models: a new room is covered as soon as it is mounted. Absent and
not-yours must be told apart by nothing: same status, same body. The rows of all tables have the same id
(tests/isolation/samples.py), so an address that is asked for it is asked for every table's.
"""

import re
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client

from fairlead.accounts import admission
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from tests.isolation.addresses import UPLOAD, addresses
from tests.isolation.samples import MARK, MEMBERS, Ids, fill, fingerprint, mentions

pytestmark = pytest.mark.django_db
ALL = addresses()
PAGES = [a for a in ALL if a.in_firm]
ENDPOINTS = [a for a in ALL if a.is_api]
OPEN = {"api/v1/openapi.json", "api/v1/docs"}  # the reference tells of the API, never of a firm
_CHANGING = re.compile(rb'data-csrf="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}')


@pytest.fixture(autouse=True)
def no_limits(settings: Any) -> None:
    settings.API_LIMITS = {}
    cache.clear()


@pytest.fixture(autouse=True)
def unnoted_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal undoes everything, even when its caller was seen last, so that would be written every time."""
    monkeypatch.setattr(admission, "_seen", lambda membership: None)
    monkeypatch.setattr(admission, "_used", lambda key: None)


@pytest.fixture
def ids(alice: Person, bob: Person, charlie: Person) -> Ids:
    return fill(alice, bob)


def content(answer: HttpResponseBase) -> bytes:
    """Return the body without what changes from one answer to the next."""
    whole = b"".join(answer) if answer.streaming else answer.content
    return _CHANGING.sub(b"", whole)


def told(answer: HttpResponseBase) -> tuple[int, bytes]:
    return answer.status_code, content(answer)


def ask(client: Client, method: str, path: str) -> HttpResponseBase:
    return getattr(client, method)(path)


def test_every_address_is_known_to_this_test() -> None:
    counted = Counter("api" if a.is_api else "page" if a.in_firm else "site" for a in ALL)
    assert counted["page"] > 30
    assert counted["api"] > 30
    for address in ALL:
        address.path("alder")  # a parameter without a sample raises: add it to addresses.WORDS


def test_a_stranger_finds_no_page_of_the_firm(alice: Person, charlie: Person, ids: Ids) -> None:
    before, client = fingerprint(alice), charlie.client()
    absent = told(client.get("/f/no-such-firm/"))
    assert absent[0] == 404
    for address in PAGES:
        for method in ("get", "post"):
            assert told(ask(client, method, address.path("alder", ids["people_contact"]))) == absent, address
    assert fingerprint(alice) == before


def test_who_is_not_logged_in_is_asked_to(alice: Person, ids: Ids) -> None:
    before, client = fingerprint(alice), Client()
    for address in PAGES:
        for method in ("get", "post"):
            for firm in ("alder", "no-such-firm"):
                answer = ask(client, method, address.path(firm, ids["people_contact"]))
                assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/"), address
    for address in ENDPOINTS:
        if address.route in OPEN:
            continue
        for method in address.methods:
            answer = ask(client, method, address.path("alder", ids["people_contact"]))
            assert answer.status_code in (401, 404), address
            assert MARK.encode() not in content(answer)
    assert fingerprint(alice) == before


def test_an_id_of_the_firm_is_nothing_on_the_strangers_pages(alice: Person, charlie: Person, ids: Ids) -> None:
    before, client, leaks = fingerprint(alice), charlie.client(), []
    for address, method in [(a, m) for a in PAGES if a.has_ids for m in a.methods]:
        absent = told(ask(client, method, address.path("birch")))
        assert absent[0] in (404, 405, 422), (address, method)
        if absent[0] == 405:  # refused for its method before anybody looks at the id
            continue
        if told(ask(client, method, address.path("birch", ids[MEMBERS]))) != absent:
            leaks.append((address.route, method))
    assert leaks == []
    assert fingerprint(alice) == before
    assert mentions(charlie, ids) == []


def test_an_id_of_the_firm_is_nothing_to_the_strangers_key(alice: Person, charlie: Person, ids: Ids) -> None:
    before, api, leaks = fingerprint(alice), Api(charlie), []
    for address, method in [(a, m.upper()) for a in ENDPOINTS if a.has_ids for m in a.methods]:
        body = None if method in ("GET", "DELETE") else address.body({"accounts_membership": uuid4()})
        kind = {"Content_Type": "multipart/form-data; boundary=x"} if address.uploads and body is not None else {}
        body = UPLOAD if kind else body
        absent = told(api.call(method, address.path("birch"), body, **kind))
        assert absent[0] in (404, 422), (address, method)
        if told(api.call(method, address.path("birch", ids[MEMBERS]), body, **kind)) != absent:
            leaks.append((address.route, method))
    assert leaks == []
    assert fingerprint(alice) == before
    assert mentions(charlie, ids) == []


def test_an_id_of_the_firm_beside_an_own_one_is_refused(alice: Person, charlie: Person, ids: Ids) -> None:
    before, api, own = fingerprint(alice), Api(charlie), fill(charlie, charlie)
    for address, method in [(a, m.upper()) for a in ENDPOINTS if a.has_ids for m in a.methods]:
        if method not in ("GET", "DELETE"):
            api.call(method, address.path("birch", own[MEMBERS]), address.body(ids))
    assert mentions(charlie, ids) == []
    assert fingerprint(alice) == before


def test_an_id_of_the_firm_in_a_body_is_refused(alice: Person, charlie: Person, ids: Ids) -> None:
    before, api = fingerprint(alice), Api(charlie)
    for address in ENDPOINTS:
        if not address.has_ids and "post" in address.methods:
            body = address.body(ids)
            answer = api.post(address.path("birch"), body)
            assert MARK.encode() not in content(answer), address
    assert mentions(charlie, ids) == []
    assert fingerprint(alice) == before


def test_lists_of_the_stranger_hold_nothing_of_the_firm(alice: Person, charlie: Person, ids: Ids) -> None:
    client, api = charlie.client(), Api(charlie)
    for address in ALL:
        if not address.has_ids and address.route != "health":
            path = address.path("birch")
            answer = api.get(path) if address.is_api else client.get(path)
            assert MARK.encode() not in content(answer), address
            assert answer.status_code < 500, address


def test_the_sample_is_really_there(alice: Person, ids: Ids) -> None:
    """Without this, a sample that nobody can see would make every other test here pass."""
    client, api = alice.client(), Api(alice)
    for path in (
        f"/f/alder/contacts/{ids['people_contact']}/",
        "/f/alder/settings/teams/",
        "/f/alder/settings/members/",
    ):
        assert MARK.encode() in content(client.get(path)), path
    seen = Counter(bool(MARK.encode() in content(api.get(a.path("alder")))) for a in ENDPOINTS if not a.has_ids)
    assert seen[True] >= 8, seen


def test_a_key_that_names_another_firm_is_no_key(alice: Person, charlie: Person, ids: Ids) -> None:
    api = Api(charlie)
    api.token = api.token.replace(charlie.firm.id.hex, alice.firm.id.hex)
    for address in ENDPOINTS:
        if address.route not in OPEN and "get" in address.methods:
            assert api.get(address.path("birch", ids["people_contact"])).status_code in (401, 404), address
