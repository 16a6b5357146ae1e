"""Drawing events on a timeline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from fairlead.accounts.public import FirmRequest, Membership
from fairlead.events.public import Event, find, hide_purged, words
from fairlead.kernel import money
from fairlead.kernel.text import whole_number
from fairlead.people import access, timeline
from fairlead.people.models import Company, Contact
from fairlead.people.timeline import Place
from fairlead.people.web import facts, kinds, showing
from fairlead.records.public import Field, FieldType
from fairlead.shell.record import Entry, Kind, Timeline

NOBODY = UUID(int=0)
COLORS = {"changes": "blue", "tags": "violet", "lists": "teal", "consent": "orange", "notes": "amber"}


def page(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Answer with a stretch of a record's timeline: `?kind=&after=`, `?shown=` when it is read again that far down."""
    place = Place(noun, record_id, kinds.read_with_names(request, noun, record_id))
    kind, after = request.GET.get("kind", ""), request.GET.get("after", "")
    rows = timeline.events_of(request.actor, place)
    known = max(0, whole_number(request.GET.get("shown"), digits=5) or 0)
    events, cursor = timeline.stretch(rows, kind=kind, after=after, shown=known)
    events = timeline.summarized(rows, events, kind=kind, after=after)
    pinned = [] if after or kind else _pinned(request, place, rows)
    hide_purged([*events, *pinned], living=[record_id])
    top = {e.id for e in pinned}
    url = kinds.part_url(request, noun, "timeline", record_id=record_id)
    more = f"{url}?{_query(kind=kind, after=cursor)}" if cursor else ""
    lower = draw(request, place, [e for e in events if e.id not in top])
    filters = [Kind(key, label) for key, label in timeline.kinds_for(place.noun).items()]
    drawn = Timeline(url, lower, draw(request, place, pinned, pinned=True), filters, kind, more)
    return render(request, "shell/record/timeline.html", {"timeline": drawn})


def draw(request: FirmRequest, place: Place, events: Sequence[Event], *, pinned: bool = False) -> list[Entry]:
    """Return the entries of events in their order, each drawn by the room that wrote it."""
    made: dict[UUID, Entry | None] = {}
    by_artist: dict[timeline.Artist, list[Event]] = {}  # one may draw several prefixes: all of it at once
    for event in events:
        by_artist.setdefault(timeline.artist_of(event.type) or _default, []).append(event)
    for artist, some in by_artist.items():
        made |= artist(request, place, some)
    pin = timeline.pin_url(request, place, NOBODY)  # put together once: an address costs as much as drawing an entry
    return [
        replace(entry, pinned=pinned, pin_url=pin.replace(str(NOBODY), str(event.id)))
        for event in events
        if (entry := made.get(event.id)) is not None
    ]


def head(event: Event, *, about: SafeString | str = "") -> SafeString:
    """Return the line of an event: who did what, and to whom when that is not the page's record."""
    line = format_html("<b>{}</b> {}", event.actor_label or "Fairlead", words(event.type, event.data))
    return format_html("{} {}", line, about) if about else line


