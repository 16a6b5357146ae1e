"""The cards on a contact's page: which segments it is in and why, and which persona it is."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.ids import found_id
from fairlead.people.public import access as people
from fairlead.segments import reads
from fairlead.segments.actions import assigning
from fairlead.segments.web.place import url
from fairlead.shell.panels import Panel, panels


def register() -> None:
    """Register the cards."""
    panels.register(Panel("segments", "contact", "Segments", "chart-pie", draw_segments, order=35))
    panels.register(Panel("personas", "contact", "Persona", "user-circle", draw_personas, order=36))


def draw_segments(request: Any, record: Any) -> SafeString:
    """Draw the segments of a contact."""
    rows = [(s, m, url(request, "segment", segment_id=s.pk)) for s, m in reads.of_contact(record.pk)]
    context = {"rows": rows, "all_url": url(request, "segments")}
    return render_to_string("segments/panels/segments.html", context, request=request)


def draw_personas(request: Any, record: Any) -> SafeString:
    """Draw the personas of a contact, with a choice of the others."""
    offered = reads.personas_of(request.actor, record.pk)
    context = {
        "rows": [p for p in offered if p.source], "others": [p for p in offered if not p.source],
        "may": request.actor.can("contacts.edit"),
        "url": url(request, "contact-personas", contact_id=record.pk), "all_url": url(request, "personas"),
    }  # fmt: skip
    return render_to_string("segments/panels/personas.html", context, request=request)


@require_POST
def assign(request: FirmRequest, contact_id: UUID) -> HttpResponse:
    """Assign the persona `persona` to a contact, or with `off` take it away; answer the card anew."""
    contact = people.contact(request.actor, contact_id)
    persona = found_id(request.POST.get("persona", ""))
    act = assigning.unassign_persona if request.POST.get("off") else assigning.assign_persona
    act(persona, [contact.pk], by=request.actor)
    return HttpResponse(draw_personas(request, contact))
