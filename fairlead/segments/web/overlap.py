"""The drawing of how segments overlap; each of its parts leads to its people, and into a segment of its own."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import found_id
from fairlead.people.public import kinds
from fairlead.segments import access
from fairlead.segments.models import Segment
from fairlead.segments.overlap import MOST, Overlap, Tree, overlap
from fairlead.segments.web.place import url

COLORS = ("teal", "violet", "amber")
# Centres of the circles, and where the number of each region stands, by how many segments there are.
CIRCLES = {2: ((150, 120), (250, 120)), 3: ((150, 120), (250, 120), (200, 205))}
NUMBERS = {
    2: {1: (105, 125), 2: (295, 125), 3: (200, 125)},
    3: {1: (105, 105), 2: (295, 105), 4: (200, 265), 3: (200, 85), 5: (145, 180), 6: (255, 180), 7: (200, 145)},
}
NAMES = ((95, 22), (305, 22), (200, 318))
RADIUS, HEIGHTS = 90, {2: 220, 3: 326}


@dataclass(frozen=True, slots=True)
class Part:
    """A region as it is drawn and listed."""

    words: str
    count: int
    x: int
    y: int
    people_url: str
    segment_url: str


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Show how the segments of `?segment=` (two or three of them) overlap."""
    choices = access.segments(request.actor).exclude(status=Segment.Status.ARCHIVED).order_by("name_norm")
    chosen = [found_id(raw) for raw in request.GET.getlist("segment") if raw]
    context: dict[str, Any] = {
        "choices": choices, "chosen": [*chosen, *[None] * (MOST - len(chosen))][:MOST],
        "url": url(request, "overlap"), "list_url": url(request, "segments"),
        "may": request.actor.can("segments.manage"),
    }  # fmt: skip
    if chosen:
        try:
            context |= _drawn(request, overlap(request.actor, chosen))
        except InvalidInput as error:
            context["error"] = " ".join(m for messages in error.fields.values() for m in messages)
    return render(request, "segments/overlap.html", context)


def _drawn(request: FirmRequest, found: Overlap) -> dict[str, Any]:
    number = len(found.segments)
    places = NUMBERS[number]
    parts = []
    for region in found.regions:
        mask = sum(1 << n for n, s in enumerate(found.segments) if s in region.inside)
        parts.append(Part(region.words, region.count, *places[mask], *_urls(request, region.tree)))
    circles = [
        {"segment": s, "size": found.size(s), "color": COLORS[n], "x": CIRCLES[number][n][0],
         "y": CIRCLES[number][n][1], "name_x": NAMES[n][0], "name_y": NAMES[n][1]}
        for n, s in enumerate(found.segments)
    ]  # fmt: skip
    union = Part("In any of them", found.union, 0, 0, *_urls(request, found.any_tree))
    return {"parts": parts, "circles": circles, "union": union, "radius": RADIUS, "height": HEIGHTS[number]}


def _urls(request: FirmRequest, tree: Tree) -> tuple[str, str]:
    """Return where the people of the criteria are listed, and where a segment of them is made."""
    query = urlencode({"criteria": json.dumps(tree)})
    return kinds.list_url(request, "contact", tree), f"{url(request, 'segment-new')}?{query}"
