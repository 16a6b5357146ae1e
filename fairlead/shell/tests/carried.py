"""Forms as a browser would send them, read from their page, with what they carry of the values shown (`shell.seen`)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

_SEEN = re.compile(r'name="seen"\s+value="([^"]*)"')
_UNSENT = {"submit", "button", "file", "search"}
TOLD = "Somebody changed this since you opened it"


def seen_in(page: str) -> str:
    """Return what the form of a page would send as `seen`."""
    found = _SEEN.search(page)
    assert found, "The form carries nothing of what it shows."
    return unescape(found[1])


@dataclass
class Form:
    """A form of a page: where it goes, and what it would send as it is."""

    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Opened:
    """A form in somebody's browser."""

    client: Client
    path: str
    having: str
    form: Form

    @classmethod
    def at(cls, client: Client, path: str, having: str = "seen") -> "Opened":
        """Open the page at `path` and return its form that has a control of this name."""
        return cls(client, path, having, _form(client.get(path).content.decode(), having))

    def send(self, **typed: Any) -> HttpResponse:
        """Type into the form and send it; one that comes back is what is open then, with all that was typed."""
        self.form.values |= {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
        answer: Any = self.client.post(self.form.action or self.path, self.form.values)
        if answer.status_code == 422:
            self.form = _form(answer.content.decode(), self.having)
        return answer  # type: ignore[no-any-return]


def who_saves_second_is_told(opened: Opened, told: str, **typed: Any) -> None:
    """Send a form whose values a colleague has changed: refused, `told` what they hold, all that was typed is there."""
    answer = opened.send(**typed)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422, "Nobody writes over a colleague without knowing it."
    assert TOLD in page and told in page, "The field says what it holds by now."
    kept = {name: opened.form.values.get(name, []) for name in typed}
    assert kept == {n: v if isinstance(v, list) else [v] for n, v in typed.items()}, "What was typed is still there."


def edited_by_two(
    hers: Opened, meanwhile: Callable[[], object], told: str, kept: Callable[[], Any], theirs: Any, mine: Any,
    **typed: Any,
) -> None:  # fmt: skip
    """Save an open form after a colleague's change: told of it, `theirs` is still kept; saved again, `mine` is."""
    meanwhile()
    who_saves_second_is_told(hers, told, **typed)
    assert kept() == theirs, "Nothing was written over."
    assert hers.send().status_code in (204, 302), "Saved again, it replaces that knowingly."
    assert kept() == mine


def _form(page: str, having: str) -> Form:
    found = _Forms()
    found.feed(page)
    return next(form for form in found.forms if having in form.values)


class _Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._text: str | None = None
        self._select: tuple[str, bool, list[str], list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read what a control holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif not self.forms or "disabled" in given:
            return
        elif tag == "input" and given.get("type") not in _UNSENT:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._add(given.get("name", ""), given.get("value", "on" if "checked" in given else ""))
        elif tag == "textarea":
            self._text = given.get("name", "")
            self._add(self._text, "")
        elif tag == "select":
            self._select = (given.get("name", ""), "multiple" in given, [], [])
        elif tag == "option" and self._select:
            self._select[2].append(given.get("value", ""))
            self._select[3].extend([given.get("value", "")] if "selected" in given else [])

    def handle_data(self, data: str) -> None:
        """Read the text of a textarea, without the line break that browsers leave out too."""
        if self._text:
            so_far = self.forms[-1].values[self._text][-1]
            self.forms[-1].values[self._text][-1] = so_far + (data if so_far else data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        """Send what is chosen, of a single choice without one the first."""
        if tag == "textarea":
            self._text = None
        elif tag == "select" and self._select:
            name, several, offered, chosen = self._select
            for value in chosen or ([] if several else offered[:1]):
                self._add(name, value)
            self._select = None

    def _add(self, name: str, value: str) -> None:
        if name:
            self.forms[-1].values.setdefault(name, []).append(value)
