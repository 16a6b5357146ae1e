"""The bell of the top bar: how many news there are, and where they are read."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Bell:
    """`count` unread ones ("99+" at most), the address of the list that opens, and of the count alone."""

    count: str
    list_url: str
    count_url: str


_source: Callable[[HttpRequest], Bell | None] = lambda request: None  # noqa: E731 - the default source


def set_bell_source(source: Callable[[HttpRequest], Bell | None]) -> None:
    """Plug in what the bell shows (None: no bell)."""
    global _source
    _source = source


def bell_of(request: HttpRequest) -> Bell | None:
    """Return the bell of who is looking."""
    return _source(request)
