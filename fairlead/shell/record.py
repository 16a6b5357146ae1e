"""The record page: facts left, timeline in the middle, panels right. See docs/building-pages.md, "Record page"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from .lists import Action, Option
from .panels import panels_for
from .registry import May, Registry


@dataclass(frozen=True)
class Fact:
    """One field of a record.

    `url` answers GET with its form or, with `?view=1`, as it is shown; POST saves it. "" makes it read-only.
    """

    name: str
    label: str
    shown: SafeString | str = ""
    url: str = ""
    help: str = ""


@dataclass(frozen=True)
class FactGroup:
    """Facts under one heading; those that are folded away at first say so."""

    key: str
    label: str
    facts: Sequence[Fact]
    folded: bool = False


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the record first: their value, yours as shown, and yours as it would be posted again."""

    fact: Fact
    version: int
    theirs: SafeString | str
    yours: SafeString | str
    yours_posted: Sequence[tuple[str, str]]
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. `head` says who did what; `body` is the text; `details` opens on demand."""

    id: str
    at: datetime
    head: SafeString | str
    icon: str = "point"
    color: str = "slate"
    body: SafeString | str = ""
    details: SafeString | str = ""
    pinned: bool = False
    actions: Sequence[Action] = ()
    pin_url: str = ""


@dataclass(frozen=True)
class Kind:
    """A filter of the timeline."""

    key: str
    label: str


@dataclass(frozen=True)
class Timeline:
    """A stretch of a timeline, newest first, pinned ones apart. `next_url` loads the next stretch."""

    url: str
    entries: Sequence[Entry] = ()
    pinned: Sequence[Entry] = ()
    kinds: Sequence[Kind] = ()
    kind: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class DrawnPanel:
    """A panel with its body, or the address that it is fetched from."""

    key: str
    title: str
    icon: str
    body: SafeString | str = ""
    url: str = ""


@dataclass(frozen=True)
class Tag:
    """A tag, and what it says when pressed: what it means, who set it and when; `url` lists all that have it."""

    label: str
    color: str = "slate"
    about: str = ""
    who: str = ""
    when: datetime | None = None
    url: str = ""


@dataclass(frozen=True)
class RecordPage:
    """All that the record template draws. `version` is the entity tag of the record."""

    title: str
    url: str
    version: int
    list_url: str
    list_label: str
    groups: Sequence[FactGroup]
    subtitle: str = ""
    picture_url: str = ""
    picture_edit_url: str = ""
    square: bool = False
    badges: Sequence[Option] = ()
    tags: Sequence[Tag] = ()
    tags_url: str = ""
    completeness: int | None = None
    actions: Sequence[Action] = ()
    more: Sequence[Action] = ()
    timeline_url: str = ""
    composers: Sequence["DrawnComposer"] = ()
    panels: Sequence[DrawnPanel] = ()
    notice: SafeString | str = ""


@dataclass(frozen=True)
class Composer:
    """A way to add to the timeline of one `noun` (write a note). `render` returns its form."""

    key: str
    noun: str
    label: str
    icon: str
    render: Callable[[HttpRequest, Any], SafeString]
    order: int = 100
    permission: str = ""


@dataclass(frozen=True)
class DrawnComposer:
    """A composer with its form."""

    key: str
    label: str
    icon: str
    body: SafeString


composers: Registry[Composer] = Registry()


def draw_composers(request: HttpRequest, noun: str, record: Any, may: May) -> list[DrawnComposer]:
    """Return the composers of `noun` that the viewer may use, with their forms."""
    found = [composer for composer in composers.open_to(may) if composer.noun == noun]
    return [DrawnComposer(c.key, c.label, c.icon, c.render(request, record)) for c in found]


def draw_panels(request: HttpRequest, noun: str, record: Any, may: May, url: str) -> list[DrawnPanel]:
    """Return the panels of `noun`; a lazy one is fetched from `{url}panels/{key}`."""
    return [
        DrawnPanel(p.key, p.title, p.icon, url=f"{url}panels/{p.key}")
        if p.lazy
        else DrawnPanel(p.key, p.title, p.icon, p.render(request, record))
        for p in panels_for(noun, may)
    ]
