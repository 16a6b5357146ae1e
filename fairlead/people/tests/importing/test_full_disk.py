"""A disk that is full, a database that is away: said in words on pages, in parts of them and over the API."""

import errno
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import File
from django.db import OperationalError
from psycopg.errors import AdminShutdown, DiskFull

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.people import access
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
FULL = "The server's disk is full"


def table() -> BytesIO:
    found = BytesIO(b"First name,Last name\nAda,Ash\n" * 1000)
    found.name = "people.csv"
    return found


def kept_files(person: Person) -> set[Path]:
    folder = Path(settings.MEDIA_ROOT) / "firms" / str(person.firm.id)
    return {found for found in folder.rglob("*") if found.is_file()}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file end where there is no room for the rest."""
    chunks = File.chunks

    def some(file: "File[Any]", size: int | None = None) -> Iterator[bytes]:
        yield next(iter(chunks(file, 100)))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(File, "chunks", some)


@pytest.mark.usefixtures("full_disk")
def test_a_file_that_finds_no_room_leaves_nothing_and_is_told(alice: Person, charlie: Person) -> None:
    before, api, client = kept_files(alice), Api(alice), alice.client()
    api.client.raise_request_exception = client.raise_request_exception = False
    answer = api.client.post(
        "/api/v1/imports", {"noun": "contacts", "file": table()}, headers={"Authorization": f"Bearer {api.token}"}
    )
    assert FULL in problem(answer, 507, "no_room")["detail"]
    page = client.post(alice.url("contacts/import/"), {"file": table()})
    assert page.status_code == 507 and "The disk is full" in page.content.decode() and FULL in _words(page)
    assert kept_files(alice) == before
    with firm_context(alice.firm.id):
        assert not ImportRun.rows().exists()


def _words(page: Any) -> str:
    return str(page.content.decode()).replace("&#x27;", "'")


def refusing(cause: Exception) -> Callable[..., Any]:
    def refuse(*given: Any, **more: Any) -> Any:
        raise OperationalError(str(cause)) from cause

    return refuse


@pytest.mark.parametrize(
    ("cause", "status", "code", "words"),
    [(DiskFull("could not extend file"), 507, "no_room", FULL),
     (AdminShutdown("terminating connection"), 503, "busy", "Try again shortly")],
)  # fmt: skip
def test_what_the_database_cannot_do_is_told_everywhere(
    alice: Person, monkeypatch: pytest.MonkeyPatch, cause: Exception, status: int, code: str, words: str
) -> None:
    monkeypatch.setattr(access, "tags", refusing(cause))
    api, client = Api(alice), alice.client()
    api.client.raise_request_exception = client.raise_request_exception = False
    answer = api.get("tags")
    assert words in problem(answer, status, code)["detail"]
    assert answer.headers.get("Retry-After") == ("1" if status == 503 else None)
    page = client.get(alice.url("tags/"))
    assert page.status_code == status and words in _words(page)
    part = client.get(alice.url("tags/"), headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (status, b"")
    assert words in json.loads(part.headers["Fairlead-Effects"])["toast"]["text"]


def test_an_error_of_ours_is_still_one(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "tags", lambda *_, **__: 1 / 0)
    client = alice.client()
    client.raise_request_exception = False
    page = client.get(alice.url("tags/"))
    assert page.status_code == 500 and "Something broke on our side" in page.content.decode()
