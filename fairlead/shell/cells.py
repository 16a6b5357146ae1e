"""Draws the values of list pages in Python: four hundred cells a page are too many for template includes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from fairlead.kernel import clock, phone

from .lists import CellKind, Link, Option, Person, Title
from .marks import avatar

NONE = SafeString("")


def _title(value: Title) -> SafeString:
    picture = avatar(value.text, value.picture_url, "is-square" if value.square else "")
    sub = format_html('<span class="cell-sub">{}</span>', value.subtitle) if value.subtitle else NONE
    return format_html(
        '{}<span class="cell-title"><span class="cell-name">{}</span>{}</span>', picture, value.text, sub
    )


def _options(values: list[Option]) -> SafeString:
    shown = format_html_join(
        "", '<span class="tag" data-color="{}"><span>{}</span></span>', ((v.color, v.label) for v in values[:3])
    )
    if len(values) <= 3:
        return format_html('<span class="tags">{}</span>', shown)
    rest = ", ".join(v.label for v in values[3:])
    return format_html(
        '<span class="tags">{}<span class="tag" title="{}">+{}</span></span>', shown, rest, len(values) - 3
    )


def _date(value: date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.date_format(value, "j M Y"))


def _datetime(value: datetime) -> SafeString:
    local = timezone.localtime(value)
    full = formats.date_format(local, "j M Y, H:i")
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), full, ago(value))


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
    return formats.date_format(local, "j M" if local.year == now.year else "j M Y")


def _phone(value: str) -> SafeString:
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', value.replace(" ", ""), phone.shown(value, ""))


def _url(value: str) -> SafeString:
    shown = value.split("//")[-1].rstrip("/")
    if not value.lower().startswith(("http://", "https://")):
        return format_html("{}", shown)  # never a link with another scheme
    return format_html('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', value, shown)


def _person(value: Person) -> SafeString:
    return format_html(
        '<span class="cell-person">{}<span>{}</span></span>',
        avatar(value.name, value.picture_url, "avatar-sm"),
        value.name,
    )


def _percent(value: int) -> SafeString:
    return format_html(
        '<span class="cell-percent"><progress class="bar" max="100" value="{0}"></progress>{0} %</span>', value
    )


_RENDERERS: dict[CellKind, Callable[[Any], SafeString]] = {
    "title": _title,
    "email": lambda v: format_html('<a href="mailto:{0}">{0}</a>', v),
    "phone": _phone,
    "url": _url,
    "date": _date,
    "datetime": _datetime,
    "bool": lambda v: SafeString("Yes" if v else "No"),
    "options": _options,
    "tags": _options,
    "person": _person,
    "percent": _percent,
    "link": lambda v: format_html('<a href="{}">{}</a>', cast(Link, v).url, cast(Link, v).label),
    "number": lambda v: SafeString(formats.number_format(v, use_l10n=True, force_grouping=True)),
}


def render_cell(kind: CellKind, value: Any) -> SafeString:
    """Return the HTML of one value; nothing for None, "" and []."""
    if value is None or value in ("", [], ()):
        return NONE
    renderer = _RENDERERS.get(kind)
    return renderer(value) if renderer else SafeString(conditional_escape(value))
