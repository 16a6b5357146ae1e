"""Create, change and archive personas."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.events.public import record
from fairlead.jobs.public import enqueue
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.unique import unique
from fairlead.segments import access
from fairlead.segments.actions import serving
from fairlead.segments.actions.segments import lock_graph
from fairlead.segments.actions.wording import word
from fairlead.segments.jobs import assign_persona
from fairlead.segments.judged import archived, refuse_ring
from fairlead.segments.models import Persona, Segment
from fairlead.shell.marks import COLORS
from fairlead.tenancy.public import Actor

NAME_LENGTH, TEXT_LENGTH, MAX_PERSONAS = 80, 2_000, 200
TEXTS = ("description", "goals", "challenges")
FIELDS = ("name", *TEXTS, "color", "segment", "criteria")


@transaction.atomic
def create_persona(values: Mapping[str, Any], *, by: Actor) -> Persona:
    """Create a persona: `name`, texts, `color`; `segment` (an id) or `criteria` when contacts become one by rule."""
    by.require("personas.manage")
    if Persona.rows().count() >= MAX_PERSONAS:
        raise InvalidInput(f"A firm has at most {MAX_PERSONAS} personas.")
    made = Persona(created_by_id=by.membership_id)
    _assign(made, {"name": "", **values}, by)
    _save(made, new=True)
    _log("persona.created", made, by)
    _align(made, by)
    return made


@transaction.atomic
def update_persona(persona_id: UUID, values: Mapping[str, Any], *, by: Actor) -> Persona:
    """Change what `values` names of a persona."""
    by.require("personas.manage")
    found = _locked(persona_id, by)
    before = found.segment
    _assign(found, values, by)
    _save(found)
    if before is not None and before.pk != found.segment_id:
        serving.drop(before)
    _log("persona.updated", found, by)
    _align(found, by)
    return found


@transaction.atomic
def archive_persona(persona_id: UUID, *, by: Actor) -> Persona:
    """Put a persona away: nobody becomes one any more, and who was one by rule no longer is."""
    return _archive(persona_id, by, away=True)


@transaction.atomic
def unarchive_persona(persona_id: UUID, *, by: Actor) -> Persona:
    """Take a persona out of the archive. Raises `Conflict` while its segment is there."""
    return _archive(persona_id, by, away=False)


def _archive(persona_id: UUID, by: Actor, *, away: bool) -> Persona:
    by.require("personas.manage")
    found = _locked(persona_id, by)
    if (found.archived_at is not None) != away:
        if not away:
            _require_segment(found)
        found.archived_at = clock.now() if away else None
        found.save(update_fields=["archived_at", "updated_at"])
        _log("persona.archived" if away else "persona.unarchived", found, by)
        _align(found, by)
    return found


def _require_segment(persona: Persona) -> None:
    lock_graph()
    away = archived([persona.segment_id] if persona.segment_id else [])
    if away:
        raise Conflict(f"It uses the segment {away[0]} from the archive. Take that out first.")


def _locked(persona_id: UUID, by: Actor) -> Persona:
    access.persona(by, persona_id)
    found: Persona = Persona.rows().select_for_update(of=("self",)).get(pk=persona_id)
    return found


def _align(persona: Persona, by: Actor) -> None:
    enqueue(assign_persona, firm_id=by.firm_id, by=by, unique=f"persona:{persona.pk}", persona_id=persona.pk)


def _assign(persona: Persona, values: Mapping[str, Any], by: Actor) -> None:
    errors = word(persona, values, FIELDS, NAME_LENGTH, dict.fromkeys(TEXTS, TEXT_LENGTH))
    persona.color = str(values.get("color") or persona.color)
    if persona.color not in COLORS:
        errors["color"] = [f"One of these is expected: {', '.join(COLORS)}."]
    if errors:
        raise InvalidInput(errors)
    current = persona.segment
    persona.segment = serving.segment_for(current, persona.name, values, Segment.Purpose.PERSONA, by=by)
    if persona.segment is not None and not persona._state.adding:
        refuse_ring(persona.segment, persona.pk)


def _save(persona: Persona, *, new: bool = False) -> None:
    with unique(f"There is already a persona called {persona.name}."):
        persona.save(force_insert=new)


def _log(event: str, persona: Persona, by: Actor) -> None:
    data = {"persona": persona.name, "persona_id": str(persona.pk)}
    record(event, by=by, subject=("persona", persona.pk), data=data)
