"""Segments and personas as what a contact can belong to: usable in every criteria, by name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Sum

from fairlead.records.public import Option, memberships
from fairlead.segments.models import Persona, PersonaAssignment, Segment, SegmentMember
from fairlead.tenancy.public import Actor

CONTACTS = frozenset({"contact"})
REFUSED = PersonaAssignment.Source.REFUSED


def _segment_rows(noun: str, ids: Sequence[UUID]) -> memberships.Rows:
    def about() -> int | None:
        count: int | None = Segment.rows().filter(pk__in=ids).aggregate(Sum("size"))["size__sum"]
        return count

    return memberships.Rows(
        "segments_segmentmember", "contact_id", "segment_id", "m.segment_id = ANY(%s)", (list(ids),), about
    )


def _missing_segments(ids: Sequence[UUID]) -> Sequence[UUID]:
    return sorted(set(ids).difference(Segment.rows().filter(pk__in=ids).values_list("pk", flat=True)))


def _segment_choices(noun: str, by: Actor) -> Sequence[Option]:
    rows = Segment.rows().filter(purpose=Segment.Purpose.SEGMENT).exclude(status=Segment.Status.ARCHIVED)
    return [Option(str(pk), name) for pk, name in rows.order_by("name_norm").values_list("pk", "name")]


def _segments_of(noun: str, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Option]]:
    listed = Segment.rows().filter(purpose=Segment.Purpose.SEGMENT).exclude(status=Segment.Status.ARCHIVED)
    names = dict(listed.order_by("name_norm").values_list("pk", "name"))
    inside: dict[UUID, set[UUID]] = defaultdict(set)
    for contact, segment in SegmentMember.rows().filter(contact_id__in=ids).values_list("contact_id", "segment_id"):
        inside[contact].add(segment)
    return {c: [Option(str(pk), name) for pk, name in names.items() if pk in own] for c, own in inside.items()}


def _persona_rows(noun: str, ids: Sequence[UUID]) -> memberships.Rows:
    where = "m.persona_id = ANY(%s) AND m.source <> %s"
    return memberships.Rows("segments_personaassignment", "contact_id", "persona_id", where, (list(ids), REFUSED.value))


def _missing_personas(ids: Sequence[UUID]) -> Sequence[UUID]:
    return sorted(set(ids).difference(Persona.rows().filter(pk__in=ids).values_list("pk", flat=True)))


def _persona_choices(noun: str, by: Actor) -> Sequence[Option]:
    rows = Persona.rows().filter(archived_at=None).order_by("name_norm").only("name", "color")
    return [Option(str(found.pk), found.name, found.color) for found in rows]


def _personas_of(noun: str, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Option]]:
    found: dict[UUID, list[Option]] = defaultdict(list)
    rows = PersonaAssignment.rows().filter(contact_id__in=ids, persona__archived_at=None).exclude(source=REFUSED)
    named = rows.order_by("persona__name_norm")
    for contact, pk, name, color in named.values_list("contact_id", "persona_id", "persona__name", "persona__color"):
        found[contact].append(Option(str(pk), name, color))
    return found


SEGMENTS = memberships.Kind(
    "segment", "Segments", "segment", "set", CONTACTS, _segment_rows, _missing_segments, _segment_choices, _segments_of
)
PERSONAS = memberships.Kind(
    "persona", "Personas", "persona", "set", CONTACTS, _persona_rows, _missing_personas, _persona_choices, _personas_of
)
