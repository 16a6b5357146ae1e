"""Every address there is: what its parameters may be, what answers there, and which of them are no pages."""

import re

from django.test import Client
from django.urls import get_resolver

from fairlead.accounts.tests.cast import Person
from fairlead.kernel import clock
from tests.isolation.addresses import walk

from .firm import Furnished

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
# The whole reference of the API is a hundred times the same block: here is one of each method, more of them are looked
# at by strangers (test_every_page.py). A list of deals is behind one figure.
QUERIES = {
    f"{IN_FIRM}authorize/": "?response_type=code&client_id={client_id}&redirect_uri=https://robin.example/back"
    "&scope=contacts.view%20contacts.edit%20audit.view&code_challenge=a-challenge-is-forty-three-characters-long-&"
    "code_challenge_method=S256",
    f"{IN_FIRM}reference/": "?q=teams",
    f"{IN_FIRM}deals/analytics/<uuid:pipeline_id>/deals": "?measure=won",
}
PART, STEP = "a part of a page, looked at there", "leads on: there is nothing to see"
EXCUSED = {
    "": STEP,
    IN_FIRM: STEP,
    f"{IN_FIRM}settings/": STEP,
    "accounts/slug/": PART,
    "oauth/authorize": STEP,
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
    f"{IN_FIRM}imports/<uuid:run_id>/setup": STEP,
    f"{IN_FIRM}exports/<uuid:run_id>/": PART,
    f"{IN_FIRM}errands/<uuid:errand_id>/": PART,
    f"{IN_FIRM}bulk/": PART,
    f"{IN_FIRM}bulk/<uuid:run_id>/": PART,
    "feeds/tasks/<str:token>.ics": "a calendar",
    f"{IN_FIRM}notifications/newest": PART,
    f"{IN_FIRM}segments/<uuid:segment_id>/explain": PART,
    f"{IN_FIRM}segments/<uuid:segment_id>/size": PART,
    f"{IN_FIRM}activities/composer": PART,
    f"{IN_FIRM}deals/worth": PART,
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


def fill(route: str, firm: Furnished, person: Person) -> str:
    """Return the address with a sample for each parameter."""
    ids, place = firm.ids, route.removeprefix(IN_FIRM).split("/")[0]
    owner = OWNERS.get(route) or OWNERS.get(place, place)

    def sample(match: re.Match[str]) -> str:
        name = match[1]
        if name == "firm":
            return person.firm.slug
        if name == "name" and route.startswith("operator/outbox/"):
            return firm.mail
        if route == "shell/gallery/<str:name>.json":
            return "people"
        at, named = f"{place}/{name}", {"record_id": owner, "run_id": owner, "other_id": f"other_{owner}"}
        found = WORDS_AT.get(at) or WORDS.get(name) or ids.get(at) or ids.get(named.get(name, name))
        assert found, f"/{route}: add a sample of <{name}> to tests/browser/firm.py."
        return str(found)

    return "/" + PARAMETER.sub(sample, route) + QUERIES.get(route, "").format(**ids)


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
