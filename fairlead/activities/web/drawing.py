"""Notes on a timeline."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fairlead.accounts.public import FirmRequest
from fairlead.activities import reads, richtext
from fairlead.activities.models import Note
from fairlead.events.public import Event
from fairlead.people.public import entry_head
from fairlead.people.public import timeline as people_timeline
from fairlead.shell.lists import Action
from fairlead.shell.record import Entry

Place = people_timeline.Place
BODIES = ("note.written", "note.associated")


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room."""
    return reverse(f"activities:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def draw_notes(request: FirmRequest, place: Place, events: Sequence[Event]) -> Mapping[UUID, Entry | None]:
    """Draw note events: the note as it is now, once a stretch; nothing of a note that is gone."""
    ids = {e.id: _note_id(e) for e in events}
    notes = reads.with_parts(request.actor, [pk for pk in ids.values() if pk])
    drawn: dict[UUID, Entry | None] = {}
    for event in events:
        note = notes.pop(ids[event.id] or event.id, None) if event.type in BODIES else None
        if event.type in BODIES:
            drawn[event.id] = _with_body(request, event, note) if note else None
        elif event.type != "note.mentioned":  # the note itself shows it
            drawn[event.id] = Entry(str(event.id), event.occurred_at, entry_head(event), "note", "slate")
    return drawn


def draw_nothing(request: FirmRequest, place: Place, events: Sequence[Event]) -> Mapping[UUID, Entry | None]:
    """Leave pins and unpins to the audit: the pinned entry itself shows."""
    return {event.id: None for event in events}


def pinned(request: FirmRequest, place: Place) -> Sequence[UUID]:
    """Return the events pinned on the record."""
    return reads.pinned(place.noun, place.record_id)


def pin_url(request: FirmRequest, place: Place, event_id: UUID) -> str:
    """Return where a POST pins the event, or unpins it."""
    if not request.actor.can("notes.edit"):
        return ""
    return url(request, "pin", noun=place.noun, record_id=place.record_id, event_id=event_id)


def files(request: FirmRequest, note: Note) -> SafeString | str:
    """Return the files of a note as links."""
    found = [(url(request, "attachment", attachment_id=f.pk), f.name) for f in note.attachments.all()]
    if not found:
        return ""
    return format_html('<p class="row wrap gap-2">{}</p>', format_html_join(
        "", '<a class="attachment" href="{}" download>{}</a>', found))  # fmt: skip


def _with_body(request: FirmRequest, event: Event, note: Note) -> Entry:
    places = getattr(note, "places", 1)
    more = format_html(' <span class="muted">on {} records</span>', places) if places > 1 else ""
    edited = SafeString(' <span class="muted">(edited)</span>') if note.version > 1 else ""
    body = format_html("{}{}", richtext.shown(note.body), files(request, note))
    head = format_html("{}{}{}", entry_head(event), more, edited)
    return Entry(str(event.id), event.occurred_at, head, "note", "amber", body=body, actions=actions(request, note))


def actions(request: FirmRequest, note: Note) -> tuple[Action, ...]:
    """Return what the member may do with a note."""
    if not request.actor.can("notes.edit"):
        return ()
    own = note.author_id == request.actor.membership_id or request.actor.can("notes.manage")
    found = [Action("Put on another record", url(request, "note-associate", note_id=note.pk), "link", dialog=True)]
    if note.version > 1:
        found.append(Action("History", url(request, "note-history", note_id=note.pk), "history", dialog=True))
    if own:
        found.insert(0, Action("Change", url(request, "note-edit", note_id=note.pk), "pencil", dialog=True))
        found.append(Action("Delete", url(request, "note-delete", note_id=note.pk), "trash", dialog=True))
    return tuple(found)


def _note_id(event: Event) -> UUID | None:
    try:
        return UUID(str(event.data.get("note")))
    except ValueError:
        return None


def composer(request: Any, record: Any) -> SafeString:
    """Return the form that writes a note, for the top of a timeline."""
    noun = type(record)._meta.model_name
    return compose(request, f"{noun}:{record.pk}")


def compose(request: FirmRequest, about: str, *, body: str = "", error: str = "") -> SafeString:
    """Return the note form for one record, with what was typed and what is wrong with it."""
    from fairlead.activities import access

    context = {
        "about": about, "body": body, "error": error, "action": url(request, "note-new"),
        "mentions": url(request, "mentions"), "composer_url": url(request, "composer"),
        "templates": access.templates(request.actor).order_by("name_norm").only("name"),
    }  # fmt: skip
    return render_to_string("activities/composer.html", context, request=request)
