"""Bulk verbs of segments: put people into a static segment, take them out, assign a persona."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import Noun, bulk
from fairlead.segments.actions import assigning, picks
from fairlead.segments.models import Persona, PersonaAssignment, Segment, SegmentMember
from fairlead.tenancy.public import Actor

Params = Mapping[str, Any]
Act = Callable[..., int]
CONTACTS = frozenset({"contact"})
REFUSED = PersonaAssignment.Source.REFUSED


def _clean_segment(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    found = _find(Segment.rows().filter(kind=Segment.Kind.STATIC, purpose=Segment.Purpose.SEGMENT)
                  .exclude(status=Segment.Status.ARCHIVED), params.get("segment"))  # fmt: skip
    if found is None:
        raise InvalidInput({"segment": ["Choose a static segment."]})
    return {"segment": str(found.pk), "name": found.name}


def _segment_controls(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
    rows = Segment.rows().filter(kind=Segment.Kind.STATIC, purpose=Segment.Purpose.SEGMENT)
    open_ = rows.exclude(status=Segment.Status.ARCHIVED).order_by("name_norm")
    choices = [(str(pk), name) for pk, name in open_.values_list("pk", "name")]
    help_text = "" if choices else "There is no static segment yet: make one under Segments."
    return {"segment": forms.ChoiceField(choices=choices, label="Segment", required=False, help_text=help_text)}


def _pick(verb: Act) -> Any:
    def apply(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
        segment = UUID(params["segment"])
        rows = SegmentMember.rows().filter(segment_id=segment, contact_id__in=ids)
        before = set(rows.values_list("contact_id", flat=True))
        verb(segment, ids, by=by)
        changed = before ^ set(rows.values_list("contact_id", flat=True))
        return bulk.Applied(len(changed), {str(pk): None for pk in changed})

    return apply


def _unpick(verb: Act) -> Any:
    def undo(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
        verb(UUID(params["segment"]), [UUID(key) for key in previous], by=by)
        return bulk.Applied(len(previous))

    return undo


def _clean_persona(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    found = _find(Persona.rows().filter(archived_at=None), params.get("persona"))
    if found is None:
        raise InvalidInput({"persona": ["Choose a persona."]})
    return {"persona": str(found.pk), "name": found.name}


def _persona_controls(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
    rows = Persona.rows().filter(archived_at=None).order_by("name_norm").values_list("pk", "name")
    return {"persona": forms.ChoiceField(choices=[(str(pk), n) for pk, n in rows], label="Persona", required=False)}


def _say(verb: Act) -> Any:
    """Return the verb that says by hand that people are one of a persona, or none; undo gets what was said before."""

    def apply(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
        persona = UUID(params["persona"])
        rows = PersonaAssignment.rows().filter(persona=persona, contact_id__in=ids)
        before = dict(rows.values_list("contact_id", "source"))
        standing = [pk for pk, source in before.items() if source != REFUSED]
        verb(persona, standing if verb is assigning.unassign_persona else ids, by=by)
        changed = {pk: before.get(pk) for pk, now in rows.values_list("contact_id", "source") if before.get(pk) != now}
        return bulk.Applied(len(changed), {str(pk): source for pk, source in changed.items()})

    return apply


def _unsay(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
    was = {UUID(key): source for key, source in previous.items()}
    return bulk.Applied(assigning.restore_sources(UUID(params["persona"]), was, by=by))


def _find(rows: Any, raw: Any) -> Any:
    try:
        return rows.filter(pk=UUID(str(raw))).first()
    except ValueError:
        return None


VERBS = (
    bulk.Verb(
        "segment-add", "Add to segment", "chart-pie", "edit", _pick(picks.add_people),
        lambda noun, p: f"Add to the segment {p['name']}", _clean_segment, _unpick(picks.remove_people),
        _segment_controls, CONTACTS, order=30, takes={"segment": "The id of a static segment."},
    ),
    bulk.Verb(
        "segment-remove", "Take out of segment", "chart-pie-off", "edit", _pick(picks.remove_people),
        lambda noun, p: f"Take out of the segment {p['name']}", _clean_segment, _unpick(picks.add_people),
        _segment_controls, CONTACTS, order=35, takes={"segment": "The id of a static segment."},
    ),
    bulk.Verb(
        "persona-assign", "Assign persona", "user-circle", "edit", _say(assigning.assign_persona),
        lambda noun, p: f"Assign the persona {p['name']}", _clean_persona, _unsay, _persona_controls, CONTACTS,
        order=40, takes={"persona": "The id of a persona."},
    ),
    bulk.Verb(
        "persona-remove", "Take persona away", "user-off", "edit", _say(assigning.unassign_persona),
        lambda noun, p: f"Take the persona {p['name']} away", _clean_persona, _unsay, _persona_controls, CONTACTS,
        order=45, takes={"persona": "The id of a persona."},
    ),
)  # fmt: skip
