"""What responses ask of the page."""

import json

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from fairlead.shell.middleware import CompressionMiddleware, PartsMiddleware
from fairlead.shell.responses import add_toast, done, is_partial, refresh_part


def post(htmx: bool) -> HttpRequest:
    request = RequestFactory().post("/x/", headers={"HX-Request": "true"} if htmx else {})
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def effects(response: HttpResponse) -> dict[str, object]:
    return dict(json.loads(response.headers["Fairlead-Effects"]))


def test_effects_add_up_and_stay_latin() -> None:
    response = HttpResponse()
    add_toast(response, "Gespeichert – 例", undo_url="/undo/")
    refresh_part(response, "list", "timeline")
    assert effects(response) == {
        "toast": {"text": "Gespeichert – 例", "kind": "success", "undo": "/undo/"},
        "refresh": ["list", "timeline"],
    }
    assert response.headers["Fairlead-Effects"].isascii()


def test_done_closes_the_dialog_under_htmx() -> None:
    response = done(post(htmx=True), "Saved.", refresh=("list",))
    assert response.status_code == 204
    assert effects(response)["close"] is True and effects(response)["refresh"] == ["list"]


def test_done_with_a_place_goes_there_either_way() -> None:
    plain, partial = done(post(htmx=False), "Saved.", to="/c/1/"), done(post(htmx=True), "Saved.", to="/c/1/")
    assert (plain.status_code, plain.headers["Location"]) == (302, "/c/1/")
    assert (partial.status_code, partial.headers["HX-Redirect"]) == (204, "/c/1/")


def test_undo_travels_with_the_message() -> None:
    request = post(htmx=False)
    done(request, "Deleted.", to="/c/", undo_url="/c/1/restore/")
    assert [message.extra_tags for message in get_messages(request)] == ["undo:/c/1/restore/"]


def test_a_part_is_asked_for_by_htmx_only() -> None:
    assert is_partial(post(htmx=True)) and not is_partial(post(htmx=False))
    whole = RequestFactory().get("/", headers={"HX-Request": "true", "HX-Request-Type": "full"})
    assert not is_partial(whole)


@pytest.mark.parametrize(("htmx", "kept"), [(True, "no-store"), (False, None)])
def test_a_part_of_a_page_is_not_kept_for_who_goes_back_to_its_address(htmx: bool, kept: str | None) -> None:
    answer = PartsMiddleware(lambda request: HttpResponse("…"))(post(htmx))
    assert answer.headers.get("Cache-Control") == kept


@pytest.mark.parametrize(
    ("path", "kind", "compressed"),
    [
        ("/f/harbour/contacts/", "text/html; charset=utf-8", True),
        ("/f/harbour/records/contact/fields.json", "application/json", True),
        ("/f/harbour/contacts/picture", "image/webp", False),
        ("/api/v1/contacts", "application/json", False),
    ],
)
def test_pages_are_compressed_and_the_etags_of_the_api_stay_strong(path: str, kind: str, compressed: bool) -> None:
    answer = HttpResponse("a contact, " * 100, content_type=kind, headers={"ETag": '"5"'})
    request = RequestFactory().get(path, headers={"Accept-Encoding": "gzip, br"})
    sent = CompressionMiddleware(lambda _: answer)(request)
    assert sent.headers.get("Content-Encoding") == ("gzip" if compressed else None)
    assert sent.headers["ETag"] == ('W/"5"' if compressed else '"5"')
    plain = CompressionMiddleware(lambda _: HttpResponse("a contact, " * 100))(RequestFactory().get(path))
    assert "Content-Encoding" not in plain.headers
