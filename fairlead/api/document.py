"""Building the OpenAPI 3.1 document of everything that is mounted."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse

import fairlead
from fairlead.api import kept
from fairlead.tenancy.public import declared

ABOUT = """Everything that Fairlead knows and does, over HTTP and JSON.

Send an API key as `Authorization: Bearer flk_…`, or the access token of an application (OAuth 2). Errors are problem
documents (RFC 9457). Lists come in pages: follow `next`. Writes take an `Idempotency-Key`, changes an `If-Match`."""


@lru_cache(maxsize=1)
def build() -> dict[str, Any]:
    """Return the document; it is the same for every firm and made once a process."""
    found = kept.read_or_make("openapi", _generated)
    found["info"] = {"title": "Fairlead", "version": fairlead.__version__, "description": ABOUT}
    found["servers"] = [{"url": settings.BASE_URL}]
    found["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "An API key, made under Settings, API keys."},
        "oauth2": _oauth2(),
    }
    found["security"] = [{"key": []}, {"oauth2": []}]
    for operations in found["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return found


def _generated() -> dict[str, Any]:
    """Go through every address: seconds of work, and as long as the program is the same it ends alike."""
    # Half a second to load, and few ask for the document.
    from drf_spectacular.generators import SchemaGenerator

    from fairlead.shell.api.schema import components

    generator: Any = SchemaGenerator(urlconf="fairlead.config.urls")  # type: ignore[no-untyped-call]
    found: dict[str, Any] = generator.get_schema(request=None, public=True)
    for kind, parts in components().items():
        found["components"].setdefault(kind, {}).update(parts)
    return found


def _oauth2() -> dict[str, Any]:
    """Return the scheme of applications that members let act for them; its scopes are the declared permissions."""
    at = {name: settings.BASE_URL + reverse(f"oauth_{name}") for name in ("authorize", "token")}
    flow = {"authorizationUrl": at["authorize"], "tokenUrl": at["token"], "refreshUrl": at["token"]}
    return {
        "type": "oauth2",
        "description": "An application acts for a member who agreed: authorization code with PKCE (S256).",
        "flows": {"authorizationCode": {**flow, "scopes": {p.name: p.label for p in declared()}}},
    }
