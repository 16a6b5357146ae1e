"""Activities and tasks on a timeline."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fairlead.accounts.public import FirmRequest
from fairlead.activities import access, reads, richtext, task_reads
from fairlead.activities.access import NOBODY
from fairlead.activities.finding import activity_id
from fairlead.activities.looks import COLORS, ICONS
from fairlead.activities.models import Activity, Kind
from fairlead.activities.saying import hush
from fairlead.events.public import Event, hide
from fairlead.kernel import dates
from fairlead.kernel.ids import read_id
from fairlead.kernel.text import counted
from fairlead.people.public import entry_head, record_url
from fairlead.people.public import timeline as people_timeline
from fairlead.shell.lists import Action
from fairlead.shell.record import Entry

Place = people_timeline.Place
NAMED = 3
BODIES = ("written", "logged", "associated")
SILENT = ("mentioned", "commented", "comment_edited", "comment_deleted", "file_added")  # the activity itself shows it


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room."""
    return reverse(f"activities:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def draw_activities(request: FirmRequest, place: Place, events: Sequence[Event]) -> Mapping[UUID, Entry | None]:
    """Draw activity events: each activity as it is now, once, where it happened; nothing of one that is gone."""
    ids = {e.id: activity_id(e) for e in events}
    found = reads.on_timeline(request.actor, [pk for pk in ids.values() if pk], (place.noun, place.record_id))
    records = {p.activity.pk: p.records for p in reads.placed(request.actor, list(found.values()), place.known)}
    drawn: dict[UUID, Entry | None] = {}
    shown: set[UUID] = set()
    for event in events:
        verb, activity = event.type.partition(".")[2], found.get(ids[event.id] or event.id)
        if activity is not None and _left(event, place, records.get(activity.pk, ())):
            activity = None
        if verb in BODIES:
            fits = activity is not None and activity.pk not in shown and event.occurred_at == activity.occurred_at
            drawn[event.id] = _whole(request, place, event, activity, records) if fits and activity else None
            shown |= {activity.pk} if fits and activity else set()
        elif verb == "scheduled":
            planned = activity is not None and activity.is_planned and activity.pk not in shown
            drawn[event.id] = _whole(request, place, event, activity, records) if planned and activity else None
            shown |= {activity.pk} if planned and activity else set()
        elif verb not in SILENT:
            if activity is None:
                hide([event])
            drawn[event.id] = Entry(str(event.id), event.occurred_at, entry_head(event), "pencil", "slate")
    return drawn


def draw_tasks(request: FirmRequest, place: Place, events: Sequence[Event]) -> Mapping[UUID, Entry | None]:
    """Draw task events: where a task was made or linked, the task as it is now, once; elsewhere what happened to it."""
    ids = {e.id: _task_id(e) for e in events}
    rows = access.tasks(request.actor).filter(pk__in=[pk for pk in ids.values() if pk])
    found = {s.task.pk: s for s in task_reads.shown(request.actor, rows, place.known)} if ids else {}
    drawn: dict[UUID, Entry | None] = {}
    shown: set[UUID] = set()
    silent = hush(events, request.actor)
    for event in events:
        verb, line = event.type.partition(".")[2], found.get(ids[event.id] or event.id)
        if verb in ("created", "associated"):
            drawn[event.id] = None
            if line is None or line.task.pk in shown or _left(event, place, line.records):
                continue
            shown.add(line.task.pk)
            context = {"line": line, "bare": True, **task_urls(request)}
            body = SafeString(render_to_string("activities/tasks/line.html", context, request=request))
            head = format_html("<b>{}</b> made a task", event.actor_label or "Fairlead")
            drawn[event.id] = Entry(str(event.id), event.occurred_at, head, "checkbox", COLORS["task"], body=body)
        elif verb in ("completed", "reopened", "snoozed", "skipped", "put_back", "commented", "overdue"):
            said = event.data.get("text") if verb == "commented" and event.id not in silent else ""
            drawn[event.id] = Entry(
                str(event.id), event.occurred_at, entry_head(event),
                "circle-check" if verb == "completed" else "checkbox",
                "green" if verb == "completed" else "slate", details=said or "",
            )  # fmt: skip
        else:
            drawn[event.id] = None
    return drawn


def _left(event: Event, place: Place, records: Sequence[tuple[str, Any]]) -> bool:
    """Tell whether what the event put on the record of this timeline has been taken off it since."""
    told = event.contact_id if event.subject_noun == "task" else event.subject_id
    return told == place.record_id and all(record.pk != place.record_id for _, record in records)


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


def task_urls(request: FirmRequest) -> dict[str, Any]:
    """Return what the templates of tasks need: the root of their addresses, and whether tasks may be changed."""
    return {"tasks_url": f"/f/{request.firm.slug}/tasks/", "may_edit_tasks": request.actor.can("tasks.edit")}


def files(request: FirmRequest, found: Activity) -> SafeString | str:
    """Return the files of an activity as links."""
    links = [(url(request, "attachment", attachment_id=f.pk), f.name) for f in found.attachments.all()]
    if not links:
        return ""
    return format_html('<p class="row wrap gap-2">{}</p>', format_html_join(
        "", '<a class="attachment" href="{}" download>{}</a>', links))  # fmt: skip


def summary(found: Activity) -> SafeString:
    """Return what is said of an activity in its line: badges of type and outcome, direction, length."""
    badges = [(o.color, o.name) for o in (found.type, found.outcome) if o is not None]
    words = [found.get_direction_display()] if found.direction else []
    if found.kind in (Kind.CALL, Kind.MEETING) and found.duration_minutes:
        words.append(f"{found.duration_minutes} min")
    shown = format_html_join("", '<span class="badge" data-color="{}">{}</span>', badges)
    return format_html(
        '<span class="row wrap gap-1">{}<span class="muted small">{}</span></span>', shown, " · ".join(words)
    )


def details(request: FirmRequest, found: Activity, records: Sequence[tuple[str, Any]]) -> SafeString | str:
    """Return all that is known of an activity, for the part that opens on demand."""
    rows: list[tuple[str, Any]] = []
    for label, moment in (("Scheduled", found.scheduled_at), ("Began", found.started_at), ("Ended", found.ended_at)):
        if moment is not None:
            rows.append((label, format_html('<time datetime="{}">{}</time>', moment.isoformat(), dates.moment(moment))))
    for label, value in (("Type", found.type), ("Outcome", found.outcome), ("Place", found.location)):
        if value:
            rows.append((label, str(value)))
    if found.kind == Kind.CALL and found.direction:
        rows.append(("Direction", found.get_direction_display()))
    if found.duration_minutes:
        rows.append(("Length", counted(found.duration_minutes, "minute")))
    if len(records) > 1 or (rows and records):
        links = [(record_url(request, noun, r.pk), str(r)) for noun, r in records]
        rows.append(("About", format_html_join(", ", '<a href="{}">{}</a>', links)))
    if not rows:
        return ""
    return format_html('<dl class="facts">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


def actions(request: FirmRequest, found: Activity) -> tuple[Action, ...]:
    """Return what the member may do with an activity."""
    said = getattr(found, "said", 0)
    comments = Action(
        f"Comments ({said})" if said else "Comment", _url(request, "comments", found), "message", dialog=True
    )
    if not request.actor.can("notes.edit"):
        return (comments,) if said else ()
    offered = [comments, Action("Put on another record", _url(request, "associate", found), "link", dialog=True)]
    if found.version > 1:
        offered.append(Action("History", _url(request, "history", found), "history", dialog=True))
    if found.author_id == request.actor.membership_id or request.actor.can("notes.manage"):
        offered.insert(0, Action("Edit", _url(request, "edit", found), "pencil", dialog=True))
        if found.is_planned:
            offered.insert(
                0, Action("Log how it went", _url(request, "complete", found), "phone-check", primary=True, dialog=True)
            )
        offered.append(Action("Delete", _url(request, "delete", found), "trash", dialog=True))
    return tuple(offered)


def _url(request: FirmRequest, name: str, found: Activity) -> str:
    return _pattern(request.firm.slug, name).replace(str(NOBODY), str(found.pk))


@lru_cache(maxsize=1_000)
def _pattern(slug: str, name: str) -> str:
    """Return the address of a page about activities: a timeline has a hundred of them, and each costs a reversing."""
    return reverse(f"activities:activity-{name}", kwargs={"firm": slug, "activity_id": NOBODY})


def _whole(
    request: FirmRequest, place: Place, event: Event, found: Activity, records: Mapping[UUID, Sequence[tuple[str, Any]]]
) -> Entry:
    places = getattr(found, "places", 1)
    verb = "is to have" if found.is_planned else ("wrote" if found.kind == Kind.NOTE else "logged")
    article = "an" if found.kind == Kind.EMAIL else "a"
    who = found.author.user.name if found.author else event.actor_label or "Somebody"
    more = format_html(' <span class="muted">on {} records</span>', places) if places > 1 else ""
    edited = SafeString(' <span class="muted">(edited)</span>') if found.version > 1 else ""
    whose = _whose(request, place, records.get(found.pk, ()))
    kind = found.get_kind_display().lower()
    head = format_html("<b>{}</b> {} {} {}{}{}{}", who, verb, article, kind, whose, more, edited)
    subject = format_html('<p class="strong">{}</p>', found.subject) if found.subject else ""
    planned = dates.moment(found.scheduled_at) if found.is_planned else ""
    when = format_html('<p class="small">Planned for {}</p>', planned) if planned else ""
    said = getattr(found, "said", 0)
    talk = format_html(
        '<p><a class="small" href="{}" data-dialog>{} comment{}</a></p>', _url(request, "comments", found), said,
        "s" if said > 1 else "",
    ) if said else ""  # fmt: skip
    line = summary(found) if found.kind != Kind.NOTE or found.type_id or found.outcome_id else ""
    body = format_html("{}{}{}{}{}{}", subject, line, when, richtext.shown(found.body), files(request, found), talk)
    return Entry(
        str(event.id), event.occurred_at, head, ICONS[found.kind], COLORS[found.kind], body=body,
        details=details(request, found, records.get(found.pk, ())), actions=actions(request, found),
    )  # fmt: skip


def _whose(request: FirmRequest, place: Place, records: Sequence[tuple[str, Any]]) -> SafeString | str:
    """Return the people whom an activity on a company's timeline is about; on a person's own it goes without saying."""
    if place.noun != "company":
        return ""
    people = [(record_url(request, noun, r.pk), str(r)) for noun, r in records if noun == "contact"]
    more = format_html(" and {} more", len(people) - NAMED) if len(people) > NAMED else ""
    links = format_html_join(", ", '<a href="{}">{}</a>', people[:NAMED])
    return format_html(" · {}{}", links, more) if people else ""


def _task_id(event: Event) -> UUID | None:
    return read_id(event.data.get("task"))
