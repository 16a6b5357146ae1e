"""Rich text: what may stand in it, and what it says as plain text. Applied on the way in and again on the way out."""

import html
import re
from difflib import SequenceMatcher
from functools import lru_cache
from uuid import UUID

import nh3
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

LIMIT = 200_000
TAGS = {
    "p", "br", "strong", "b", "em", "i", "u", "s", "a", "ul", "ol", "li", "h2", "h3", "blockquote", "code", "pre",
    "span",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "span": {"class", "data-type", "data-id", "data-label"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_MENTION = re.compile(r'<span[^>]*data-type="mention"[^>]*>')
_MENTIONED = re.compile(r'data-id="([0-9a-fA-F-]{36})"')
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|li|h2|h3|blockquote|pre)>", re.IGNORECASE)
_WORDS = re.compile(r"\s+|[^\s]+")


def clean(body: str) -> str:
    """Return HTML with nothing in it but what the editor makes: no script, style, event handler or odd link."""
    return nh3.clean(
        body, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer",
        attribute_filter=_attribute, set_tag_attribute_values={"a": {"target": "_blank"}},
    )  # fmt: skip


@lru_cache(maxsize=2_000)
def shown(body: str) -> SafeString:
    """Return a stored body for a page: cleaned again, in case the rules became stricter since it was written."""
    return mark_safe(clean(body))  # noqa: S308  cleaned


def plain(body: str) -> str:
    """Return what the text says, a line for each paragraph."""
    broken = _BREAKS.sub("\n", body)
    text = html.unescape(nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"}))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\u00a0]+", " ", text)).strip()


def from_plain(text: str) -> str:
    """Return plain text as rich text: a paragraph for each blank line, a break for each other one."""
    paragraphs = [p for p in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\x00", "").strip()) if p.strip()]
    return "".join(f"<p>{'<br>'.join(html.escape(line) for line in p.splitlines())}</p>" for p in paragraphs)


def mentioned(body: str) -> list[UUID]:
    """Return the memberships named with @ in a cleaned body, each once."""
    found = (_MENTIONED.search(span) for span in _MENTION.findall(body))
    return list(dict.fromkeys(UUID(match[1]) for match in found if match))


def difference(before: str, after: str) -> SafeString:
    """Return the plain words of two bodies in one text: what went is struck out, what came is marked."""
    old, new = _WORDS.findall(plain(before)), _WORDS.findall(plain(after))
    parts: list[tuple[str, str, str]] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("span", "".join(old[a1:a2]), "span"))
            continue
        parts += [("del", "".join(old[a1:a2]), "del")] if a2 > a1 else []
        parts += [("ins", "".join(new[b1:b2]), "ins")] if b2 > b1 else []
    return format_html_join("", "<{}>{}</{}>", parts)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "span" and name == "class":
        return "mention" if "mention" in value.split() else None
    if name == "start":
        return value if value.isdigit() else None
    return value