def _pinned(request: FirmRequest, place: Place, rows: timeline.Rows) -> list[Event]:
    ids = timeline.pinned_ids(request, place)
    if not ids:
        return []
    found = {e.id: e for e in rows.filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def _query(**parameters: str) -> str:
    return urlencode({name: value for name, value in parameters.items() if value})


def says_owner(summary: Event, event: Event) -> bool:
    """Tell whether an event says no more than that the record got the owner whom the `summary` names."""
    owner = str(summary.data.get("to_id") or summary.data.get("member"))
    if event.type.endswith(".owner_changed"):
        return str(event.data.get("to_id")) == owner
    changes = event.data.get("changes")
    return isinstance(changes, dict) and set(changes) == {"owner"} and str(changes["owner"][-1]) == owner


def says_stage(summary: Event, event: Event) -> bool:
    """Tell whether an event says no more than that the contact came into another stage, as the `summary` does."""
    changes = event.data.get("changes")
    return event.type.endswith(".stage_changed") or (isinstance(changes, dict) and set(changes) == {"lifecycle"})


def _default(request: FirmRequest, place: Place, events: Sequence[Event]) -> Mapping[UUID, Entry]:
    # The firm's own fields are read only where one of them changed.
    own = None if any(name.startswith("custom.") for e in events for name, _ in _pairs(e)) else ()
    labels = {f.name: f for f in facts.fields(place.noun, own)}
    names = _names(events, labels, _known(place)) | _people(request, events)
    if place.noun == "company":
        ids = {e.contact_id for e in events if e.contact_id}
        names |= {str(pk): name for pk, name in Contact.rows().filter(pk__in=ids).values_list("pk", "name")}
    entries = {}
    for event in events:
        kind = find(event.type)
        elsewhere = _elsewhere(request, place, event, names)
        entries[event.id] = Entry(
            str(event.id), event.occurred_at, head(event, about=elsewhere), kind.icon if kind else "point",
            COLORS.get(kind.kind if kind else "", "slate"),
            details=_details(event, labels, names, getattr(place.record, "currency", "")),
        )  # fmt: skip
    return entries


def _elsewhere(request: FirmRequest, place: Place, event: Event, names: Mapping[str, str]) -> SafeString | str:
    if place.noun != "company" or event.contact_id is None:
        return ""
    url = kinds.record_url(request, "contact", event.contact_id)
    return format_html(
        '· <a href="{}">{}</a>', url, names.get(str(event.contact_id)) or event.data.get("name") or "a person"
    )


def _known(place: Place) -> dict[str, str]:
    """Return the names that were read with the page's record: its owner's and its company's."""
    owner, company = (getattr(place.record, name, None) for name in ("owner", "company"))
    names = {str(owner.pk): owner.user.name} if owner else {}
    return names | ({str(company.pk): company.name} if company else {})


def _names(events: Sequence[Event], labels: Mapping[str, Field], known: Mapping[str, str]) -> dict[str, str]:
    """Return what ids in the events' values are called, in two queries at most however many there are."""
    ids: dict[FieldType, set[str]] = {FieldType.MEMBER: set(), FieldType.COMPANY: set()}
    for event in events:
        for name, value in _pairs(event):
            field = labels.get(name)
            if field is not None and field.type in ids:
                ids[field.type].update(str(v) for v in value if v and str(v) not in known)
    names = dict(known)
    if ids[FieldType.MEMBER]:
        rows = Membership.rows().filter(pk__in=ids[FieldType.MEMBER]).select_related("user")
        names |= {str(m.pk): m.user.name for m in rows}
    if ids[FieldType.COMPANY]:
        found = Company.rows().filter(pk__in=ids[FieldType.COMPANY]).values_list("pk", "name")
        names |= {str(pk): name for pk, name in found}
    return names


def _people(request: FirmRequest, events: Sequence[Event]) -> dict[str, str]:
    """Return what the contacts are called that events name as values (a deal's contact), and the actor may see."""
    ids = {str(v) for e in events for name, pair in _pairs(e) if name in ("contact", "contact_id") for v in pair if v}
    if not ids or not request.actor.can("contacts.view"):
        return dict.fromkeys(ids, "a person")
    seen = {str(pk): name for pk, name in access.contacts(request.actor).filter(pk__in=ids).values_list("pk", "name")}
    return dict.fromkeys(ids, "a person") | seen


def _pairs(event: Event) -> Iterable[tuple[str, list[Any]]]:
    changes = event.data.get("changes")
    if isinstance(changes, dict):
        return [(n, v) for n, v in changes.items() if isinstance(v, list) and len(v) == 2]
    values = event.data.get("values")
    return [(n, [None, v]) for n, v in values.items()] if isinstance(values, dict) else []


def _details(event: Event, labels: Mapping[str, Field], names: Mapping[str, str], currency: str) -> SafeString | str:
    """Return what changed, in the order of the noun's fields, the rest after: the log keeps no order of its own.

    Amounts are in the currency that the event names, else in `currency`, the record's.
    """
    pairs = dict(_pairs(event))
    codes = [code or currency for code in pairs.get("currency", (None, None))]
    order = {name: at for at, name in enumerate(labels)}
    rows = []
    for name in sorted(pairs, key=lambda name: (order.get(name, len(order)), name)):
        field = labels.get(name)
        label = field.label if field else _named(name)
        old, new = (_shown(field, value, names, code) for value, code in zip(pairs[name], codes, strict=True))
        rows.append((label, format_html('<s class="muted">{}</s> → ', old) if old else "", new or "—"))
    if not rows:
        return ""
    return format_html('<dl class="facts">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}{}</dd>", rows))


def _named(name: str) -> str:
    return name.removeprefix("custom.").removesuffix("_id").replace("_", " ").capitalize()


def _shown(field: Field | None, value: Any, names: Mapping[str, str], currency: str) -> Any:
    if value in (None, "", []):
        return ""
    if field is None and str(value) in names:
        return names[str(value)]
    if field is not None and field.currency and isinstance(value, int):
        return money.shown(value, currency)
    if field is None or (isinstance(value, list) and not field.every_option):
        return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)
    if field.type in (FieldType.MEMBER, FieldType.COMPANY):
        return names.get(str(value), "somebody" if field.type is FieldType.MEMBER else "a company")
    try:
        return showing.show_value(field, value)
    except (TypeError, ValueError, KeyError):
        return str(value)  # an old event may hold what the field no longer takes
