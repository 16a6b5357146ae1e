"""A page as somebody sees it: wide or narrow, light or dark; and whether axe, the console and the width are content."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from fairlead.accounts.tests.cast import Person

RESULTS = Path("test-results")
SHOOTING = bool(os.environ.get("FAIRLEAD_SHOOT"))
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
Theme = Literal["light", "dark"]
Size = Literal["wide", "narrow"]
EVERY_FACE: list[tuple[Size, Theme]] = [
    ("wide", "light"), ("wide", "dark"), ("narrow", "dark"), ("narrow", "light"),
]  # fmt: skip
# axe's rules for WCAG 2.1 A and AA, and what its authors count as good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# Parts that come after the page (timelines, panels, counts) show a skeleton until they are there; what would come
# next, when somebody scrolls on, shows one for as long as nobody does.
SETTLED = """() => document.readyState === "complete" && document.fonts.status === "loaded"
    && !document.querySelector(".htmx-request, [data-total] .skeleton-line")
    && ![...document.querySelectorAll("[hx-trigger*=load] .skeleton")].some((at) => !at.closest(".timeline-more"))"""
# Colours fade from one theme to the other, however quickly: half-way they contrast with nothing.
AT_REST = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    .then(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))"""
TALLEST = 2_400  # px: without a graphics card Chromium paints a long page for minutes
SHOWN = """() => [...document.querySelectorAll("dialog[open], #toasts, main")]
    .map((at) => `${at.localName}#${at.id}: ${at.innerText.slice(0, 600)}`).join("\\n")"""
EXTENT = """() => [innerWidth, document.querySelector("dialog[open]") ? innerHeight
    : Math.max(innerHeight, document.documentElement.scrollHeight)]"""
WIDER = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
# A frame is long without a graphics card: nothing moves or fades while a page is turned from face to face.
STILL = """() => { if (window.still) return; window.still = new CSSStyleSheet();
    still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]; }"""
# `preload` would fetch and parse every style sheet again, for a rule on locked orientation alone.
AXE = """async ([scope, only, looks]) => {
    judgeLooks(looks);
    const found = await axe.run(scope || document, {
        runOnly: only, resultTypes: ["violations"], preload: false,
    });
    return [soundLooks(), found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => ({
        target: node.target, html: node.html, message: [...node.any, ...node.all][0]?.message ?? "" })) }))];
}"""
LESS_OFTEN = (Path(__file__).parent / "contrast.js").read_text()
EVERYTHING = {"type": "tag", "values": RULES}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
SOUND: set[str] = set()  # the looks of texts that axe found sound: they are judged once in a run
ASKED: set[str] = set()  # how texts are made that axe could not tell of (one letter, say): worth no look of their own


@dataclass
class Face:
    """A page of the browser, and what went wrong on it: script errors, refused content, failed requests."""

    page: Page
    server: str
    name: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.troubles.append(f"Script error: {error}"))
        self.page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        """Keep what the browser complains about; an answer of 4xx is the page's business."""
        if message.type == "error" and "status of 4" not in message.text:
            self.troubles.append(f"Console: {message.text}")

    def seen(self) -> str:
        """Return where the page is, what it shows, and what went wrong on it."""
        try:
            shown = self.page.evaluate(SHOWN)
        except PlaywrightError as error:
            shown = f"It cannot be asked: {error}"
        return "\n".join([f"{self.page.url} ({self.name})", shown, *self.troubles])

    def go(self, path: str) -> Page:
        """Open a path of the server and wait until nothing loads any more."""
        self.page.goto(self.server + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page and the parts it fetches are there."""
        self.page.wait_for_function(SETTLED)

    def look(self, size: Size, theme: Theme) -> None:
        """Turn the loaded page into another size and theme, and wait until it has followed."""
        self.turn(size, theme)
        self.page.evaluate(AT_REST)

    def turn(self, size: Size, theme: Theme) -> bool:
        """Set a size and a theme without waiting; tell whether the size is another one than before."""
        width, height = SIZES[size]
        resized = self.page.viewport_size != {"width": width, "height": height}
        if resized:
            self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        self.name = f"{size}-{theme}"
        return resized

    def log_in(self, person: Person) -> None:
        """Be that person, without the log-in form."""
        client = Client()
        client.force_login(person.user)
        self.take_session(client)

    def take_session(self, client: Client) -> None:
        """Go on where a test client is."""
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.server}])

    def shoot(self, name: str) -> Path:
        """Save a picture of the page, down to `TALLEST`; its name carries the size and the theme."""
        path = RESULTS / f"{name}-{self.name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        width, height = self.page.evaluate(EXTENT)
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
        self.page.screenshot(path=path, full_page=True, clip=clip, animations="disabled")
        return path

    def problems(self, scope: str = "", only: dict[str, Any] = EVERYTHING) -> list[str]:
        """Return what is wrong with the page, or with the part of it that `scope` selects."""
        if self.page.evaluate("() => !window.axe"):
            self.page.evaluate(AXE_SCRIPT)
            self.page.evaluate(LESS_OFTEN)
        lines = [
            f"{v['id']}: {v['help']}\n    " + "\n    ".join(_node(n) for n in v["nodes"][:4])
            for v in self._found(scope, only)
        ]
        wide = self.page.evaluate(WIDER)
        if wide > 0:
            lines.append(f"The page is {wide} px wider than the screen.")
        lines += self.troubles
        self.troubles.clear()
        return lines

    def _found(self, scope: str, only: dict[str, Any]) -> list[dict[str, Any]]:
        """Return what axe finds. A text that looks like a sound one, on the same ground, is not judged again."""
        looks = self.page.evaluate("scope => looksOfTexts(scope)", scope)
        others = [at for at, (look, _) in enumerate(looks) if look not in SOUND]
        if only == CONTRAST and all(looks[at][1] in ASKED for at in others):
            return []
        sound, found = self.page.evaluate(AXE, [scope, only, others])
        SOUND.update(looks[at][0] for at in sound)
        if not found:
            ASKED.update(looks[at][1] for at in others)
        return list(found)

    def check(self, name: str = "", scope: str = "", only: dict[str, Any] = EVERYTHING) -> None:
        """Fail when something is wrong, with a picture called `name`; with FAIRLEAD_SHOOT there is one in any case."""
        lines = self._looked_at(name, scope, only)
        assert not lines, "\n".join(lines)

    def _looked_at(self, name: str, scope: str, only: dict[str, Any]) -> list[str]:
        lines = self.problems(scope, only)
        if name and (SHOOTING or lines):
            self.shoot(name)
        return [f"{self.page.url} ({self.name}):", *lines] if lines else []

    def check_all(self, name: str, scope: str = "") -> None:
        """Check the loaded page in every size and theme.

        The theme changes colours and nothing else, so the second look at a size is for contrast. The frame around the
        page is the same on every page: once is enough for it.
        """
        inside = scope or ("#page" if self.page.locator(".frame > .main > #page").count() else "")
        self.page.evaluate(STILL)
        lines: list[str] = []
        for at, (size, theme) in enumerate(EVERY_FACE):
            if self.turn(size, theme):  # colours alone are there as soon as they are asked for: nothing fades here
                self.page.evaluate(AT_REST)
            lines += self._looked_at(name, scope if at == 0 else inside, CONTRAST if at % 2 else EVERYTHING)
        assert not lines, "\n".join(lines)


def _node(node: dict[str, Any]) -> str:
    return f"{json.dumps(node['target'])} {node['html'][:160]} {node['message'][:160]}"
