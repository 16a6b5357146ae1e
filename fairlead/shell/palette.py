"""The command palette (Ctrl+K): navigation and quick-add are in it by themselves, rooms add commands and search.

A search source answers `GET ?q=…` with JSON:
`{"groups": [{"label": "Contacts", "items": [{"title": …, "subtitle": …, "url": …, "icon": …}]}], "all_url": …}`;
`title` may carry the found part as `[start, end]` pairs in `marks`.
"""

from dataclasses import dataclass

from .navigation import Scope
from .registry import Registry


@dataclass(frozen=True)
class Command:
    """Something to do that is not a page of the navigation. `keywords` are further words that find it."""

    key: str
    label: str
    icon: str
    url_name: str
    order: int = 100
    permission: str = ""
    dialog: bool = False
    keywords: str = ""
    scope: Scope = "firm"


@dataclass(frozen=True)
class SearchSource:
    """The endpoint that finds records while somebody types. The first one in order is used."""

    key: str
    url_name: str
    order: int = 100
    permission: str = ""
    placeholder: str = "Search"


commands: Registry[Command] = Registry()
search_sources: Registry[SearchSource] = Registry()
