"""The left navigation, by job to be done. Rooms register sections and items; the frame draws them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.urls import reverse

from .registry import Registry

Scope = Literal["firm", "site"]


@lru_cache(maxsize=4_000)
def href(url_name: str, firm: str, scope: Scope = "firm") -> str:
    """Return the address of a page: in the firm with slug `firm`, or of the whole site."""
    return reverse(url_name, kwargs={"firm": firm} if scope == "firm" else None)


@dataclass(frozen=True)
class Section:
    """A heading of the navigation; an empty label draws none."""

    key: str
    label: str
    order: int = 100
    permission: str = ""


@dataclass(frozen=True)
class Item:
    """One page in the navigation. `icon` is a Tabler icon; `shortcut` is typed after `g`, as in "c" for g c.

    It is current on every page below its own address, or below that of the page called `root`.
    """

    key: str
    label: str
    icon: str
    url_name: str
    section: str
    order: int = 100
    permission: str = ""
    shortcut: str = ""
    root: str = ""


@dataclass(frozen=True)
class UserItem:
    """One line of the user menu. With `post` it is a form (logging out changes something)."""

    key: str
    label: str
    icon: str
    url_name: str
    order: int = 100
    permission: str = ""
    scope: Scope = "firm"
    post: bool = False


sections: Registry[Section] = Registry()
items: Registry[Item] = Registry()
settings_items: Registry[Item] = Registry()  # the pages of `shell/settings.html`; `section` is a heading there
user_items: Registry[UserItem] = Registry()

# Jobs to be done; a room adds its pages to one of these, or a section of its own.
for _section in (
    Section("start", "", order=0),
    Section("clients", "Clients", order=10),
    Section("sales", "Sales", order=20),
    Section("work", "Work", order=30),
    Section("audience", "Audience", order=40),
    Section("firm", "Firm", order=90),
):
    sections.register(_section)
