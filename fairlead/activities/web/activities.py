"""Pages and dialogs of activities."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest, Membership
from fairlead.activities import access, reads, richtext
from fairlead.activities.actions import activities, pins
from fairlead.activities.looks import COLORS, ICONS
from fairlead.activities.models import Activity, ActivityRevision, Kind
from fairlead.activities.web import asked, composing
from fairlead.activities.web.composing import PARTS, TIMES, fields_of
from fairlead.activities.web.drawing import actions, details, files, summary, url
from fairlead.activities.web.wording import in_words
from fairlead.kernel import dates, uploads
from fairlead.kernel.errors import InvalidInput, StaleVersion
from fairlead.kernel.ids import read_id
from fairlead.kernel.text import fold, whole_number
from fairlead.people.public import record_url
from fairlead.records.public import nouns
from fairlead.search.public import find
from fairlead.shell import seen
from fairlead.shell.dialogs import dialog
from fairlead.shell.forms import ActionForm, posted
from fairlead.shell.responses import done

PAGE = 20
STALE = "Somebody changed this since you opened it. Saving again replaces it; the history keeps theirs."
LABELS = {
    "occurred_at": "Time", "scheduled_at": "Planned time", "started_at": "Beginning", "ended_at": "End",
    "duration_minutes": "Length in minutes", "location": "Place",
}  # fmt: skip
TABS = (("", "Everything"), ("note", "Notes"), ("call", "Calls"), ("email", "Emails"), ("meeting", "Meetings"))


def page(request: FirmRequest) -> HttpResponse:
    """Show recent activities: `?kind=&mine=1`, and `?after=` an activity for more."""
    mine, kind = request.GET.get("mine") == "1", request.GET.get("kind", "")
    kinds = (kind,) if kind in Kind.values else ()
    found = reads.recent(request.actor, kinds=kinds, mine=mine, after=_after(request), limit=PAGE + 1)
    more = found[PAGE - 1].activity.pk if len(found) > PAGE else ""
    context = {
        "rows": rows_of(request, found[:PAGE]), "mine": mine, "kind": kind, "tabs": TABS, "more": more,
        "url": url(request, "activities"), "templates_url": url(request, "templates"),
        "new_url": url(request, "quick-note"), "may": request.actor.can("notes.edit"),
    }  # fmt: skip
    return render(request, "activities/activities.html", context)


def one(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Show one activity, with whom it is about and what was said about it."""
    found = access.activity(request.actor, activity_id)
    rows = rows_of(request, reads.placed(request.actor, list(reads.with_parts(request.actor, [found.pk]).values())))
    context = {
        "rows": rows, "url": url(request, "activities"), "title": found.get_kind_display(),
        "comments_url": url(request, "activity-comments", activity_id=found.pk),
    }  # fmt: skip
    return render(request, "activities/activity_page.html", context)


def quick(request: FirmRequest) -> HttpResponse:
    """Write a note, or with `?kind=` log something else, from any page: its record is chosen already."""
    request.actor.require("notes.edit")
    kind = request.POST.get("kind") or request.GET.get("kind", "note")
    error: InvalidInput | None = None
    if request.method == "POST":
        try:
            made = composing.write(request, kind, asked.places(request.POST.getlist("about")))
        except InvalidInput as refused:
            error = refused
        else:
            return done(request, composing.said_of(made), refresh=PARTS)
    come = request.GET.getlist("about") or [asked.coming_from(request)]
    about = request.POST.getlist("about") or [a for a in come if a]
    fields = fields_of(request, kind if kind in Kind.values else Kind.NOTE, error.fields if error else None)
    context: dict[str, Any] = {**fields, **asked.chosen(request, about), "kind": kind, "values": request.POST.dict()}
    title = "New note" if kind == Kind.NOTE else f"Log a {fields['kind_label'].lower()}"
    return dialog(request, None, title=title, template="activities/quick.html", **context)


