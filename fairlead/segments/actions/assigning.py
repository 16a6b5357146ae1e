"""Personas of contacts: by hand, and by the persona's criteria."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict
from fairlead.kernel.ids import uuid7
from fairlead.people.public import Contact
from fairlead.people.public import access as people
from fairlead.segments import access
from fairlead.segments.models import Persona, PersonaAssignment
from fairlead.tenancy.public import Actor

Source = PersonaAssignment.Source
CHUNK = 5_000
_ASSIGN = """
INSERT INTO segments_personaassignment AS a
    (id, firm_id, created_at, updated_at, persona_id, contact_id, source, assigned_by_id)
SELECT p.id, %(firm)s, %(now)s, %(now)s, %(persona)s, p.contact, %(source)s, %(by)s
FROM unnest(%(ids)s::uuid[], %(contacts)s::uuid[]) AS p(id, contact)
ON CONFLICT (firm_id, contact_id, persona_id) /*conflict*/ RETURNING contact_id
"""
_BY_HAND = """DO UPDATE SET source = excluded.source, assigned_by_id = excluded.assigned_by_id,
    updated_at = excluded.updated_at WHERE a.source <> excluded.source"""


@transaction.atomic
def assign_persona(persona_id: UUID, contact_ids: Sequence[UUID], *, by: Actor) -> int:
    """Say by hand that contacts are one of a persona; returns for how many that is news. No rule takes it back."""
    persona, ids = _open(persona_id, contact_ids, by)
    was = _standing(persona, ids)
    _write(persona, ids, Source.HAND, by, _BY_HAND)
    return _tell("persona.assigned", persona, [pk for pk in ids if pk not in was], {}, by)


@transaction.atomic
def unassign_persona(persona_id: UUID, contact_ids: Sequence[UUID], *, by: Actor) -> int:
    """Say by hand that contacts are none of a persona; no rule brings it back. Returns how many were."""
    persona, ids = _open(persona_id, contact_ids, by)
    was = _standing(persona, ids)
    _write(persona, ids, Source.REFUSED, by, _BY_HAND)
    return _tell("persona.unassigned", persona, sorted(was), {}, by)


@transaction.atomic
def restore_sources(persona_id: UUID, sources: Mapping[UUID, str | None], *, by: Actor) -> int:
    """Make it as it was said before of contacts: by hand, by rule, refused, or nothing (None). Returns of how many."""
    persona, ids = _open(persona_id, list(sources), by)
    was = _standing(persona, ids)
    nothing = [pk for pk in ids if sources[pk] is None]
    PersonaAssignment.rows().filter(persona=persona, contact_id__in=nothing).delete()
    for source in Source:
        _write(persona, [pk for pk in ids if sources[pk] == source], source, by, _BY_HAND)
    now = _standing(persona, ids)
    _tell("persona.assigned", persona, sorted(now - was), {}, by)
    _tell("persona.unassigned", persona, sorted(was - now), {}, by)
    return len(ids)


def assign_by_rule(persona: Persona, causes: Mapping[UUID, UUID | None], *, by: Actor) -> int:
    """Assign a persona to living contacts of which nobody has said anything by hand."""
    ids = sorted(Contact.rows().filter(pk__in=causes, deleted_at=None).values_list("pk", flat=True))
    count = 0
    for start in range(0, len(ids), CHUNK):
        new = _write(persona, ids[start : start + CHUNK], Source.RULE, by, "DO NOTHING")
        count += _tell("persona.assigned", persona, new, causes, by)
    return count


def unassign_by_rule(
    persona: Persona, causes: Mapping[UUID, UUID | None] | None, *, by: Actor, but: Collection[UUID] = ()
) -> int:
    """Take a persona from those who had it by rule (of all, when `causes` is None), except `but`."""
    rows = PersonaAssignment.rows().filter(persona=persona, source=Source.RULE)
    if causes is not None:
        rows = rows.filter(contact_id__in=causes)
    gone = [pk for pk in rows.values_list("contact_id", flat=True) if pk not in but]
    for start in range(0, len(gone), CHUNK):
        chunk = gone[start : start + CHUNK]
        rows.filter(contact_id__in=chunk).delete()
        _tell("persona.unassigned", persona, chunk, causes or {}, by)
    return len(gone)


def _open(persona_id: UUID, contact_ids: Sequence[UUID], by: Actor) -> tuple[Persona, list[UUID]]:
    by.require("contacts.edit")
    persona = access.persona(by, persona_id)
    if persona.archived_at is not None:
        raise Conflict(f"The persona {persona.name} is archived.")
    rows = people.contacts(by).filter(pk__in=contact_ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    return persona, list(rows.values_list("pk", flat=True))


def _standing(persona: Persona, ids: Sequence[UUID]) -> set[UUID]:
    rows = PersonaAssignment.rows().filter(persona=persona, contact_id__in=ids).exclude(source=Source.REFUSED)
    return set(rows.values_list("contact_id", flat=True))


def _write(persona: Persona, ids: Sequence[UUID], source: Source, by: Actor, conflict: str) -> list[UUID]:
    values: dict[str, Any] = {
        "firm": by.firm_id, "now": clock.now(), "persona": persona.pk, "source": source.value,
        "by": by.membership_id, "contacts": list(ids), "ids": [uuid7() for _ in ids],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ASSIGN.replace("/*conflict*/", conflict), values)
        return [pk for (pk,) in cursor.fetchall()]


def _tell(name: str, persona: Persona, ids: Sequence[UUID], causes: Mapping[UUID, UUID | None], by: Actor) -> int:
    data = {"persona": persona.name, "persona_id": str(persona.pk)}
    record_many([NewEvent(name, ("contact", pk), pk, data=data, cause=causes.get(pk)) for pk in ids], by=by)
    return len(ids)
