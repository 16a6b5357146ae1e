"""Calling the API as somebody, in tests."""

import json
import secrets
from typing import Any

from django.http import HttpResponse
from django.test import Client

from fairlead.accounts.admission import hash_secret
from fairlead.accounts.models import ApiKey
from fairlead.accounts.tests.cast import Person
from fairlead.tenancy.public import firm_context


class Api:
    """A caller with an API key of `person` (and with `scopes`, when given)."""

    def __init__(self, person: Person, scopes: tuple[str, ...] = ()) -> None:
        secret = secrets.token_hex(32)
        self.client = Client()
        self.token = f"flk_{person.firm.id.hex}_{secret}"
        with firm_context(person.firm.id):
            self.key = ApiKey.objects.create(
                name="test", membership=person.membership, hint=secret[-4:], secret_hash=hash_secret(secret),
                scopes=list(scopes),
            )  # fmt: skip

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send a request; `path` is relative to /api/v1/ or whole; header names take underscores."""
        url = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        sent = {"Authorization": f"Bearer {self.token}"} | {n.replace("_", "-"): v for n, v in headers.items()}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = sent.pop("Content-Type", "application/json")
        return self.client.generic(method, url, data, content_type=kind, headers=sent)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.call("DELETE", path, **headers)


def problem(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """Return the problem document of a failed request, after checking its form (RFC 9457)."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "code"} <= set(found)
    assert (found["status"], found["code"]) == (status, code), found
    return found
