"""How somebody or something is recognised at a glance: colours, initials, avatars."""

import re
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

# The palette of tags, options and avatars; frontend/src/styles/tokens.css gives each its AA pair in both themes.
COLORS = (
    "slate", "red", "orange", "amber", "lime", "green", "teal", "cyan", "blue", "indigo", "violet", "pink",
)  # fmt: skip


def color_of(text: Any) -> str:
    """Return one palette colour for `text`, always the same one."""
    return COLORS[crc32(str(text).encode()) % len(COLORS)]


def initials(name: Any) -> str:
    """Return up to two letters: those of the first and the last word."""
    words = re.findall(r"\w+", str(name))
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[:2] for word in words]
    return "".join(letters).upper()


@lru_cache(maxsize=2_000)
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """Draw a Tabler icon; without `label` it is hidden from screen readers."""
    if not name:
        return SafeString("")
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"></use></svg>', classes, role, static("build/icons.svg"), name
    )


@lru_cache(maxsize=20_000)
def avatar(name: str, picture_url: str = "", classes: str = "") -> SafeString:
    """Draw a picture, or the initials on the colour that belongs to the name."""
    if picture_url:
        return format_html('<img class="avatar {}" src="{}" alt="" loading="lazy">', classes, picture_url)
    return format_html(
        '<span class="avatar {}" data-color="{}" aria-hidden="true">{}</span>', classes, color_of(name), initials(name)
    )


def menu(
    element_id: str, label: str, items: SafeString, *, icon_name: str = "dots", variant: str = "quiet", size: str = "",
    words: str = "", classes: str = "",
) -> SafeString:  # fmt: skip
    """Draw a button that opens `items`; without `words` it is an icon that `label` names. See `<c-menu>`."""
    sized = f" btn-{size}" if size else ""
    named = SafeString("") if words else format_html(' aria-label="{0}" title="{0}"', label)
    inner = format_html("{}{}", words, icon("chevron-down", "icon-sm")) if words else ""
    return format_html(
        '<button type="button" class="btn btn-{}{}{} {}" popovertarget="{}" aria-haspopup="menu"{}>{}{}</button>'
        '<div class="menu" id="{}" popover role="menu" aria-label="{}">{}</div>',
        variant, sized, "" if words else " btn-icon", classes, element_id, named, icon(icon_name), inner, element_id,
        label or words, items,
    )  # fmt: skip
