"""The list page of any noun, and what it asks for beside its rows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.records import access
from fairlead.records.actions.saved_views import prefer
from fairlead.records.criteria.choices import catalogue
from fairlead.records.criteria.criteria import Criteria, Explanation
from fairlead.records.criteria.parsing import read_tree
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.web import place
from fairlead.records.web.asked import Asked
from fairlead.records.web.drawn import draw
from fairlead.shell.lists import render_list
from fairlead.shell.responses import is_partial


@require_GET
def page(request: FirmRequest, noun: str) -> HttpResponse:
    """Show the list: `?view=&q=&criteria=&sort=&columns=&after=&before=`."""
    asked = Asked(request, access.noun(noun))
    if asked.is_view_gone and not is_partial(request):
        messages.error(request, "That view was deleted, or is not shared with you. This is the list without it.")
    return render_list(request, draw(asked))


@require_GET
def count(request: FirmRequest, noun: str) -> HttpResponse:
    """Answer how many rows the list has, as bare text."""
    try:
        found = Asked(request, access.noun(noun)).listing.count()
    except InvalidInput:
        return HttpResponse("", content_type="text/plain")
    return HttpResponse(f"{found:,}", content_type="text/plain")


@require_GET
def choices(request: FirmRequest, noun: str) -> HttpResponse:
    """Answer what the filter builder offers, as JSON."""
    kind = access.noun(noun)
    request.actor.require(kind.permission("view"))
    offered = catalogue(Vocabulary(kind), by=request.actor)
    for field in offered["fields"]:
        if source := place.choices_url(request, field["type"]):
            field["source"] = source
    return JsonResponse(offered)


@require_POST
def columns(request: FirmRequest, noun: str) -> HttpResponse:
    """Remember the member's columns."""
    prefer(access.noun(noun), by=request.actor, columns=request.POST.get("columns", "").split(","))
    return HttpResponse(status=204)


@require_GET
def explain(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Answer condition by condition whether `?criteria=` holds for one record, as JSON."""
    kind = access.noun(noun)
    criteria = Criteria(kind, read_tree(request.GET.get("criteria", "")) or {"all": []}, by=request.actor)
    return JsonResponse(_explained(criteria.explain(record_id)))


def _explained(found: Explanation) -> dict[str, Any]:
    children = [_explained(child) for child in found.children]
    return {
        "path": found.path,
        "text": found.text,
        "holds": found.holds,
        **({"children": children} if children else {}),
    }
