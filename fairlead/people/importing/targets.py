"""What the columns of a contact file may be written to, and how their special words are read."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from fairlead.kernel import phone as phones
from fairlead.kernel import places
from fairlead.kernel.spreadsheets import SEPARATORS, separated
from fairlead.kernel.text import fold, squeeze
from fairlead.people.actions.consent import CHANNELS
from fairlead.people.importing.headers import SEVERAL
from fairlead.people.importing.industries import ELSEWHERE
from fairlead.people.models import Consent, Lifecycle, Suppression
from fairlead.people.nouns.contact import FIELDS
from fairlead.people.nouns.fields import FACETS
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import several
from fairlead.records.public import FieldType, cleaning

BOUNCED = "BOUNCED"  # a word of consent columns that blocks the address instead
ALSO = {"industry": ELSEWHERE}
MULTIPLE = {"email": "Email", "phone": "Phone"}
_IN_ORDER = "In their order, between ; and - for one without."
_SPECIAL = (
    Target("emails", "Additional emails", FieldType.TEXT, "About", True, "Several in one cell, between ; or ,"),
    Target("phones", "Additional phones", FieldType.TEXT, "About", True, "Several in one cell, between ; or ,"),
    Target("email_label", "Label of an email", FieldType.TEXT, "About", True),
    Target("phone_label", "Label of a phone", FieldType.TEXT, "About", True),
    Target("email_labels", "Labels of additional emails", FieldType.TEXT, "About", True, _IN_ORDER),
    Target("phone_labels", "Labels of additional phones", FieldType.TEXT, "About", True, _IN_ORDER),
    Target("full_name", "Full name", FieldType.TEXT, "About", help="Split into first and last name."),
    Target("middle_name", "Middle name", FieldType.TEXT, "About", help="Kept with the first name."),
    Target("address", "Whole address", FieldType.LONG_TEXT, "Address", help="Its last line may name the country."),
    Target(
        "consent",
        "Consent",
        FieldType.TEXT,
        "Consent",
        True,
        "Unsubscribed opts out; Bounced blocks the address. Of several columns the strictest word holds.",
    ),
    Target("opt_out_date", "Opted out on", FieldType.DATETIME, "Consent", help="Opts out; without it as of now."),
    Target("blocked", "Blocked addresses", FieldType.TEXT, "Consent", True, "ada@firm.com (Bounced); SMS: +4917… …"),
    Target("channel_email", "Email is welcome", FieldType.TEXT, "Consent"),
    Target("welcome_channels", "Welcome channels", FieldType.TEXT, "Consent", help="Email, SMS …, several between ;"),
    Target("refused_channels", "Refused channels", FieldType.TEXT, "Consent", help="Email, SMS …, several between ;"),
    Target("tags", "Tags", FieldType.TEXT, "Sorting", True, "Several in one cell, between ; or ,"),
    Target("labels", "Google labels", FieldType.TEXT, "Sorting", True, "Become tags, but for Google's own."),
    Target("lists", "Lists", FieldType.TEXT, "Sorting", True, "Several in one cell, between ; or ,"),
    Target("lists_left", "Lists left", FieldType.TEXT, "Sorting", True, "From which they have unsubscribed."),
    Target("converted_at", "Became a client", FieldType.DATETIME, "Relationship"),
    Target("converted_by", "Converted by", FieldType.MEMBER, "Relationship"),
    Target("last_activity_at", "Last activity", FieldType.DATETIME, "System"),
    Target("created_at", "Created", FieldType.DATETIME, "System"),
)


def targets() -> list[Target]:
    """Return every target of a contact but custom fields and those that higher rooms add."""
    special = {t.name for t in _SPECIAL}
    plain = [
        Target.of(f, multiple=f.name in MULTIPLE, strict=f in FACETS, also=ALSO.get(f.name, ()))
        for f in FIELDS
        if f.importable and f.editable and f.name not in special
    ]
    return plain + list(_SPECIAL)


def parser(column: Column) -> Callable[[str], Any] | None:
    """Return how a cell of a special target is read; None where the field's type says it all."""
    if column.pair and column.target in _OF_ONE_LABEL:
        return _OF_ONE_LABEL[column.target]
    found = _PARSERS.get(column.target or "")
    return partial(found, column) if found in (several, _labels_of) else found


