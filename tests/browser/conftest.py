"""Real Chromium against a running server: `server`, `open_page`, `log_in`, `check_axe`, `shoot`.

The server is another thread with connections of its own, so what a test makes is committed and taken away
afterwards. Screenshots go to `test-results/`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, expect, sync_playwright
from whitenoise.middleware import WhiteNoiseMiddleware

from fairlead.accounts.tests.cast import Person

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop on this thread
RESULTS = Path("test-results")
TALLEST = 4_000  # px: beyond it only the window is painted
PATIENCE = 40_000  # ms: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
Theme = Literal["light", "dark"]
Size = Literal["wide", "narrow"]
EVERY_FACE = [(size, theme) for size in SIZES for theme in ("light", "dark")]
# axe's rules for WCAG 2.1 A and AA, and what its authors count as good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Commit what the test makes; empty the firms and the logins afterwards, as the owner of the tables."""
    with django_db_blocker.unblock():
        yield
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE tenancy_firm, accounts_user, django_session CASCADE")
        connections["owner"].close()


@pytest.fixture(scope="session")
def server(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Return the address of a running Fairlead."""
    thread = LiveServerThread("127.0.0.1", _Handler, connections_override={})
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "127.0.0.1"]
    with django_db_blocker.unblock():
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


class _Handler(WhiteNoiseMiddleware):
    """WhiteNoise serves the static files inside Django; the live server needs no handler of its own."""

    def __new__(cls, application: Any) -> Any:
        return application


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one Chromium for the whole run."""
    path = os.environ.get("FAIRLEAD_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--force-color-profile=srgb"])
        yield browser
        browser.close()


@dataclass
class Face:
    """A page of the browser, and what went wrong on it: script errors, refused content, failed requests."""

    page: Page
    server: str
    troubles: list[str]
    name: str

    def go(self, path: str) -> Page:
        """Open a path of the server and wait until nothing loads any more."""
        self.page.goto(self.server + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def log_in(self, person: Person) -> None:
        """Be that person, without the log-in form."""
        client = Client()
        client.force_login(person.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.server}])

    def shoot(self, name: str, *, full: bool = False) -> Path:
        """Save a screenshot; its name carries the size and the theme."""
        path = RESULTS / f"{name}-{self.name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.screenshot(path=path, full_page=full and height < TALLEST, animations="disabled")
        return path

    def check(self, name: str = "") -> None:
        """Fail when axe finds something, something went wrong, or the page is wider than the screen."""
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
        lines = [f"{v['id']}: {v['help']}\n    " + "\n    ".join(_node(n) for n in v["nodes"][:4]) for v in found]
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            lines.append(f"The page is {wide} px wider than the screen.")
        lines += self.troubles
        if name:
            self.shoot(name, full=True)
        assert not lines, f"{self.page.url} ({self.name}):\n" + "\n".join(lines)


def _node(node: dict[str, Any]) -> str:
    return (
        f"{node['target']} {node['html'][:160]} {(node['any'] or node['all'] or [{'message': ''}])[0]['message'][:160]}"
    )


@pytest.fixture
def open_face(chromium: Browser, server: str) -> Iterator[Callable[..., Face]]:
    """Return a maker of faces: `open_face("narrow", "dark")`. Each has cookies of its own."""
    with ExitStack() as stack:

        def make(size: Size = "wide", theme: Theme = "light") -> Face:
            width, height = SIZES[size]
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme=theme,
                has_touch=size == "narrow",
                reduced_motion="reduce",
                accept_downloads=True,
            )
            context.set_default_timeout(PATIENCE)
            stack.callback(context.close)
            face = Face(context.new_page(), server, [], f"{size}-{theme}")
            face.page.on("pageerror", lambda error: face.troubles.append(f"Script error: {error}"))
            face.page.on("console", lambda message: _listen(face, message))
            return face

        yield make


def _listen(face: Face, message: Any) -> None:
    """Keep what the browser complains about; answers of 4xx are the page's business, refusals by the CSP are not."""
    if message.type == "error" and "status of 4" not in message.text:
        face.troubles.append(f"Console: {message.text}")


@pytest.fixture
def face(open_face: Callable[..., Face]) -> Face:
    """Return a wide, light page."""
    return open_face()
