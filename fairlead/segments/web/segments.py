"""The pages of segments: the list, one segment, the builder, what changes them."""

import json
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import FairleadError, InvalidInput, NotFound
from fairlead.kernel.ids import found_id
from fairlead.people.public import access as people
from fairlead.people.public import kinds, quick_search
from fairlead.records.public import Criteria, Vocabulary, at_conditions, nouns, read_tree, sentence
from fairlead.segments import access, reads
from fairlead.segments.actions import picks, segments
from fairlead.segments.models import Segment, SegmentVersion
from fairlead.segments.starters import starter, starters
from fairlead.segments.web.drawing import curve, in_words
from fairlead.segments.web.place import people_url, url
from fairlead.shell import seen
from fairlead.shell.responses import done

DAYS, FOUND, VERSIONS = 90, 8, 20
VERBS: dict[str, tuple[Any, str]] = {
    "pause": (segments.pause_segment, "{} is paused: its people stay as they are."),
    "resume": (segments.resume_segment, "{} is kept up to date again."),
    "archive": (segments.archive_segment, "{} is archived."),
    "unarchive": (segments.unarchive_segment, "{} is back."),
    "recount": (segments.recount_segment, "{} is being recounted."),
}


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """List the segments, archived ones with `?archived=1`."""
    archived = request.GET.get("archived") == "1"
    rows = access.segments(request.actor).select_related("created_by__user").order_by("name_norm")
    away = Segment.Status.ARCHIVED
    found = list(rows.filter(status=away) if archived else rows.exclude(status=away))
    grown = reads.growth(found)
    shown = [(s, grown[s.pk], curve(grown[s.pk], 96, 28)) for s in found]
    may = request.actor.can("segments.manage")
    context = {
        "rows": shown, "archived": archived, "may": may, "url": url(request, "segments"),
        "starters": starters()[:6] if may else (), "people": sum(s.size for s in found),
        "sees_some": request.actor.visible_owners is not None,
        "defects": access.defects(request.actor).filter(settled_at=None).count() if may else 0,
    }  # fmt: skip
    return render(request, "segments/segments.html", context)


@require_GET
def segment(request: FirmRequest, segment_id: UUID) -> HttpResponse:
    """Show one segment: how large it is and was, what it asks, who lives on it, what it has been."""
    found = access.segment(request.actor, segment_id)
    grown = reads.growth([found], DAYS)[found.pk]
    may = request.actor.can("segments.manage")
    context = {
        "segment": found, "growth": grown, "curve": curve(grown, 720, 160), "days": DAYS, "may": may,
        "lines": _words(request, found.criteria), "url": url(request, "segment", segment_id=found.pk),
        "list_url": url(request, "segments"), "people_url": people_url(request, "segment", found.pk),
        "users": segments.used_by(found.pk), "versions": _versions(request, found),
        "seen": None if request.actor.visible_owners is None else access.members(request.actor, found.pk).count(),
        "is_static": found.kind == Segment.Kind.STATIC, "may_pick": request.actor.can("contacts.edit"),
    }  # fmt: skip
    return render(request, "segments/segment.html", context)


def edit(request: FirmRequest, segment_id: UUID | None = None) -> HttpResponse:
    """Show the builder (GET, `?starter=` or `?criteria=`), or save what it sends (POST)."""
    request.actor.require("segments.manage")
    found = access.segment(request.actor, segment_id) if segment_id else None
    if request.method == "POST":
        return _save(request, found)
    begin = starter(request.GET.get("starter", ""))
    kind = found.kind if found else request.GET.get("kind", Segment.Kind.DYNAMIC)
    name, text = (found.name, found.description) if found else (begin.name, begin.description) if begin else ("", "")
    tree = found.criteria if found else begin.criteria if begin else _given(request)
    carried = seen.mark(_stored(found)) if found else ""
    sent = {"name": name, "description": text, "criteria": json.dumps(tree), "kind": kind}
    return _builder(request, found, **sent, carried=carried, status=200)


