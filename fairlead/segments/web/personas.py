"""The pages of personas."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import NotFound
from fairlead.records.public import criteria_dialog, nouns
from fairlead.segments import access, reads
from fairlead.segments.actions import personas
from fairlead.segments.models import Persona, Segment
from fairlead.segments.web.place import people_url, segment_choice, spread_url, url
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, Needed
from fairlead.shell.marks import COLORS
from fairlead.shell.responses import done

VERBS: dict[str, tuple[Any, str]] = {
    "archive": (personas.archive_persona, "The persona is archived."),
    "unarchive": (personas.unarchive_persona, "The persona is back."),
}
NOBODY: dict[str, Any] = {"all": []}


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Show the personas, archived ones with `?archived=1`: who they are, and who is one of them, by stage."""
    archived = request.GET.get("archived") == "1"
    found = access.personas(request.actor).filter(archived_at__isnull=not archived).order_by("name_norm")
    figures = reads.figures_of_personas(request.actor)
    rows = [_card(request, persona, figures.get(persona.pk, reads.NO_FIGURES)) for persona in found]
    context = {"rows": rows, "archived": archived, "url": url(request, "personas"),
               "may": request.actor.can("personas.manage")}  # fmt: skip
    return render(request, "segments/personas.html", context)


def edit(request: FirmRequest, persona_id: UUID | None = None) -> HttpResponse:
    """Create or change a persona in a dialog; whom the conditions below its facts find become one by themselves."""
    request.actor.require("personas.manage")
    found = access.persona(request.actor, persona_id) if persona_id else None
    form = dialogs.make(request, _controls(request), _values(found))

    def save(tree: Any) -> HttpResponse:
        _save(found, form, tree, request)
        return done(request, "Persona saved.", to=url(request, "personas"))

    title = f"Persona {found.name}" if found else "New persona"
    tree = (found.criteria if found else None) or NOBODY
    return criteria_dialog(request, form, nouns.get("contact"), tree, save, title=title,
                           label="Or to whoever fits these conditions")  # fmt: skip


@require_POST
def turn(request: FirmRequest, persona_id: UUID, verb: str) -> HttpResponse:
    """Archive a persona, or take it out."""
    if verb not in VERBS:
        raise NotFound
    act, text = VERBS[verb]
    act(persona_id, by=request.actor)
    return done(request, text, to=url(request, "personas"))


def _save(found: Persona | None, form: ActionForm, tree: Any, request: FirmRequest) -> None:
    values = {n: v or "" for n, v in form.typed().items()} | {"criteria": tree if tree != NOBODY else None}
    if found is None:
        personas.create_persona(values, by=request.actor)
    else:
        personas.update_persona(found.pk, values, by=request.actor)


def _card(request: FirmRequest, persona: Persona, figures: reads.Figures) -> dict[str, Any]:
    stages = [(s, count, people_url(request, "persona", persona.pk, stage=s.value)) for s, count in figures.stages]
    return {
        "persona": persona, "figures": figures, "stages": stages,
        "people_url": people_url(request, "persona", persona.pk),
        "spread_url": spread_url(request, "persona", persona.pk),
    }  # fmt: skip


def _controls(request: FirmRequest) -> dict[str, forms.Field]:
    texts = {"description": "Who they are", "goals": "What they want", "challenges": "What stands in their way"}
    area = forms.Textarea(attrs={"rows": 2})
    return {
        "name": Needed(label="Name"),
        "color": forms.ChoiceField(label="Colour", choices=[(c, c.capitalize()) for c in COLORS], required=False),
        **{n: forms.CharField(label=label, required=False, widget=area) for n, label in texts.items()},
        "segment": segment_choice(request, "Assigned by itself to a segment", "No segment"),
    }


def _values(found: Persona | None) -> dict[str, Any]:
    if found is None:
        return {"color": "violet"}
    listed = found.segment is not None and found.segment.purpose == Segment.Purpose.SEGMENT
    values = {n: getattr(found, n) for n in ("name", "description", "goals", "challenges", "color")}
    return values | {"segment": str(found.segment_id) if listed else ""}
