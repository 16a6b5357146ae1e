"""The results page, and what the palette asks while somebody types."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.text import fold
from fairlead.records.public import nouns
from fairlead.search import sources
from fairlead.search.reads import Hit, find
from fairlead.search.words import ask

WHILE_TYPING, ON_THE_PAGE = 12, 100


@require_GET
def palette(request: FirmRequest) -> JsonResponse:
    """Answer `?q=` with groups of records, as the palette of the shell expects them."""
    typed = request.GET.get("q", "")
    hits = find(typed, by=request.actor, limit=WHILE_TYPING)
    everything = reverse("search:results", kwargs={"firm": request.firm.slug})
    return JsonResponse({"groups": _groups(request, hits, typed), "all_url": f"{everything}?{urlencode({'q': typed})}"})


@require_GET
def results(request: FirmRequest) -> HttpResponse:
    """Show what `?q=` finds, all of it or of one noun (`?noun=`)."""
    typed, noun = request.GET.get("q", "").strip(), request.GET.get("noun", "")
    kinds = [s for s in sources.registered() if request.actor.can(s.permission)]
    wanted = [noun] if noun in {s.noun for s in kinds} else None
    hits = find(typed, by=request.actor, nouns=wanted, limit=ON_THE_PAGE) if typed else []
    groups, full = _groups(request, hits, typed), len(hits) == ON_THE_PAGE
    for group in groups if full else ():
        group["list_url"] = _list_url(request, group["noun"], typed)
    context = {
        "typed": typed,
        "noun": noun,
        "kinds": kinds,
        "groups": groups,
        "count": len(hits),
        "full": full,
        "corrected": bool(hits) and all(h.corrected for h in hits),
    }
    return render(request, "search/results.html", context)


def _groups(request: FirmRequest, hits: list[Hit], typed: str) -> list[dict[str, Any]]:
    order = {s.noun: s.order for s in sources.registered()}
    groups = []
    for noun, found in groupby(sorted(hits, key=lambda h: order[h.noun]), key=lambda h: h.noun):
        source = sources.get(noun)
        items = [
            {
                "title": hit.title,
                "subtitle": hit.subtitle,
                "url": source.url(request.firm.slug, hit.record_id),
                "icon": source.icon,
                "marks": _marks(hit.title, typed),
            }
            for hit in found
        ]
        groups.append({"label": source.label_plural, "noun": noun, "items": items})
    return groups


def _list_url(request: FirmRequest, noun: str, typed: str) -> str:
    """Return the list of a noun with what is searched, page by page; "" for a noun without a list."""
    plural = next((n.plural for n in nouns.registered() if n.name == noun), "")
    try:
        page = reverse(f"records:{plural}", kwargs={"firm": request.firm.slug})
    except NoReverseMatch:
        return ""
    return f"{page}?{urlencode({'q': typed})}"


def _marks(title: str, typed: str) -> list[list[int]]:
    """Return where the typed words begin words of the title, as [start, end] pairs; only where folding keeps length."""
    folded = fold(title)
    if len(folded) != len(title):
        return []
    marks = []
    for term in (*ask(typed).terms, *ask(typed).narrow):
        at = f" {folded}".find(f" {term}")
        if at >= 0:
            marks.append([at, at + len(term)])
    return sorted(marks)