def edit(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Change an activity; of a planned one, when it is to be."""
    return _form(request, composing.found_or_404(request, activity_id), complete=False)


def complete(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Say how a planned call or meeting went."""
    return _form(request, composing.found_or_404(request, activity_id), complete=True)


def _form(request: FirmRequest, found: Activity, *, complete: bool) -> HttpResponse:
    error: InvalidInput | None = None
    values: dict[str, Any] = _values(found, complete=complete)
    kept = values | {"at": f"{timezone.localtime(values['at']):%Y-%m-%dT%H:%M}" if values["at"] else ""}
    if request.method == "POST":
        values |= request.POST.dict()
        try:
            seen.expect(request.POST.get(seen.NAME, ""), kept, request.POST, in_words)
            _save(request, found, complete=complete)
        except StaleVersion:
            error = InvalidInput(STALE)
        except InvalidInput as refused:
            error = refused
        else:
            said = "Logged." if complete else f"{found.get_kind_display()} saved."
            found.refresh_from_db()
            return done(request, composing.with_who_is_not_told(said, found), refresh=PARTS)
    fields = fields_of(request, found.kind, error.fields if error else None)
    context: dict[str, Any] = {**fields, "kind": found.kind, "values": values, "complete": complete}
    context["seen"] = seen.mark(kept)
    noun = found.get_kind_display().lower()
    title = f"How did the {noun} go?" if complete else f"Edit {noun}"
    return dialog(request, None, title=title, template="activities/edit.html", **context)


def _save(request: FirmRequest, found: Activity, *, complete: bool) -> None:
    typed = composing.values_of(request)
    shown = found.scheduled_at if found.is_planned else found.occurred_at
    if not complete and shown and typed.get("occurred_at") == shown.replace(second=0, microsecond=0):
        del typed["occurred_at"]  # the form shows no seconds: who leaves the minute as it is moves nothing
    if complete:
        activities.complete_activity(
            found.pk, {"started_at": typed.pop("occurred_at", None), **typed}, by=request.actor
        )
        return
    if found.is_planned and "occurred_at" in typed:
        typed["scheduled_at"] = typed.pop("occurred_at")
    activities.edit_activity(found.pk, typed, by=request.actor, version=found.version)


def _values(found: Activity, *, complete: bool) -> dict[str, Any]:
    at = None if complete else (found.scheduled_at if found.is_planned else found.occurred_at)
    return {
        "body": found.body, "subject": found.subject, "location": found.location,
        "direction": found.direction,
        "duration_minutes": "" if found.duration_minutes is None else found.duration_minutes,
        "type": str(found.type_id or ""), "outcome": str(found.outcome_id or ""), "at": at or "",
    }  # fmt: skip


def history(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Show what an activity said before, each version with what changed after it; POST `version` goes back to one."""
    found = access.activity(request.actor, activity_id)
    if request.method == "POST":
        version = whole_number(request.POST.get("version")) or 0
        activities.revert_activity(activity_id, version, by=request.actor)
        return done(request, "The earlier version is back.", refresh=PARTS)
    revisions = reads.revisions(found)
    newer = [found.body, *(r.body for r in revisions)]
    steps = [(r, richtext.difference(r.body, after), _changed(r)) for r, after in zip(revisions, newer, strict=False)]
    context: dict[str, Any] = {"steps": steps, "url": url(request, "activity-history", activity_id=activity_id)}
    return dialog(request, None, title="History", template="activities/history.html", **context)


def _changed(revision: ActivityRevision) -> list[tuple[str, Any]]:
    """Return what else a version said, in words; of a held one when it began says when it stands on the timeline."""
    kept = {n: was for n, was in revision.details.items() if n != "occurred_at" or "started_at" not in revision.details}
    if "scheduled_at" in kept:  # of a planned one both are the same
        kept.pop("occurred_at", None)
    return [(LABELS.get(n, n.capitalize()), _said(n, was)) for n, was in kept.items()]


def _said(name: str, was: Any) -> Any:
    if name in TIMES and was:
        return dates.moment(datetime.fromisoformat(was))
    return "—" if was in (None, "") else was


def delete(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Ask, then delete an activity, with Undo."""
    found = access.activity(request.actor, activity_id)
    noun = found.get_kind_display()
    if request.method == "POST":
        activities.delete_activity(activity_id, by=request.actor)
        undo = url(request, "activity-restore", activity_id=activity_id)
        return done(request, f"{noun} deleted.", refresh=PARTS, undo_url=undo)
    return dialog(request, ActionForm(), title=f"Delete this {noun.lower()}?", submit="Delete", danger="yes")


@require_POST
def restore(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Bring a deleted activity back."""
    found = activities.restore_activity(activity_id, by=request.actor)
    return done(request, f"The {found.get_kind_display().lower()} is back.", refresh=PARTS)


def associate(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Put an activity on further records."""
    access.activity(request.actor, activity_id)
    request.actor.require("notes.edit")
    form = ActionForm(posted(request))
    widget = django_forms.SelectMultiple(attrs={"source": url(request, "record-choices")})
    form.fields["about"] = django_forms.MultipleChoiceField(label="Records", required=False, widget=widget)
    if request.method == "POST":
        try:
            activities.associate_activity(activity_id, asked.places(request.POST.getlist("about")), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "It stands on more records now.", refresh=PARTS)
    return dialog(request, form, title="Put it on another record")


@require_POST
def pin(request: FirmRequest, noun: str, record_id: UUID, event_id: UUID) -> HttpResponse:
    """Pin an entry of a timeline, or unpin it when it is pinned."""
    was = pins.unpin(noun, record_id, event_id, by=request.actor)
    if not was:
        pins.pin(noun, record_id, event_id, by=request.actor)
    return done(request, "Unpinned." if was else "Pinned to the top.", refresh=("timeline",))


def attachment(request: FirmRequest, attachment_id: UUID) -> HttpResponseBase:
    """Hand out a file of an activity, as a download."""
    found = access.attachment(request.actor, attachment_id)
    return uploads.serve(str(found.file.name), name=found.name, content_type=found.content_type)


@require_GET
def mentions(request: FirmRequest) -> JsonResponse:
    """Answer with active members whose name holds `?q=`, for who writes a note."""
    request.actor.require("notes.edit")
    typed = fold(request.GET.get("q", ""))
    rows = Membership.rows().filter(deactivated_at=None).select_related("user")
    found = sorted((m for m in rows if typed in fold(m.user.name)), key=lambda m: fold(m.user.name))
    return JsonResponse([{"id": str(m.pk), "label": m.user.name} for m in found[:8]], safe=False)


@require_GET
def record_choices(request: FirmRequest) -> JsonResponse:
    """Answer with records that fit `?q=`, for pickers of records."""
    kinds = [kind.name for kind in nouns.registered() if kind.name != "task"]
    found = find(request.GET.get("q", ""), by=request.actor, nouns=kinds, limit=12)
    choices = [{"value": f"{hit.noun}:{hit.record_id}", "label": hit.title, "color": ""} for hit in found]
    return JsonResponse(choices, safe=False)


def rows_of(request: FirmRequest, found: list[reads.Placed]) -> list[dict[str, object]]:
    """Return activities with what a line of a list shows of them."""
    return [
        {"activity": p.activity, "body": richtext.shown(p.activity.body), "actions": actions(request, p.activity),
         "summary": summary(p.activity) if p.activity.kind != Kind.NOTE else "", "icon": ICONS[p.activity.kind],
         "color": COLORS[p.activity.kind], "details": details(request, p.activity, p.records),
         "files": files(request, p.activity),
         "records": [(str(r), record_url(request, noun, r.pk)) for noun, r in p.records]}
        for p in found
    ]  # fmt: skip


def _after(request: FirmRequest) -> Activity | None:
    pk = read_id(request.GET.get("after", ""))
    return access.activities(request.actor).filter(pk=pk).first() if pk else None
