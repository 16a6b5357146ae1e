"""What an open page asks other rooms for: a stream of what changed, and texts to insert behind a #."""

from collections.abc import Callable

from django.http import HttpRequest

_source: Callable[[HttpRequest], str] = lambda request: ""  # noqa: E731 - the default source

_inserts: Callable[[HttpRequest], str] = lambda request: ""  # noqa: E731 - the default source


def set_address_source(source: Callable[[HttpRequest], str]) -> None:
    """Plug in the function that returns the stream's address for a page, "" for none."""
    global _source
    _source = source


def address_of(request: HttpRequest) -> str:
    """Return the address of the stream for this page."""
    return _source(request)


def set_inserts_source(source: Callable[[HttpRequest], str]) -> None:
    """Plug in the function that returns where texts to insert are asked for, with a slash at its end."""
    global _inserts
    _inserts = source


def inserts_of(request: HttpRequest) -> str:
    """Return where text boxes of this page ask for texts to insert."""
    return _inserts(request)
