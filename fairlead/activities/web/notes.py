"""Pages and dialogs of notes."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest, Membership
from fairlead.activities import access, reads, richtext
from fairlead.activities.access import About
from fairlead.activities.actions import attachments, notes, pins
from fairlead.activities.models import Note
from fairlead.activities.web.drawing import compose, url
from fairlead.kernel import uploads
from fairlead.kernel.errors import InvalidInput, NotFound, StaleVersion
from fairlead.kernel.text import fold
from fairlead.people.public import dialog, record_url
from fairlead.records.public import nouns
from fairlead.search.public import find
from fairlead.shell.forms import ActionForm, UnjudgedMany
from fairlead.shell.responses import add_toast, done, is_partial, refresh_part

PAGE = 20


def page(request: FirmRequest) -> HttpResponse:
    """Show recent notes: `?mine=1`, and `?after=` a note for more."""
    mine = request.GET.get("mine") == "1"
    after = _after(request)
    found = reads.recent(request.actor, mine=mine, after=after, limit=PAGE + 1)
    more = found[PAGE - 1].note.pk if len(found) > PAGE else ""
    context = {"rows": _rows(request, found[:PAGE]), "mine": mine, "more": more, "url": url(request, "notes"),
               "new_url": url(request, "quick-note"), "may": request.actor.can("notes.edit")}  # fmt: skip
    return render(request, "activities/notes.html", context)


def one(request: FirmRequest, note_id: UUID) -> HttpResponse:
    """Show one note, with whom it is about."""
    rows = _rows(request, reads.placed(request.actor, [access.note(request.actor, note_id)]))
    return render(request, "activities/note_page.html", {"rows": rows, "url": url(request, "notes")})


def recent(request: FirmRequest) -> HttpResponse:
    """Answer with the widget of the member's recent notes."""
    found = reads.recent(request.actor, mine=True, limit=6)
    return render(request, "activities/recent.html", {"rows": _rows(request, found), "url": url(request, "notes")})


def new(request: FirmRequest) -> HttpResponse:
    """Write a note (POST `body`, `about`, `files`) from the form above a timeline."""
    if request.method != "POST":
        raise NotFound
    about = _about(request)
    try:
        _write(request, about)
    except InvalidInput as error:
        html = compose(request, request.POST.get("about", ""), body=request.POST.get("body", ""), error=error.message)
        return HttpResponse(html, status=422)
    if not is_partial(request):
        return redirect(record_url(request, *about[0]))
    response = HttpResponse(compose(request, request.POST.get("about", "")))
    add_toast(response, "Note saved.")
    refresh_part(response, "timeline", "notes")
    return response


def composer(request: FirmRequest) -> HttpResponse:
    """Answer with the note form, begun with a template: `?about=&template=`."""
    template = access.templates(request.actor).filter(pk=_uuid(request.GET.get("template", ""))).first()
    return HttpResponse(compose(request, request.GET.get("about", ""), body=template.body if template else ""))


def quick(request: FirmRequest) -> HttpResponse:
    """Write a note from any page: the record of the page that the member comes from is chosen already."""
    request.actor.require("notes.edit")
    error = ""
    if request.method == "POST":
        try:
            _write(request, _about(request))
        except InvalidInput as refused:
            error = refused.message
        else:
            return done(request, "Note saved.", refresh=("timeline", "notes"))
    chosen = request.POST.getlist("about") or [a for a in [request.GET.get("about", "") or _coming_from(request)] if a]
    found = access.records(request.actor, _places(chosen))
    context: dict[str, Any] = {
        "error": error, "body": request.POST.get("body", ""), "mentions": url(request, "mentions"),
        "chosen": [{"value": f"{noun}:{pk}", "label": str(r)} for pk, (noun, r) in found.items()],
        "values": [f"{noun}:{pk}" for pk, (noun, _) in found.items()], "source": url(request, "record-choices"),
    }  # fmt: skip
    return dialog(request, None, title="New note", template="activities/quick.html", **context)


def edit(request: FirmRequest, note_id: UUID) -> HttpResponse:
    """Change a note."""
    note = access.note(request.actor, note_id)
    error, body, version = "", note.body, note.version
    if request.method == "POST":
        body, typed = request.POST.get("body", ""), request.POST.get("version", "")
        try:
            notes.edit_note(note_id, body, by=request.actor, version=int(typed) if typed.isdigit() else None)
        except StaleVersion:
            error = (
                "Somebody changed this note since you opened it. Saving again replaces it; the history keeps theirs."
            )
        except InvalidInput as refused:
            error = refused.message
        else:
            return done(request, "Note saved.", refresh=("timeline", "notes"))
    context: dict[str, Any] = {
        "note": note,
        "error": error,
        "body": body,
        "version": version,
        "mentions": url(request, "mentions"),
    }
    return dialog(request, None, title="Change the note", template="activities/edit.html", **context)


