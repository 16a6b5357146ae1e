"""The frame: what it shows of the registries, and to whom."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from fairlead.shell import frame as frames
from fairlead.shell import navigation
from fairlead.shell.frame import Frame, Viewer
from fairlead.shell.navigation import Item


@pytest.fixture
def plugs() -> Iterator[None]:
    """Three items: one for all, one behind a permission, one whose page is not mounted."""
    keys = ["t.gallery", "t.list", "t.gone"]
    navigation.items.register(_Site("t.gallery", "Gallery", "users", "gallery", "clients"))
    navigation.items.register(_Site("t.list", "List", "users", "gallery-list", "clients", permission="t.see"))
    navigation.items.register(_Site("t.gone", "Gone", "users", "not-there", "clients"))
    yield
    for key in keys:
        navigation.items.unregister(key)


class _Site(Item):
    """An item outside every firm: the gallery is."""

    scope = "site"


def labels(path: str, *permissions: str) -> list[tuple[str, bool]]:
    request = RequestFactory().get(path)
    made = Frame(request)
    made.viewer = Viewer("Alice Ash", "alice@alder.example", "Alder", "alder", lambda name: name in permissions)
    lines = [line for section in made.nav for line in section.lines if line.plug.key.startswith("t.")]
    return [(line.plug.label, line.current) for line in lines]


def test_items_need_their_permission_and_a_page(plugs: None) -> None:
    assert labels("/elsewhere/") == [("Gallery", False)]
    assert labels("/elsewhere/", "t.see") == [("Gallery", False), ("List", False)]


def test_the_longest_matching_address_is_current(plugs: None) -> None:
    assert labels("/shell/gallery/list/empty/", "t.see") == [("Gallery", False), ("List", True)]


def test_nobody_sees_no_navigation(plugs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_viewer_source", lambda request: None)
    made = Frame(RequestFactory().get("/"))
    assert made.nav == [] and made.quick_add == [] and made.search is None


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', "auto")])
def test_the_theme_is_one_of_three(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert Frame(request).theme == theme
