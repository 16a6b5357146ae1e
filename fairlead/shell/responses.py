"""What a view adds to an htmx response: a toast, closing the dialog, going elsewhere, refreshing a part."""

import json
from typing import Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page (not for the whole of it)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def _effects(response: HttpResponseBase) -> dict[str, object]:
    effects: dict[str, object] = json.loads(response.headers.get("Fairlead-Effects", "{}"))
    return effects


def _add_effect(response: HttpResponseBase, name: str, value: object) -> None:
    # ensure_ascii keeps the header latin-1 safe whatever language the text is in.
    response.headers["Fairlead-Effects"] = json.dumps({**_effects(response), name: value})


def add_toast(
    response: HttpResponseBase,
    text: str,
    *,
    kind: Literal["success", "error"] = "success",
    undo_url: str = "",
    link: tuple[str, str] | None = None,
) -> None:
    """Show `text` at the corner; with `undo_url` it offers Undo, which posts there, `link` opens in another tab."""
    toast: dict[str, object] = {"text": text, "kind": kind, "undo": undo_url}
    _add_effect(response, "toast", toast | ({"link": link} if link else {}))


def close_dialog(response: HttpResponseBase) -> None:
    """Close the dialog or drawer that the request came from."""
    _add_effect(response, "close", True)


def refresh_part(response: HttpResponseBase, *names: str) -> None:
    """Make every element with `hx-trigger="refresh:<name> from:body"` fetch itself again."""
    _add_effect(response, "refresh", list(names))


def refused(status: int, text: str, *, link: tuple[str, str] | None = None) -> HttpResponse:
    """Answer htmx that something was not done: the page stays as it is, a toast says why."""
    response = HttpResponse(status=status, headers={"HX-Reswap": "none"})
    add_toast(response, text, kind="error", link=link)
    return response


def go(request: HttpRequest, to: str) -> HttpResponse:
    """Send the browser to `to`, with and without htmx."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(to)
    return HttpResponse(status=204, headers={"HX-Redirect": to})


def done(
    request: HttpRequest, text: str, *, to: str = "", refresh: tuple[str, ...] = (), undo_url: str = ""
) -> HttpResponse:
    """Answer a form that succeeded: htmx closes the dialog, refreshes the named parts and shows a toast.

    With `to` the browser goes there, with and without htmx, and the toast appears on that page.
    """
    if to:
        messages.success(request, text, extra_tags=f"undo:{undo_url}" if undo_url else "")
        return go(request, to)
    response = HttpResponse(status=204)
    add_toast(response, text, undo_url=undo_url)
    close_dialog(response)
    refresh_part(response, *refresh)
    return response
