"""What the page frame needs to know about a request. Accounts says who is looking; the registries say what is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch

from . import banners, bell, live, navigation, palette, progress, quick_add
from .registry import May


@dataclass(frozen=True)
class FirmLink:
    """A firm somebody belongs to, in the firm switcher."""

    name: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Viewer:
    """Who looks at the page, in which firm, and what they may do."""

    name: str
    email: str
    firm_name: str
    firm_slug: str
    may: May
    picture_url: str = ""
    firms: Sequence[FirmLink] = field(default_factory=tuple)
    language: str = "en"


_viewer_source: Callable[[HttpRequest], Viewer | None] = lambda request: None  # noqa: E731 - the default source


def set_viewer_source(source: Callable[[HttpRequest], Viewer | None]) -> None:
    """Plug in the function that says who looks at a page (None: nobody, draw no frame)."""
    global _viewer_source
    _viewer_source = source


@dataclass(frozen=True)
class Line:
    """A registered plug with its address in this firm."""

    plug: Any
    url: str
    current: bool = False
    root: str = ""


@dataclass(frozen=True)
class NavSection:
    """A section of the navigation with the items that the viewer may open."""

    label: str
    key: str
    lines: Sequence[Line]


class Frame:
    """Computed when the template asks: a page part that htmx fetches pays nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def viewer(self) -> Viewer | None:
        """Who is looking, or None on public pages."""
        return _viewer_source(self.request)

    def _may(self, permission: str) -> bool:
        return self.viewer is not None and self.viewer.may(permission)

    def _lines(self, plugs: Sequence[Any]) -> list[Line]:
        if self.viewer is None:
            return []
        lines = []
        for plug in plugs:
            firm, scope = self.viewer.firm_slug, getattr(plug, "scope", "firm")
            try:
                url = navigation.href(plug.url_name, firm, scope)
                root = navigation.href(getattr(plug, "root", "") or plug.url_name, firm, scope)
            except NoReverseMatch:
                continue  # the room's pages are not mounted in this installation
            lines.append(Line(plug, url, root=root))
        return lines

    def _with_current(self, lines: Sequence[Line]) -> list[Line]:
        """Mark the line whose address is the longest that the page lies below."""
        under = [line.root for line in lines if self.request.path.startswith(line.root)]
        here = max(under, key=len, default="")
        return [replace(line, current=line.root == here) for line in lines]

    @cached_property
    def nav(self) -> list[NavSection]:
        """Sections with their items."""
        lines = self._lines(navigation.items.open_to(self._may))
        lines = self._with_current(lines)
        sections = (
            NavSection(section.label, section.key, [line for line in lines if line.plug.section == section.key])
            for section in navigation.sections.open_to(self._may)
        )
        return [section for section in sections if section.lines]

    @cached_property
    def settings(self) -> list[NavSection]:
        """The settings pages that the viewer may open, under their headings."""
        lines = self._with_current(self.settings_pages)
        headings = dict.fromkeys(line.plug.section for line in lines)
        return [NavSection(h, h, [line for line in lines if line.plug.section == h]) for h in headings]

    @property
    def settings_here(self) -> str:
        """What the page among them is called that is being looked at."""
        lines = (line for section in self.settings for line in section.lines)
        return next((line.plug.label for line in lines if line.current), "Settings")

    @cached_property
    def settings_pages(self) -> list[Line]:
        """The same in one row, as the palette offers them on every page."""
        return self._lines(navigation.settings_items.open_to(self._may))

    @cached_property
    def user_menu(self) -> list[Line]:
        """Lines of the user menu."""
        return self._lines(navigation.user_items.open_to(self._may))

    @cached_property
    def quick_add(self) -> list[Line]:
        """Lines of the "New" menu."""
        return self._lines(quick_add.entries.open_to(self._may))

    @cached_property
    def commands(self) -> list[Line]:
        """Lines that only the palette shows."""
        return self._lines(palette.commands.open_to(self._may))

    @cached_property
    def search(self) -> Line | None:
        """Where the palette searches."""
        return next(iter(self._lines(palette.search_sources.open_to(self._may))), None)

    @cached_property
    def jobs(self) -> Line | None:
        """Where the job widget reads."""
        return next(iter(self._lines(progress.sources.open_to(self._may))), None)

    @cached_property
    def banners(self) -> list[banners.Banner]:
        """Banners to show above this page."""
        found = (source.banner(self.request) for source in banners.sources.open_to(self._may))
        return [banner for banner in found if banner is not None]

    @cached_property
    def bell(self) -> bell.Bell | None:
        """What the bell shows."""
        return bell.bell_of(self.request)

    @cached_property
    def live(self) -> str:
        """Where the page hears that something changed, "" for nowhere."""
        return live.address_of(self.request)

    @cached_property
    def inserts(self) -> str:
        """Where text boxes ask for texts behind a #, "" for nowhere."""
        return live.inserts_of(self.request)

    @property
    def nav_key(self) -> str:
        """All that the navigation is drawn from: the name under which its drawing is kept."""
        lines = [line for section in self.nav for line in section.lines]
        firms = [part for f in self._seen().firms for part in (f.name, f.url, f.current)]
        return _key(self._seen().firm_name, self.nav_small, *firms, *_parts(lines))

    @property
    def menus_key(self) -> str:
        """The same of the menus of the top bar."""
        viewer = self._seen()
        return _key(viewer.name, viewer.email, self.theme, *_parts(self.quick_add), *_parts(self.user_menu))

    @property
    def palette_key(self) -> str:
        """The same of the command palette."""
        nav = [line for section in self.nav for line in section.lines]
        search = [self.search] if self.search else []
        shown = (search, nav, self.quick_add, self.commands, self.user_menu, self.settings_pages)
        return _key(*(part for lines in shown for part in _parts(lines)))

    def _seen(self) -> Viewer:
        return self.viewer or Viewer("", "", "", "", may=lambda permission: False)

    @property
    def theme(self) -> str:
        """The chosen theme: light, dark, or auto (the system's)."""
        theme = self.request.COOKIES.get("theme", "auto")
        return theme if theme in ("light", "dark") else "auto"

    @property
    def nav_small(self) -> bool:
        """Whether the navigation is folded to icons."""
        return self.request.COOKIES.get("nav") == "small"


def _parts(lines: Sequence[Line]) -> list[str]:
    return [f"{line.plug.key} {line.url} {line.current}" for line in lines]


def _key(*parts: object) -> str:
    return "\x1f".join(map(str, parts))


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
