"""Choosing which record to merge another with: the suspects first, and any other by search."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import phone
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people.web import kinds
from fairlead.records.duplicates.public import DuplicateCandidate, actions, candidates
from fairlead.shell import dialogs
from fairlead.shell.forms import Searched, Unjudged
from fairlead.shell.responses import is_partial

CHOICES = 20
CHOOSE = "Choose a record."


@require_http_methods(["GET", "POST"])
def choose(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Ask which record to merge with, the suspects first."""
    kind = kinds.noun_of(noun)
    actions.permit(kind, request.actor)
    record = kinds.read(request, noun, record_id)
    source = kinds.part_url(request, noun, "merge-choices", record_id=record_id)
    searched = Searched(source=source, placeholder="Find by name, address or number")
    other = Unjudged(label=f"Another {kind.label.lower()}", widget=searched, error_messages={"required": CHOOSE})
    form = dialogs.make(request, {"other": other}, {})
    if request.method == "POST":
        try:
            chosen = _chosen(request, noun, record_id, form.typed()["other"])
        except InvalidInput as error:
            form.refuse(error)
        else:
            to = kinds.part_url(request, noun, "compare", record_id=record_id, other_id=chosen)
            return HttpResponse(status=204, headers={"HX-Redirect": to}) if is_partial(request) else redirect(to)
    return dialogs.dialog(
        request, form, title=f"Merge {record.name} with …", submit="Compare",
        template="people/duplicates/choose.html", suspects=suspects_of(request, noun, record_id),
    )  # fmt: skip


def _chosen(request: FirmRequest, noun: str, record_id: UUID, typed: str | None) -> UUID:
    """Return the id of the record to merge with; nothing chosen is the form's own message."""
    if not typed:
        raise InvalidInput({})
    try:
        other = UUID(typed)
        kinds.read(request, noun, other)
    except (ValueError, NotFound):
        raise InvalidInput({"other": [f"There is no such {kinds.noun_of(noun).label.lower()}."]}) from None
    if other == record_id:
        raise InvalidInput({"other": ["A record cannot be merged with itself."]})
    return other


@require_GET
def choices(request: FirmRequest, noun: str, record_id: UUID) -> JsonResponse:
    """Answer `?q=` with records to merge with."""
    kind = kinds.noun_of(noun)
    kinds.read(request, noun, record_id)
    query = request.GET.get("q", "").strip()
    rows = kind.visible(request.actor).exclude(pk=record_id)
    if query and kind.find is not None:
        rows = kind.find(rows, query, request.actor)
    found = rows.order_by("sort_key", "pk")[:CHOICES]
    return JsonResponse([{"value": str(r.pk), "label": _described(r)} for r in found], safe=False)


def suspects_of(request: FirmRequest, noun: str, record_id: UUID) -> list[tuple[Any, DuplicateCandidate, str]]:
    """Return what a record may be the same as: the record, the pair with its reasons, where to compare."""
    kind = kinds.noun_of(noun)
    pairs = list(candidates.of_record(kind, record_id, request.actor)[:5])
    others = {p.pk: p.high_id if p.low_id == record_id else p.low_id for p in pairs}
    records = kind.model.rows().in_bulk(list(others.values()))
    return [
        (records[others[p.pk]], p,
         kinds.part_url(request, noun, "compare", record_id=record_id, other_id=others[p.pk]))
        for p in pairs
    ]  # fmt: skip


def about(record: Any) -> str:
    """Return what tells a record from others of its name."""
    marks = ("email", "domain", "phone", "city")
    parts = [phone.shown(held, "") if n == "phone" else held for n in marks if (held := getattr(record, n, ""))]
    return " · ".join(parts[:2])


def _described(record: Any) -> str:
    more = about(record)
    return f"{record.name} ({more})" if more and more != record.name else str(record.name)
