"""The audit: who did what, when and from where, read from the log."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from ipaddress import ip_address
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db import transaction
from django.db.models import Q, QuerySet

from fairlead.accounts import audit_names
from fairlead.events.public import Event, find, hide_purged, record, registered, words
from fairlead.kernel import dates
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import read_id
from fairlead.kernel.spreadsheets import safe_cell
from fairlead.kernel.text import squeeze
from fairlead.tenancy.public import Actor, Firm, firm_context

PAGE = 50
BATCH = 1_000
HEADER = (
    "Time (UTC)", "Who", "Kind", "Through", "From", "Event", "What", "About", "Id", "Details", "Name", "In words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to show; the empty value of each means all. `since` and `until` are days, both included."""

    actor: UUID | None = None
    type: str = ""
    noun: str = ""
    ip: str = ""
    since: date | None = None
    until: date | None = None
    sensitive: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return the parts that are set, as the log keeps them."""
        return {k: v for k, v in asdict(self).items() if v}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event in words."""

    event: Event
    label: str
    text: str
    sensitive: bool
    details: Mapping[str, str] = field(default_factory=dict)
    about: str = ""  # what its subject is called now, where that is known


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A stretch of the audit, newest first, with the cursors of its neighbours ("" where there is none)."""

    lines: list[AuditLine]
    newer: str
    older: str


def read_filter(given: Mapping[str, str]) -> AuditFilter:
    """Read a filter from query parameters. Raises `InvalidInput` naming each wrong one."""
    problems: dict[str, list[str]] = {}

    def read(name: str, parse: Callable[[str], Any], wrong: str) -> Any:
        text = squeeze(given.get(name, ""))
        try:
            return parse(text) if text else None
        except ValueError:
            problems[name] = [wrong]
            return None

    found: dict[str, Any] = {n: squeeze(given.get(n, "")) for n in ("type", "noun")}
    found["sensitive"] = given.get("sensitive", "") in ("1", "on", "true")
    found["actor"] = read("actor", UUID, "Choose one of the members.")
    found["ip"] = read("ip", lambda text: str(ip_address(text)), "Enter an address such as 192.0.2.1.") or ""
    for name in ("since", "until"):
        found[name] = read(name, date.fromisoformat, "Enter a date such as 2027-01-31.")
    if found["since"] and found["until"] and found["since"] > found["until"]:
        problems["until"] = ["This day is before the one it begins with."]
    if problems:
        raise InvalidInput(problems)
    return AuditFilter(**found)


def events(wanted: AuditFilter, *, by: Actor, firm: Firm) -> QuerySet[Event]:
    """Return the matching events of the firm, unordered. Days are those of the firm's time zone."""
    by.require("audit.view")
    rows = Event.rows()
    exact = {"actor_id": wanted.actor, "type": wanted.type, "ip": wanted.ip}
    rows = rows.filter(**{k: v for k, v in exact.items() if v})
    if wanted.noun:
        rows = rows.filter(_about(wanted.noun))
    if wanted.sensitive:
        rows = rows.filter(type__in=[t.name for t in registered() if t.sensitive])
    zone = ZoneInfo(firm.time_zone)
    if wanted.since:
        rows = rows.filter(recorded_at__gte=datetime.combine(wanted.since, time(), zone))
    if wanted.until and wanted.until < date.max:  # after the last day of the calendar comes none
        rows = rows.filter(recorded_at__lt=datetime.combine(wanted.until + timedelta(days=1), time(), zone))
    return rows


def nouns() -> list[tuple[str, str]]:
    """Return what events can be about, and its name for people; `noun` of a filter is one of them."""
    found = sorted({t.name.partition(".")[0] for t in registered()})
    return [(noun, noun.replace("_", " ").capitalize()) for noun in found]


def _about(noun: str) -> Q:
    """Match what happened to such a thing, and what is called after it: a log-in happens to a member."""
    called = [t.name for t in registered() if t.name.startswith(f"{noun}.")]
    return Q(subject_noun=noun) | Q(type__in=called)


