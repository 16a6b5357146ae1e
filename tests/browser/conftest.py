"""Real Chromium against a running server: `server`, `open_face`, `face`.

The server is another thread with connections of its own, so what a test makes is committed and taken away
afterwards. Pictures of failures go to `test-results/`; with FAIRLEAD_SHOOT=1 those of every checked page.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, expect, sync_playwright
from psycopg.errors import DeadlockDetected
from whitenoise.middleware import WhiteNoiseMiddleware

from conftest import empty_tables
from fairlead.accounts.tests.cast import Person
from fairlead.sales.models import Pipeline

from .deals import sixteen_deals
from .faces import SIZES, Face, Size, Theme
from .live import live_process

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop on this thread
PATIENCE = 30_000  # ms: a machine on which other tests run may stand still for seconds
FIRST_PAGE = 60_000  # ms: the first of a run brings up every room and its templates
TRIES = 5
SWITCHES = ("--no-sandbox", "--force-color-profile=srgb", "--disable-gpu")
FACES: list[Face] = []  # those that are open
# Every window would load the popups of an address bar that nobody sees, pages of their own: most of what opening one
# costs. Chromium takes the last of two such lists, so what Playwright switches off stands here again.
SWITCHED_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay",
    "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Tell of a failure what the open pages showed: some happen on a machine whose pictures nobody sees."""
    report = yield
    if report.when == "call" and report.failed:
        report.sections += [("What a page showed", face.seen()) for face in FACES]
    return report


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Commit what the test makes; empty the tables afterwards."""
    with django_db_blocker.unblock():
        yield
        empty()


def empty() -> None:
    """Forget every firm, every login, and the jobs that wait for them."""
    for tries_left in reversed(range(TRIES)):
        try:
            empty_tables(waiting_for=["tenancy_firm", "accounts_user", "django_session"])
        except DeadlockDetected:  # with a request that is not over, though its page is closed
            if not tries_left:
                raise
        else:
            break


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


@pytest.fixture
def live(server: str, db: None) -> Iterator[int]:
    """Run the process of live events; return its port."""
    with live_process(server) as port:
        yield port


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one Chromium for the whole run."""
    path = os.environ.get("FAIRLEAD_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        # Where there is no graphics card, a processor that plays one costs a sixth of the whole run.
        browser = playwright.chromium.launch(
            executable_path=path, args=[*SWITCHES, f"--disable-features={','.join(SWITCHED_OFF)}"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def make_face(chromium: Browser, server: str) -> Callable[[ExitStack, Size, Theme], Face]:
    """Return a maker of faces that close with the given stack. Each has cookies of its own."""

    def make(stack: ExitStack, size: Size, theme: Theme) -> Face:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            has_touch=size == "narrow",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(FIRST_PAGE)
        face = Face(context.new_page(), server, f"{size}-{theme}")
        stack.callback(context.close)
        stack.callback(FACES.remove, face)
        FACES.append(face)
        return face

    return make


@pytest.fixture
def open_face(make_face: Callable[[ExitStack, Size, Theme], Face]) -> Iterator[Callable[..., Face]]:
    """Return a maker of faces: `open_face("narrow", "dark")`."""
    with ExitStack() as stack:
        yield lambda size="wide", theme="light": make_face(stack, size, theme)


@pytest.fixture
def face(open_face: Callable[..., Face]) -> Face:
    """Return a wide, light page."""
    return open_face()


@pytest.fixture
def pipeline(alice: Person, bob: Person) -> Pipeline:
    """Return a pipeline that is in use (see deals.py)."""
    return sixteen_deals(alice, bob)