class Blocked(NamedTuple):
    """An address that nothing is sent to by a channel, as suppressions have it."""

    channel: str
    norm: str
    reason: str


_BLOCKED = re.compile(r"(?:([^:@]+):)?\s*([^()]+?)\s*(?:\(([^()]+)\))?")
_CHANNEL_WORDS = {fold(word): name for name in ("email", "sms", "whatsapp", "voice") for word in (name, CHANNELS[name])}
_REASON_WORDS = {fold(word): value for value, label in Suppression.Reason.choices for word in (value, str(label))}
_EMAIL = re.compile(
    r"[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_STAGES = {
    "customer": Lifecycle.CLIENT, "kunde": Lifecycle.CLIENT, "cliente": Lifecycle.CLIENT,
    "marketingqualifiedlead": Lifecycle.MARKETING_QUALIFIED, "mql": Lifecycle.MARKETING_QUALIFIED,
    "salesqualifiedlead": Lifecycle.SALES_QUALIFIED, "sql": Lifecycle.SALES_QUALIFIED,
    "opportunity": Lifecycle.PROSPECT, "interessent": Lifecycle.PROSPECT, "abonnent": Lifecycle.SUBSCRIBER,
    "formerclient": Lifecycle.FORMER_CLIENT, "formercustomer": Lifecycle.FORMER_CLIENT,
    "churned": Lifecycle.FORMER_CLIENT, "advocate": Lifecycle.EVANGELIST, "promoter": Lifecycle.EVANGELIST,
}  # fmt: skip
_OUT = frozenset(("unsubscribed", "opted out", "optedout", "opt out", "do not contact", "true", "yes", "1",
                  "abgemeldet", "desabonne", "dado de baja", "ja", "oui", "cleaned out", "complained"))  # fmt: skip
_USUAL = frozenset(("work", "home", "mobile", "other", "main", "fax", "home fax", "work fax", "pager", "private"))
_PENDING = frozenset(("pending", "pending confirmation", "unconfirmed"))
_IN = frozenset(("subscribed", "opted in", "opt in", "optedin", "confirmed", "angemeldet", "abonne", "suscrito"))


def email(text: str) -> str:
    """Return an address trimmed, as written; raise ValueError."""
    address = text.strip()
    if len(address) < 120 and _EMAIL.fullmatch(address) and address.index("@") <= 64:
        return address
    return cleaning.clean_email(address)


def _emails(text: str) -> tuple[str, ...]:
    return tuple(email(part) for part in re.split(r"[;,\s]+", text) if part)


def _phones(text: str) -> tuple[str, ...]:
    return tuple(number for part in re.split(r"[;,\n]+", text) if (number := squeeze(part)))


def _labels(text: str) -> tuple[str, ...]:
    """Read Google's labels: "* myContacts ::: Clients"; those with an asterisk are the system's own."""
    parts = (p.strip() for p in text.split(":::"))
    return tuple(p[:80] for p in parts if p and not p.startswith("*"))


def _label(text: str) -> str:
    """Read "* Work": the asterisk marks the primary one, which its column says already."""
    word = squeeze(text.lstrip("* "))[:40]
    return word.lower() if fold(word) in _USUAL else word


def lifecycle(text: str) -> str:
    """Read a stage in the words of other systems; one that is none of ours is "Other"."""
    key = re.sub(r"[^a-z]", "", fold(text))
    for value, label in Lifecycle.choices:
        if key in (re.sub(r"[^a-z]", "", value), re.sub(r"[^a-z]", "", fold(str(label)))):
            return str(value)
    return str(_STAGES.get(key, Lifecycle.OTHER))


