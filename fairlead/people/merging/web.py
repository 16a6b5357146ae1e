"""Pages of duplicates: the queue, two records side by side, merging and undoing, the search through everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts.public import FirmRequest, Membership
from fairlead.kernel.errors import NotFound
from fairlead.kernel.text import counted, whole_number
from fairlead.people.merging import merged
from fairlead.people.merging.choosing import about, suspects_of
from fairlead.people.web import kinds, showing
from fairlead.records.duplicates.public import (
    DuplicateCandidate,
    DuplicateScan,
    actions,
    candidates,
    fields,
    merging,
    scanning,
)
from fairlead.records.public import Merge
from fairlead.shell.progress import Job, State
from fairlead.shell.responses import done, refresh_part

PAGE = 25
LIKELY = 75
STATES = (("open", "To decide"), ("dismissed", "Not duplicates"), ("merged", "Merged"))
STRENGTHS = (("", "Any likelihood"), (str(LIKELY), "Likely only"))
NOUNS = ("contact", "company")


@dataclass(frozen=True)
class Side:
    """One of two records as the queue shows it."""

    name: str
    text: str
    url: str


@dataclass(frozen=True)
class Row:
    """A pair of the queue."""

    pair: DuplicateCandidate
    sides: Sequence[Side]
    compare_url: str
    decided_by: str


@dataclass(frozen=True)
class Line:
    """A field of two records: both values as shown, and whose stays."""

    name: str
    label: str
    winner: SafeString | str
    loser: SafeString | str
    chosen: str
    differs: bool


@require_GET
def queue(request: FirmRequest) -> HttpResponse:
    """Show the pairs to decide: `?noun=&state=&score=&page=`."""
    noun = request.GET.get("noun", "contact")
    if noun not in NOUNS:
        raise NotFound
    kind = kinds.noun_of(noun)
    asked = request.GET.get("state", "")
    state = asked if asked in dict(STATES) else "open"
    away = state == DuplicateCandidate.State.MERGED
    pairs = candidates.visible(kind, request.actor).filter(state=state).order_by("-score", "id")
    rows: QuerySet[Any] = merged.merges(kind, request.actor) if away else pairs
    strength = "" if away else request.GET.get("score", "")
    if (least := whole_number(strength)) is not None:
        rows = rows.filter(score__gte=min(max(0, least), 100))
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown, may = list(found.object_list), all(request.actor.can(kind.permission(v)) for v in ("edit", "delete"))
    latest = scanning.scans(kind, request.actor).first()
    context = {
        "kind": kind, "noun": noun, "state": state, "score": strength, "states": STATES, "strengths": STRENGTHS,
        "page": found, "rows": [] if away else _rows(request, noun, shown), "url": kinds.url(request, "duplicates"),
        "job": as_job(request, latest) if latest else None, "kinds": [kinds.noun_of(n) for n in NOUNS],
        "merges": merged.lines(request, kind, shown, may=may) if away else [], "may": may, "days": actions.UNDO_DAYS,
        "scanning": latest is not None and latest.is_active, "likely": LIKELY,
    }  # fmt: skip
    return render(request, "people/duplicates/queue.html", context)


@require_http_methods(["GET", "POST"])
def compare(request: FirmRequest, noun: str, record_id: UUID, other_id: UUID) -> HttpResponse:
    """Show two records side by side, and make one of them (POST `choice-<field>`): the first one stays."""
    kind = kinds.noun_of(noun)
    actions.permit(kind, request.actor)
    if record_id == other_id:
        raise NotFound("A record cannot be merged with itself.")
    winner, loser = kinds.read(request, noun, record_id), kinds.read(request, noun, other_id)
    if request.method == "POST":
        given = {n.removeprefix("choice-"): str(v) for n, v in request.POST.items() if n.startswith("choice-")}
        made = actions.merge_records(kind, record_id, other_id, given, by=request.actor)
        undo = kinds.url(request, "merge-undo", merge_id=made.pk)
        text = f"{made.loser_name} is part of {made.winner_name} now."
        return done(request, text, to=kinds.record_url(request, noun, record_id), undo_url=undo)
    context = {
        "kind": kind, "winner": winner, "loser": loser, "days": actions.UNDO_DAYS,
        "lines": _lines(request, noun, winner, loser), "url": request.path,
        "parts": [p for p in merging.merger_of(noun).parts(record_id, other_id) if p.items],
        "swap_url": kinds.part_url(request, noun, "compare", record_id=other_id, other_id=record_id),
        "winner_url": kinds.record_url(request, noun, record_id), "noun": noun,
        "loser_url": kinds.record_url(request, noun, other_id), "queue_url": kinds.url(request, "duplicates"),
        "pair": _open_pair(request, noun, record_id, other_id),
    }  # fmt: skip
    return render(request, "people/duplicates/compare.html", context)


@require_POST
def decide(request: FirmRequest, candidate_id: UUID) -> HttpResponse:
    """Say that a pair is not one, or take that back (POST `state`)."""
    undo = kinds.url(request, "duplicate-decide", candidate_id=candidate_id)
    if request.POST.get("state") == "dismissed":
        candidates.dismiss(candidate_id, by=request.actor)
        return done(request, "Not a duplicate.", refresh=("list", "panel-duplicates"), undo_url=undo)
    candidates.reopen(candidate_id, by=request.actor)
    return done(request, "Back among those to decide.", refresh=("list", "undone", "panel-duplicates"))


@require_POST
def undo(request: FirmRequest, merge_id: UUID) -> HttpResponse:
    """Take a merge back (POST)."""
    found = actions.undo_merge(merge_id, by=request.actor)
    text = f"{found.loser_name} is a record of its own again."
    if found.kept:
        text += " Left as it is: " + " ".join(found.kept)
    return done(request, text, to=kinds.record_url(request, found.noun, found.winner_id))


@require_POST
def start_scan(request: FirmRequest) -> HttpResponse:
    """Search all records of a noun (POST `noun`)."""
    if request.POST.get("noun") not in NOUNS:
        raise NotFound
    noun = request.POST["noun"]
    scanning.start_scan(kinds.noun_of(noun), by=request.actor)
    return done(request, "The search has begun.", to=f"{kinds.url(request, 'duplicates')}?noun={noun}")


@require_http_methods(["GET", "POST"])
def scan(request: FirmRequest, scan_id: UUID) -> HttpResponse:
    """Show how far a search is; POST stops it."""
    found = scanning.scan(scan_id, request.actor)
    if request.method == "POST":
        found = scanning.cancel_scan(scan_id, by=request.actor)
    response = render(request, "shell/progress/job.html", {"job": as_job(request, found)})
    if not found.is_active:
        refresh_part(response, "list")
    return response


def as_job(request: FirmRequest, found: DuplicateScan) -> Job:
    """Return a search as the shell shows background work."""
    states: dict[str, State] = {"done": "done", "cancelled": "cancelled", "failed": "failed", "queued": "queued"}
    url = kinds.url(request, "duplicate-scan", scan_id=found.pk)
    total = found.total * 2 if found.total else None
    compared = (found.total or 0) * found.slice // found.slices if found.slices else 0
    what = kinds.noun_of(found.noun).label_plural.lower()
    return Job(
        str(found.pk), f"Search all {what} for duplicates", states.get(found.state, "running"), url,
        done=found.read + compared, total=total, message=found.message or _message(found),
        cancel_url=url if found.is_active else "",
    )  # fmt: skip


def panel(request: Any, record: Any) -> SafeString:
    """Draw what a record may be the same as, and what was merged into it."""
    noun = type(record)._meta.model_name
    merges = list(Merge.rows().filter(winner_id=record.pk, undone_at=None).order_by("-created_at")[:5])
    may = all(request.actor.can(kinds.noun_of(noun).permission(v)) for v in ("edit", "delete"))
    context = {
        "suspects": suspects_of(request, noun, record.pk) if may else [],
        "merges": [(m, kinds.url(request, "merge-undo", merge_id=m.pk) if may and actions.can_undo(m) else "")
                   for m in merges],
    }  # fmt: skip
    return render_to_string("people/duplicates/panel.html", context, request=request)


def _message(found: DuplicateScan) -> str:
    if found.state == DuplicateScan.State.DONE:
        text = f"{counted(found.found, 'pair')} found among {counted(found.read, 'record')}."
        if found.passed_over:
            were = "was" if found.passed_over == 1 else "were"
            shared = counted(found.passed_over, "shared value")
            text += f" {shared} {were} passed over: too many records have the same."
        return text
    return "Comparing …" if found.state == DuplicateScan.State.PAIRS else ""


def _rows(request: FirmRequest, noun: str, pairs: Sequence[Any]) -> list[Row]:
    ids = {pk for p in pairs for pk in (p.low_id, p.high_id)}
    records = kinds.noun_of(noun).model.rows().in_bulk(list(ids))
    deciders = Membership.rows().filter(pk__in={p.decided_by_id for p in pairs}).select_related("user")
    names = {m.pk: m.user.name for m in deciders}
    found = []
    for pair in pairs:
        sides = [_side(request, noun, records[pk]) for pk in (pair.low_id, pair.high_id)]
        url = kinds.part_url(request, noun, "compare", record_id=pair.low_id, other_id=pair.high_id)
        found.append(Row(pair, sides, url, names.get(pair.decided_by_id, "")))
    return found


def _side(request: FirmRequest, noun: str, record: Any) -> Side:
    return Side(record.name, about(record), kinds.record_url(request, noun, record.pk))


def _lines(request: FirmRequest, noun: str, winner: Any, loser: Any) -> list[Line]:
    found = []
    for choice in fields.choices_of(kinds.noun_of(noun), winner, loser):
        shown = [showing.show(choice.field, record, request) for record in (winner, loser)]
        found.append(
            Line(choice.field.name, choice.field.label, shown[0], shown[1], choice.usual, choice.winner != choice.loser)
        )
    return sorted(found, key=lambda line: not line.differs)


def _open_pair(request: FirmRequest, noun: str, one: UUID, other: UUID) -> DuplicateCandidate | None:
    low, high = sorted((one, other))
    return candidates.visible(kinds.noun_of(noun), request.actor).filter(low_id=low, high_id=high).first()
