"""Draws the values of list pages in Python: four hundred cells a page are too many for templates.

Strings are put together here, so everything that comes from outside goes through `text`.
"""

from collections.abc import Callable
from datetime import date, datetime
from html import escape
from typing import Any

from django.utils import formats, timezone
from django.utils.safestring import SafeString

from fairlead.kernel import clock, dates, phone

from .lists import CellKind, Link, Option, Person, Title
from .marks import avatar


def text(value: Any) -> str:
    """Return `value` for HTML, escaped unless it is marked as safe already."""
    return str(value) if isinstance(value, SafeString) else escape(str(value))


def _title(value: Title) -> str:
    picture = "" if value.plain else avatar(value.text, value.picture_url, "is-square" if value.square else "")
    sub = f'<span class="cell-sub">{text(value.subtitle)}</span>' if value.subtitle else ""
    return f'{picture}<span class="cell-title"><span class="cell-name">{text(value.text)}</span>{sub}</span>'


def _tag(value: Option) -> str:
    return f'<span class="tag" data-color="{text(value.color)}"><span>{text(value.label)}</span></span>'


def _options(values: list[Option]) -> str:
    shown = "".join(map(_tag, values[:3]))
    if len(values) > 3:
        rest = text(", ".join(value.label for value in values[3:]))
        shown += f'<span class="tag" title="{rest}">+{len(values) - 3}</span>'
    return f'<span class="tags">{shown}</span>'


def _date(value: date) -> str:
    return f'<time datetime="{value.isoformat()}">{dates.day(value)}</time>'


def _datetime(value: datetime) -> str:
    full = dates.moment(value)
    return f'<time datetime="{value.isoformat()}" title="{full}">{ago(value)}</time>'


def ago(value: datetime) -> str:
    """Say a moment as people do in a table: "5 min", "3 h", then the day."""
    local, now = timezone.localtime(value), timezone.localtime(clock.now())
    minutes = int((now - local).total_seconds() // 60)
    if 0 <= minutes < 1:
        return "just now"
    if 0 < minutes < 60:
        return f"{minutes} min ago"
    if 0 < minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    return dates.short_day(local) if local.year == now.year else dates.day(local)


def _email(value: Any) -> str:
    return f'<a href="mailto:{text(value)}">{text(value)}</a>'


def _phone(value: str) -> str:
    return f'<a class="nowrap" href="tel:{text(value.replace(" ", ""))}">{text(phone.shown(value, ""))}</a>'


def _url(value: str) -> str:
    shown = text(value.split("//")[-1].rstrip("/"))
    if not value.lower().startswith(("http://", "https://")):
        return shown  # never a link with another scheme
    return f'<a href="{text(value)}" rel="noopener noreferrer" target="_blank">{shown}</a>'


def _person(value: Person) -> str:
    picture = avatar(value.name, value.picture_url, "avatar-sm")
    return f'<span class="cell-person">{picture}<span>{text(value.name)}</span></span>'


def _link(value: Link) -> str:
    return f'<a href="{text(value.url)}">{text(value.label)}</a>'


def _percent(value: int) -> str:
    bar = f'<progress class="bar" max="100" value="{int(value)}"></progress>'
    return f'<span class="cell-percent">{bar}{int(value)}%</span>'


_RENDERERS: dict[CellKind, Callable[[Any], str]] = {
    "title": _title,
    "email": _email,
    "phone": _phone,
    "url": _url,
    "date": _date,
    "datetime": _datetime,
    "bool": lambda value: "Yes" if value else "No",
    "options": _options,
    "tags": _options,
    "person": _person,
    "percent": _percent,
    "link": _link,
    "number": lambda value: text(formats.number_format(value, use_l10n=True, force_grouping=True)),
}


def draw(kind: CellKind, value: Any) -> str:
    """Return the HTML of one value as a plain string; nothing for None, "" and []."""
    if value is None or value in ("", [], ()):
        return ""
    return _RENDERERS.get(kind, text)(value)


def render_cell(kind: CellKind, value: Any) -> SafeString:
    """Return the HTML of one value for a template."""
    return SafeString(draw(kind, value))
