"""An application of its own, as tests play it: it asks, gets a code, and calls the API with what it got for it."""

import base64
import hashlib
import re
import secrets
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpResponse
from django.test import Client

from fairlead.accounts.tests.cast import Person
from fairlead.oauth.actions import applications
from fairlead.oauth.models import Application
from fairlead.tenancy.public import firm_context

BACK = "https://robin.example/back"
_TICKED = re.compile(r'<input type="checkbox" name="granted"\s+id="[^"]*"\s+value="([^"]*)"\s+checked')


class Robin:
    """A registered application and, once it was let, its tokens."""

    def __init__(self, owner: Person, **values: Any) -> None:
        given = {"name": "Robin", "redirect_uris": [BACK], **values}
        with firm_context(owner.firm.id):
            self.application, self.secret = applications.register_application(given, by=owner.actor)
        self.verifier = secrets.token_urlsafe(48)
        self.access = self.refresh = self.code = ""

    @property
    def client_id(self) -> str:
        return str(self.application.client_id)

    def asks(self, scopes: str = "contacts.view contacts.edit", **changes: Any) -> str:
        """Return the address that it sends the person to; a parameter that is None is left out."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query: dict[str, Any] = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": BACK, "scope": scopes,
            "state": "s t&te", "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256", **changes,
        }  # fmt: skip
        return f"/oauth/authorize?{urlencode({k: v for k, v in query.items() if v is not None})}"

    def agreed(
        self, person: Person, *args: Any, answer: str = "allow", without: Collection[str] = (), **changes: Any
    ) -> dict[str, str]:
        """Go where it asks, agree as the person to all but `without`, and return what came back in the address."""
        client = person.client()
        page = client.get(self.asks(*args, **changes))
        assert page.status_code == 302, page.status_code
        ticked = _TICKED.findall(client.get(page["Location"]).content.decode())
        back = client.post(
            page["Location"], {answer: "yes", "granted": [name for name in ticked if name not in without]}
        )
        assert back.status_code == 303, back.content
        assert back["Location"].startswith(changes.get("redirect_uri") or BACK)
        told = {name: values[0] for name, values in parse_qs(urlsplit(back["Location"]).query).items()}
        self.code = told.get("code", "")
        return told

    def post(self, path: str, data: dict[str, Any], *, secret: str | None = None) -> HttpResponse:
        """Call an endpoint of the protocol, with the secret in the header as RFC 6749, 2.3.1 wants it."""
        proof = self.secret if secret is None else secret
        if self.application.client_type == Application.Kind.PUBLIC:
            return Client().post(f"/oauth/{path}", {"client_id": self.client_id, **data})
        basic = base64.b64encode(f"{self.client_id}:{proof}".encode()).decode()
        return Client().post(f"/oauth/{path}", data, headers={"Authorization": f"Basic {basic}"})

    def exchange(self, **changes: Any) -> HttpResponse:
        """Exchange the code."""
        data = {"grant_type": "authorization_code", "code": self.code, "redirect_uri": BACK}
        return self._kept(self.post("token", {**data, "code_verifier": self.verifier, **changes}))

    def refreshed(self, token: str = "", **changes: Any) -> HttpResponse:
        """Exchange the refresh token, its own when none is given."""
        data = {"grant_type": "refresh_token", "refresh_token": token or self.refresh}
        return self._kept(self.post("token", {**data, **changes}))

    def connected(self, person: Person, *args: Any, **changes: Any) -> "Robin":
        """Come through all of it."""
        self.agreed(person, *args, **changes)
        assert self.exchange().status_code == 200
        return self

    def calls(self, path: str = "me", method: str = "get", **more: Any) -> HttpResponse:
        """Call the API with the access token."""
        client = Client(headers={"Authorization": f"Bearer {self.access}"})
        found: HttpResponse = getattr(client, method)(f"/api/v1/{path}", **more)
        return found

    def _kept(self, answer: HttpResponse) -> HttpResponse:
        if answer.status_code == 200:
            self.access, self.refresh = answer.json()["access_token"], answer.json()["refresh_token"]
        return answer
