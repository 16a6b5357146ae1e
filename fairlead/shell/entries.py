"""Draws what a timeline repeats most: its entries."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.safestring import SafeString

from fairlead.kernel import dates

from .cells import text
from .lists import Action
from .marks import icon, menu
from .record import Entry

PINNED = '<span class="badge" data-color="teal">{}Pinned</span>'


def draw_entries(entries: Iterable[Entry]) -> SafeString:
    """Return entries one below the other."""
    return SafeString("".join(map(_entry, entries)))


def _entry(entry: Entry) -> str:
    body = f'<div class="entry-body prose">{text(entry.body)}</div>' if entry.body else ""
    more = f"<details><summary>Details</summary>{text(entry.details)}</details>" if entry.details else ""
    head = f"<span>{text(entry.head)}</span>{_pinned(entry)}{_time(entry)}{_menu(entry)}"
    return (
        f'<article class="entry{" is-pinned" if entry.pinned else ""}" id="entry-{text(entry.id)}">'
        f'<span class="entry-icon" data-color="{text(entry.color)}">{icon(entry.icon)}</span>'
        f'<div><div class="entry-head">{head}</div>{body}{more}</div></article>'
    )


def _pinned(entry: Entry) -> str:
    return PINNED.format(icon("pin")) if entry.pinned else ""


def _time(entry: Entry) -> str:
    local = timezone.localtime(entry.at)
    shown = dates.day(entry.at) if entry.pinned else f"{local:%H:%M}"
    return f'<time datetime="{local.isoformat()}" title="{dates.moment(entry.at)}">{shown}</time>'


def _menu(entry: Entry) -> str:
    if not (entry.actions or entry.pin_url):
        return ""
    items = _pin(entry) + "".join(map(_item, entry.actions))
    return menu(f"entry-menu-{entry.id}", "Actions", SafeString(items), size="sm")


def _pin(entry: Entry) -> str:
    if not entry.pin_url:
        return ""
    name, words = ("pinned-off", "Unpin") if entry.pinned else ("pin", "Pin to the top")
    address = f'hx-post="{text(entry.pin_url)}" hx-swap="none"'
    return (
        f'<button type="button" class="menu-item" role="menuitem" {address}>{icon(name)}<span>{words}</span></button>'
    )


def _item(action: Action) -> str:
    dialog = " data-dialog" if action.dialog else ""
    label = f"{icon(action.icon)}<span>{text(action.label)}</span>"
    return f'<a class="menu-item" role="menuitem" href="{text(action.url)}"{dialog}>{label}</a>'