def page(wanted: AuditFilter, *, by: Actor, firm: Firm, after: str = "", before: str = "") -> AuditPage:
    """Return the stretch that follows the cursor `after`, or precedes `before`; the newest without either."""
    rows = events(wanted, by=by, firm=firm)
    if before:
        found = list(_beyond(rows, before, newer=True)[: PAGE + 1])
        more, found = len(found) > PAGE, found[:PAGE][::-1]
        newer, older = more, True
    else:
        found = list((_beyond(rows, after, newer=False) if after else _ordered(rows))[: PAGE + 1])
        newer, older, found = bool(after), len(found) > PAGE, found[:PAGE]
    hide_purged(found)
    names = audit_names.names_in(found, by)
    lines = [line(e, names) for e in found]
    return AuditPage(lines, _cursor(found[0]) if found and newer else "", _cursor(found[-1]) if found and older else "")


def line(event: Event, names: audit_names.Names) -> AuditLine:
    """Say an event in words, and what it names by its id by the name."""
    known = find(event.type)
    label = known.label if known else event.type
    details = {_phrase(name): _said(value, names) for name, value in event.data.items()}
    for name, pk in (("Contact", event.contact_id), ("Company", event.company_id)):
        if pk and pk != event.subject_id:
            details.setdefault(name, names.get(pk, str(pk)))
    about = names.get(event.subject_id, "") if event.subject_id else ""
    return AuditLine(event, label, words(event.type, event.data), bool(known and known.sensitive), details, about)


def _phrase(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(value: Any, names: audit_names.Names) -> str:
    """Say a value of an event's data as a person would; a change, a list of two, reads as "from, to"."""
    if value in (None, "", [], {}):
        return "–"
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return ", ".join(f"{name.replace('_', ' ')}: {_said(held, names)}" for name, held in value.items())
        case list():
            return ", ".join(_said(held, names) for held in value)
        case str() if (pk := read_id(value)) in names:
            return names[pk] if pk else value
        case str():
            return dates.as_written(value)
    return str(value)


@transaction.atomic
def export(wanted: AuditFilter, *, by: Actor, firm: Firm) -> Iterator[str]:
    """Return the lines of a CSV file (RFC 4180) with every matching event; that it was exported is audited itself.

    The lines are read while they are sent, each batch in a transaction of its own with the firm set.
    """
    by.require("audit.view")
    by.require("audit.export")
    record("audit.exported", by=by, subject=("firm", firm.id), data={"filter": wanted.as_data()})
    return _csv(wanted, by, firm)


class _Echo:
    """A file that returns what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(wanted: AuditFilter, by: Actor, firm: Firm) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADER)  # the mark tells spreadsheets that this is UTF-8
    cursor = ""
    while True:
        with firm_context(firm.id):
            rows = events(wanted, by=by, firm=firm)
            batch = list((_beyond(rows, cursor, newer=False) if cursor else _ordered(rows))[:BATCH])
            hide_purged(batch)
            names = audit_names.names_in(batch, by)
        for event in batch:
            yield writer.writerow([safe_cell(v) for v in _cells(line(event, names))])
        if len(batch) < BATCH:
            return
        cursor = _cursor(batch[-1])


def _cells(told: AuditLine) -> list[Any]:
    """Return a line of the file: ids as the log keeps them, and beside them what the page says."""
    event, details = told.event, "; ".join(f"{name}: {value}" for name, value in told.details.items())
    return [
        event.recorded_at.isoformat(), event.actor_label, event.actor_kind, event.via, event.ip or "", event.type,
        told.text, event.subject_noun, event.subject_id or "", orjson.dumps(event.data).decode(), told.about, details,
    ]  # fmt: skip


def _ordered(rows: QuerySet[Event]) -> QuerySet[Event]:
    return rows.order_by("-recorded_at", "-id")


def _beyond(rows: QuerySet[Event], cursor: str, *, newer: bool) -> QuerySet[Event]:
    try:
        moment, _, last = cursor.partition("~")
        at, last_id = datetime.fromisoformat(moment), UUID(last)
    except ValueError:
        raise InvalidInput({"after": ["The address of this page is broken, or was cut."]}) from None
    if newer:
        later = Q(recorded_at__gt=at) | Q(recorded_at=at, id__gt=last_id)
        return rows.filter(later, recorded_at__gte=at).order_by("recorded_at", "id")
    # The second condition repeats the first in a form that an index can start from.
    return _ordered(rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__lt=last_id), recorded_at__lte=at))


def _cursor(event: Event) -> str:
    return f"{event.recorded_at.isoformat()}~{event.id}"
