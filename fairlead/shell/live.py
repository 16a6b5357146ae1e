"""Where an open page hears that something changed: the address of a stream of server-sent events."""

from collections.abc import Callable

from django.http import HttpRequest

_source: Callable[[HttpRequest], str] = lambda request: ""  # noqa: E731 - the default source


def set_address_source(source: Callable[[HttpRequest], str]) -> None:
    """Plug in the function that returns the stream's address for a page, "" for none."""
    global _source
    _source = source


def address_of(request: HttpRequest) -> str:
    """Return the address of the stream for this page."""
    return _source(request)
