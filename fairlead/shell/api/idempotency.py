"""The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header): a repeated request is answered, not repeated.

The protocol is here; where answers are kept is plugged in by a room that may have tables.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from fairlead.kernel.errors import Conflict, InvalidInput

HEADER = "Idempotency-Key"
MAX_LENGTH = 255
KEPT_HEADERS = ("Location", "ETag", "Content-Type")
METHODS = {"POST", "PATCH"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer and the fingerprint of the request it belongs to."""

    fingerprint: str
    status: int
    headers: dict[str, str]
    body: bytes


class Store(Protocol):
    """Keeps answers a firm and caller; runs inside the request's transaction."""

    def claim(self, actor: Any, key: str) -> bool:
        """Reserve the key until the transaction ends; False while another request holds it."""

    def find(self, actor: Any, key: str) -> Answer | None:
        """Return the kept answer, unless it has expired."""

    def keep(self, actor: Any, key: str, answer: Answer) -> None:
        """Keep an answer."""


_store: Store | None = None


def plug(store: Store) -> None:
    """Name the store; called once, when the program starts."""
    global _store
    _store = store


class Guard:
    """What `guarded` hands out: `replayed` is the kept answer, if there is one."""

    def __init__(self, request: Request, key: str | None, replayed: HttpResponse | None) -> None:
        self.request, self.key, self.replayed = request, key, replayed

    def keep(self, response: HttpResponseBase) -> None:
        """Keep the answer of a request that succeeded; failures changed nothing and may be tried again."""
        if self.key is None or _store is None or not isinstance(response, HttpResponse):
            return
        body = _body(self.request, response)
        headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
        if isinstance(response, Response):  # it gets its type when it is rendered, which is later
            headers["Content-Type"] = self.request.accepted_renderer.media_type
        answer = Answer(fingerprint(self.request), response.status_code, headers, body)
        _store.keep(_actor(self.request), self.key, answer)


@contextmanager
def guarded(request: Request) -> Iterator[Guard]:
    """Look the key up. Raises `Conflict` while its first request runs, `InvalidInput` for another request's key."""
    key = request.headers.get(HEADER)
    if key is None or request.method not in METHODS or _store is None:
        yield Guard(request, None, None)
        return
    if not 1 <= len(key) <= MAX_LENGTH or not key.isascii() or not key.isprintable():
        raise InvalidInput({f"{HEADER}:": [f"Use 1 to {MAX_LENGTH} printable ASCII characters."]})
    if not _store.claim(_actor(request), key):
        raise Conflict("The first request with this Idempotency-Key is still running.", code="in_flight")
    found = _store.find(_actor(request), key)
    if found is not None and found.fingerprint != fingerprint(request):
        raise InvalidInput({f"{HEADER}:": ["This key was used for another request."]}, code="key_reused")
    yield Guard(request, key, _replay(found) if found else None)


def fingerprint(request: Request) -> str:
    """Return the SHA-256 of method, address and body; of a form, its values and its files' content."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if (request.content_type or "").startswith("multipart/"):
        for name, values in sorted(request.POST.lists()):
            digest.update(repr((name, values)).encode())
        for name, file in sorted(request.FILES.items()):
            digest.update(f"{name}\n".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    else:
        digest.update(request._request.body)
    return digest.hexdigest()


def _actor(request: Request) -> Any:
    return request._request.actor  # type: ignore[attr-defined]


def _body(request: Request, response: HttpResponse) -> bytes:
    if not isinstance(response, Response):
        return response.content
    renderer: Any = request.accepted_renderer
    return bytes(renderer.render(response.data))


def _replay(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response
