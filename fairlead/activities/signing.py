"""The designs of signatures: from a few facts to HTML that mail programs show as meant."""

from collections.abc import Mapping

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

DESIGNS = {"classic": "Classic", "compact": "Compact", "accent": "With an accent"}
FACTS = ("name", "title", "company", "phone", "email", "website", "link_text")
LINK_TEXT = "Book time with me"


def drawn(design: str, facts: Mapping[str, str], meeting_link: str) -> SafeString:
    """Return the HTML of a signature: of plain paragraphs, since that is what survives every mail program."""
    said = {name: (facts.get(name) or "").strip() for name in FACTS}
    name = format_html(
        "<p><strong>{}</strong>{}</p>", said["name"], _after(", ", said["title"] if design == "compact" else "")
    )
    lines = [name]
    if design != "compact" and (said["title"] or said["company"]):
        lines.append(format_html("<p>{}</p>", _joined(" · ", said["title"], said["company"])))
    elif said["company"]:
        lines.append(format_html("<p>{}</p>", said["company"]))
    reach = [r for r in (_tel(said["phone"]), _mail(said["email"]), _web(said["website"])) if r]
    if reach:
        lines.append(format_html("<p>{}</p>", SafeString(" | " if design == "compact" else "<br>").join(reach)))
    if meeting_link:
        mark = "→ " if design == "accent" else ""
        lines.append(
            format_html(
                '<p>{}<a href="{}"><strong>{}</strong></a></p>', mark, meeting_link, said["link_text"] or LINK_TEXT
            )
        )
    if design == "accent":
        return format_html("<blockquote>{}</blockquote>", SafeString("").join(lines))
    return format_html_join("", "{}", ((line,) for line in lines))


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _after(before: str, text: str) -> str:
    return f"{before}{text}" if text else ""


def _tel(number: str) -> SafeString | str:
    dialled = "".join(c for c in number if c.isdigit() or c == "+")
    return format_html('<a href="tel:{}">{}</a>', dialled, number) if number else ""


def _mail(address: str) -> SafeString | str:
    return format_html('<a href="mailto:{}">{}</a>', address, address) if address else ""


def _web(address: str) -> SafeString | str:
    if not address:
        return ""
    target = address if "://" in address else f"https://{address}"
    return format_html('<a href="{}">{}</a>', target, escape(address.removeprefix("https://").rstrip("/")))