def _status(text: str) -> str:
    """Read IN_PROGRESS as "In progress"; words that somebody wrote stay as they are."""
    return text.replace("_", " ").capitalize() if text.isupper() else squeeze(text)


def _consent(text: str) -> str:
    word = squeeze(fold(text).replace("_", " ").replace("-", " "))
    if word in _OUT:
        return str(Consent.OPTED_OUT)
    if word in _IN:
        return str(Consent.OPTED_IN)
    if word in _PENDING:
        return str(Consent.PENDING)
    return BOUNCED if word in ("bounced", "hard bounced", "cleaned", "bounce") else ""


def _labels_of(column: Column, text: str) -> tuple[str, ...]:
    return tuple("" if part == "-" else _label(part) for part in separated(text))


def _blocked(text: str) -> tuple[Blocked, ...]:
    return tuple(_one_blocked(part) for part in separated(text, SEPARATORS))


def _one_blocked(text: str) -> Blocked:
    """Read "ada@firm.com (Bounced)" or "SMS: +491711234567 (Complaint)"; raise ValueError."""
    match = _BLOCKED.fullmatch(text) if len(text) <= 1_000 else None
    channel = _CHANNEL_WORDS.get(fold(match[1])) if match and match[1] else "email"
    reason = _REASON_WORDS.get(fold(match[3])) if match and match[3] else str(Suppression.Reason.MANUAL)
    if match is None or channel is None or reason is None:
        raise ValueError(f"“{text[:60]}” is not understood: ada@firm.com (Bounced), or SMS: +491711234567 (Complaint).")
    if channel == "email":
        return Blocked(channel, email(match[2]).lower(), reason)
    number = phones.e164(match[2], "")
    if not number:
        raise ValueError(f"“{match[2][:40]}” is not a phone number with its country code.")
    return Blocked(channel, number, reason)


def _welcome(text: str) -> bool:
    return not fold(text).startswith(("non", "no", "nein", "false", "0"))


def _channels(text: str) -> list[str]:
    """Return the channels that a cell names; raise ValueError for one that there is not."""
    known = {fold(word): name for name, label in CHANNELS.items() for word in (name, label)}
    words = [word for part in re.split(r"[;,\n]+", text) if (word := squeeze(part))]
    for word in words:
        if fold(word) not in known:
            raise ValueError(f"“{word[:40]}” is not one of: {', '.join(CHANNELS.values())}.")
    return [known[fold(word)] for word in words]


def _address(text: str) -> dict[str, str]:
    """Split a written address: the last line may be a country, the one before the place."""
    lines = [squeeze(line) for line in text.splitlines() if line.strip()]
    parts: dict[str, str] = {}
    if lines and (code := places.country_code(lines[-1])):
        parts["country"] = code
        lines.pop()
    if lines:
        place = lines.pop()
        match = re.match(r"^(?:[A-Z]{1,2}-)?(\d{4,6})\s+(.+)$", place)
        parts |= {"postal_code": match[1], "city": match[2]} if match else {"city": place}
    if lines:
        parts["street"] = ", ".join(lines)
    return parts


def _parts(text: str) -> list[str]:
    return [part for one in text.split(SEVERAL) if (part := squeeze(one))]


_OF_ONE_LABEL: dict[str, Callable[[str], Any]] = {
    "email": lambda text: tuple(email(part) for part in _parts(text)),
    "phone": lambda text: tuple(_parts(text)),
}
_PARSERS: dict[str, Callable[..., Any]] = {
    "email": email,
    "emails": _emails,
    "phones": _phones,
    "email_label": _label,
    "phone_label": _label,
    "email_labels": _labels_of,
    "phone_labels": _labels_of,
    "blocked": _blocked,
    "lists_left": several,
    "lifecycle": lifecycle,
    "status": _status,
    "consent": _consent,
    "channel_email": _welcome,
    "welcome_channels": _channels,
    "refused_channels": _channels,
    "tags": several,
    "lists": several,
    "labels": _labels,
    "address": _address,
}