def _given(request: FirmRequest) -> Any:
    """Return the criteria that a link proposes; none when they are not JSON: the builder judges the rest."""
    try:
        return read_tree(request.GET.get("criteria", "")) or {"all": []}
    except InvalidInput:
        return {"all": []}


def _save(request: FirmRequest, found: Segment | None) -> HttpResponse:
    sent = {name: request.POST.get(name, "") for name in ("name", "description", "criteria", "kind")}
    values: dict[str, Any] = {"name": sent["name"], "description": sent["description"]}
    carried = request.POST.get(seen.NAME, "")
    try:
        if sent["kind"] != Segment.Kind.STATIC:
            values["criteria"] = read_tree(sent["criteria"]) or {"all": []}
        if found is None:
            made = segments.create_segment({**values, "kind": sent["kind"] or "dynamic"}, by=request.actor)
        else:
            stored, then, carried = _stored(found), carried, seen.mark(_stored(found))
            seen.expect(then, stored, values, partial(_shown, request))
            made = segments.update_segment(found.pk, values, by=request.actor, version=found.version)
    except FairleadError as error:
        fields = error.fields if isinstance(error, InvalidInput) else {"": [error.message]}
        return _builder(request, found, **sent, carried=carried, errors=fields, status=422)
    return done(request, "Segment saved.", to=url(request, "segment", segment_id=made.pk))


def _stored(found: Segment) -> dict[str, Any]:
    return {"name": found.name, "description": found.description, "criteria": found.criteria}


def _shown(request: FirmRequest, name: str, value: Any) -> str:
    return sentence(nouns.get("contact"), value, by=request.actor) if name == "criteria" else str(value)


def _builder(
    request: FirmRequest, found: Segment | None, *, status: int, carried: str, errors: Any = None, **sent: str
) -> HttpResponse:
    wrong = {path: " ".join(texts) for path, texts in (errors or {}).items()}
    problems = at_conditions({path: texts for path, texts in (errors or {}).items() if path.startswith("criteria")})
    context = {
        "segment": found, "sent": sent, "seen": carried, "errors": wrong, "problems": json.dumps(problems),
        "action": url(request, "segment-edit", segment_id=found.pk) if found else url(request, "segment-new"),
        "cancel": url(request, "segment", segment_id=found.pk) if found else url(request, "segments"),
        "catalogue": reverse("records:catalogue", kwargs={"firm": request.firm.slug, "noun": "contact"}),
        "starters": () if found else starters(),
        "preview_url": url(request, "segment-preview") + (f"?segment={found.pk}" if found else ""),
        "is_static": sent["kind"] == Segment.Kind.STATIC, "new_url": url(request, "segment-new"),
    }  # fmt: skip
    template = "segments/builder_form.html" if status == 422 else "segments/builder.html"
    return render(request, template, context, status=status)


@require_POST
def preview(request: FirmRequest) -> HttpResponse:
    """Answer who would be in a segment with `criteria`, in words and with a sample; 422 names what is wrong."""
    own = request.GET.get("segment", "")
    found = access.segment(request.actor, found_id(own)) if own else None
    try:
        tree = read_tree(request.POST.get("criteria", "")) or {"all": []}
        asked_for = reads.preview(request.actor, tree, found)
    except InvalidInput as error:
        problems = json.dumps(at_conditions(error.fields))
        return render(request, "segments/preview.html", {"problems": problems}, status=422)
    asked = Criteria(nouns.get("contact"), tree, by=request.actor)
    sample = [(c, kinds.record_url(request, "contact", c.pk)) for c in asked_for.sample]
    total = people.contacts(request.actor).count()
    context = {"count": asked_for.count, "sample": sample, "lines": in_words(asked, request.actor), "total": total,
               "share": round(100 * asked_for.count / total) if total else 0}  # fmt: skip
    return render(request, "segments/preview.html", context)


