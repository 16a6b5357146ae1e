"""Rich text: what may stand in it, and what it says as plain text. Applied on the way in and again on the way out."""

import html
import re
from functools import lru_cache
from itertools import groupby
from uuid import UUID

import nh3
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from rapidfuzz.distance import Indel

from fairlead.kernel.ids import read_id

LIMIT = 200_000
DEEPEST = 500  # elements within each other; what is nested further takes an HTML parser minutes
COMPARED = 100_000_000  # pairs of words that are compared at the most: a fraction of a second, 12 MB
TAGS = {
    "p", "br", "strong", "b", "em", "i", "u", "s", "a", "ul", "ol", "li", "h2", "h3", "blockquote", "code", "pre",
    "span",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "span": {"class", "data-type", "data-id", "data-label"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_MENTION = re.compile(r'<span[^>]*data-type="mention"[^>]*>')
_MENTIONED = re.compile(r'data-id="([0-9a-fA-F-]{36})"')
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|li|h2|h3|blockquote|pre)>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SINGLE = {"br", "p", "li", "hr", "img", "input"}  # need no end
_UNITS = (
    re.compile(r"\S+[^\S\n]*|\s+"),
    re.compile(r"[^\n]+\n*|\n+"),
    re.compile(r"(?s).+"),
)  # words, lines, all of it


def is_too_deep(body: str) -> bool:
    """Tell whether elements stand within each other as in no text that somebody wrote."""
    depth = deepest = 0
    for end, name in _TAG.findall(body):
        if name.lower() not in _SINGLE:
            depth = max(0, depth - 1) if end else depth + 1
            deepest = max(deepest, depth)
    return deepest > DEEPEST


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
    ids = (read_id(match[1]) for match in found if match)
    return list(dict.fromkeys(pk for pk in ids if pk))


def difference(before: str, after: str) -> SafeString:
    """Return the plain words of two bodies in one text: what went is struck out, what came is marked."""
    texts = plain(before), plain(after)
    for unit in _UNITS:
        old, new = (unit.findall(text) for text in texts)
        if len(old) * len(new) <= COMPARED:
            break
    parts: list[tuple[str, str, str]] = []
    for same, steps in groupby(Indel.opcodes(old, new), key=lambda step: step.tag == "equal"):
        some = list(steps)
        gone = "".join(old[some[0].src_start : some[-1].src_end])
        come = "".join(new[some[0].dest_start : some[-1].dest_end])
        parts += [("span", gone, "span")] if same else [(t, x, t) for t, x in (("del", gone), ("ins", come)) if x]
    return format_html_join("", "<{}>{}</{}>", parts)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "span" and name == "class":
        return "mention" if "mention" in value.split() else None
    if name == "start":
        return value if value.isdigit() else None
    return value