def history(request: FirmRequest, note_id: UUID) -> HttpResponse:
    """Show what a note said before, each version with what changed after it; POST `version` goes back to one."""
    note = access.note(request.actor, note_id)
    if request.method == "POST":
        version = request.POST.get("version", "")
        notes.revert_note(note_id, int(version) if version.isdigit() else 0, by=request.actor)
        return done(request, "The earlier text is back.", refresh=("timeline", "notes"))
    found = reads.revisions(note)
    newer = [note.body, *(r.body for r in found)]
    steps = [(r, richtext.difference(r.body, after)) for r, after in zip(found, newer, strict=False)]
    context: dict[str, Any] = {"note": note, "steps": steps, "url": url(request, "note-history", note_id=note_id)}
    return dialog(request, None, title="History of the note", template="activities/history.html", **context)


def delete(request: FirmRequest, note_id: UUID) -> HttpResponse:
    """Ask, then delete a note, with Undo."""
    access.note(request.actor, note_id)
    if request.method == "POST":
        notes.delete_note(note_id, by=request.actor)
        undo = url(request, "note-restore", note_id=note_id)
        return done(request, "Note deleted.", refresh=("timeline", "notes"), undo_url=undo)
    return dialog(request, ActionForm(), title="Delete this note?", submit="Delete", danger="yes")


def restore(request: FirmRequest, note_id: UUID) -> HttpResponse:
    """Bring a deleted note back (POST)."""
    if request.method != "POST":
        raise NotFound
    notes.restore_note(note_id, by=request.actor)
    return done(request, "The note is back.", refresh=("timeline", "notes"))


def associate(request: FirmRequest, note_id: UUID) -> HttpResponse:
    """Put a note on further records."""
    access.note(request.actor, note_id)
    request.actor.require("notes.edit")
    form = ActionForm(request.POST if request.method == "POST" else None)
    form.fields["about"] = UnjudgedMany(label="Records", source=url(request, "record-choices"))
    if request.method == "POST":
        try:
            notes.associate_note(note_id, _about(request), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "The note stands on more records now.", refresh=("timeline", "notes"))
    return dialog(request, form, title="Put the note on another record")


def pin(request: FirmRequest, noun: str, record_id: UUID, event_id: UUID) -> HttpResponse:
    """Pin an entry of a timeline, or unpin it when it is pinned (POST)."""
    if request.method != "POST":
        raise NotFound
    was = pins.unpin(noun, record_id, event_id, by=request.actor)
    if not was:
        pins.pin(noun, record_id, event_id, by=request.actor)
    return done(request, "Unpinned." if was else "Pinned to the top.", refresh=("timeline",))


def attachment(request: FirmRequest, attachment_id: UUID) -> HttpResponseBase:
    """Hand out a file of a note, as a download."""
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


@transaction.atomic
def _write(request: FirmRequest, about: list[About]) -> None:
    note = notes.write_note(request.POST.get("body", ""), about, by=request.actor)
    for upload in request.FILES.getlist("files"):
        if upload.file is not None:
            attachments.attach(note.pk, upload.file, upload.name or "file", by=request.actor)


@require_GET
def record_choices(request: FirmRequest) -> JsonResponse:
    """Answer with people and companies that fit `?q=`, for pickers of records."""
    kinds = [kind.name for kind in nouns.registered()]
    found = find(request.GET.get("q", ""), by=request.actor, nouns=kinds, limit=12)
    choices = [{"value": f"{hit.noun}:{hit.record_id}", "label": hit.title, "color": ""} for hit in found]
    return JsonResponse(choices, safe=False)


def _about(request: FirmRequest) -> list[About]:
    return list(dict.fromkeys(_places(request.POST.getlist("about"))))


def _places(texts: list[str]) -> list[About]:
    parts = [text.partition(":") for text in texts]
    return [(noun, pk) for noun, _, record_id in parts if (pk := _uuid(record_id)) is not None]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _coming_from(request: FirmRequest) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(request.headers.get("Referer", "")).path.strip("/").split("/")
    if len(parts) < 4 or parts[:2] != ["f", request.firm.slug]:
        return ""
    noun = next((n.name for n in nouns.registered() if n.plural == parts[2]), "")
    return f"{noun}:{parts[3]}" if noun and _uuid(parts[3]) else ""


def _after(request: FirmRequest) -> Note | None:
    pk = _uuid(request.GET.get("after", ""))
    return access.notes(request.actor).filter(pk=pk).first() if pk else None


def _rows(request: FirmRequest, found: list[reads.Placed]) -> list[dict[str, object]]:
    from fairlead.activities.web.drawing import actions

    return [
        {"note": p.note, "body": richtext.shown(p.note.body), "actions": actions(request, p.note),
         "records": [(str(r), record_url(request, noun, r.pk)) for noun, r in p.records]}
        for p in found
    ]  # fmt: skip