@require_GET
def explain(request: FirmRequest, segment_id: UUID) -> HttpResponse:
    """Answer why somebody is in the segment: people found by `?q=`, the reasons of `?contact=`."""
    found = access.segment(request.actor, segment_id)
    context: dict[str, Any] = {"segment": found, "url": url(request, "segment-explain", segment_id=found.pk)}
    if request.GET.get("contact"):
        contact = people.contact(request.actor, found_id(request.GET["contact"]))
        reason = reads.explain(request.actor, found, contact.pk)
        context |= {
            "contact": contact,
            "reason": reason,
            "contact_url": kinds.record_url(request, "contact", contact.pk),
        }
        context["static"] = found.kind == Segment.Kind.STATIC
    elif query := request.GET.get("q", "").strip():
        rows = quick_search.of("contact", "email_norm")(people.contacts(request.actor), query, request.actor)
        context["found"] = list(rows.order_by("sort_key", "id")[:FOUND])
        context["query"] = query
    return render(request, "segments/explain.html", context)


@require_POST
def turn(request: FirmRequest, segment_id: UUID, verb: str) -> HttpResponse:
    """Pause, resume, archive, take out, recount."""
    if verb not in VERBS:
        raise NotFound
    act, text = VERBS[verb]
    found = act(segment_id, by=request.actor)
    return done(request, text.format(found.name), to=url(request, "segment", segment_id=segment_id))


@require_POST
def restore(request: FirmRequest, segment_id: UUID, number: int) -> HttpResponse:
    """Have criteria of an earlier version again."""
    segments.restore_version(segment_id, number, by=request.actor)
    return done(request, f"Version {number} is back.", to=url(request, "segment", segment_id=segment_id))


@require_POST
def pick(request: FirmRequest, segment_id: UUID) -> HttpResponse:
    """Put a contact (`contact`) into a static segment, or take it out (`out=1`)."""
    request.actor.require("contacts.edit")
    act = picks.remove_people if request.POST.get("out") else picks.add_people
    act(segment_id, [found_id(request.POST.get("contact", ""))], by=request.actor)
    return done(request, "Saved.", to=url(request, "segment", segment_id=segment_id))


@require_GET
def size(request: FirmRequest, segment_id: UUID) -> HttpResponse:
    """Answer the size, for as long as a recount is due."""
    found = access.segment(request.actor, segment_id)
    context = {"segment": found, "size_url": url(request, "segment-size", segment_id=found.pk)}
    return render(request, "segments/size.html", context)


@require_GET
def defects(request: FirmRequest) -> HttpResponse:
    """List what nightly comparisons found."""
    found = access.defects(request.actor)[:100]
    ids = [pk for d in found for pk in d.sample[:5]]
    names = dict(people.contacts(request.actor).filter(pk__in=ids).values_list("pk", "name"))
    rows = [(d, [names[UUID(pk)] for pk in d.sample[:5] if UUID(pk) in names]) for d in found]
    return render(request, "segments/defects.html", {"rows": rows, "url": url(request, "segments")})


@require_POST
def settle(request: FirmRequest, defect_id: UUID) -> HttpResponse:
    """Say that a defect has been looked into."""
    segments.settle_defect(defect_id, by=request.actor)
    return redirect(url(request, "defects"))


def _versions(request: FirmRequest, found: Segment) -> list[tuple[SegmentVersion, Any]]:
    """Return the latest versions, each with its criteria in words: who brings one back sees what it was."""
    if found.kind == Segment.Kind.STATIC:
        return []
    known = Vocabulary(nouns.get("contact"))
    return [(v, _words(request, v.criteria, known)) for v in access.versions(request.actor, found.pk)[:VERSIONS]]


def _words(request: FirmRequest, tree: Any, known: Vocabulary | None = None) -> Any:
    """Return criteria line by line; nothing for picks, and for what can no longer be asked."""
    if tree is None:
        return ()
    try:
        asked = Criteria(nouns.get("contact"), tree, by=request.actor, vocabulary=known, stored=True)
    except InvalidInput:
        return ()
    return in_words(asked, request.actor)
