"""What pages and API show of segments: growth, previews, reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from fairlead.kernel import clock
from fairlead.people.public import CLIENTS, Contact
from fairlead.people.public import access as people
from fairlead.records.public import Criteria, Explanation, Option, nouns
from fairlead.segments import access
from fairlead.segments.judged import judged
from fairlead.segments.keeping.moving import day_of
from fairlead.segments.models import PersonaAssignment, Segment, SegmentMember, SegmentPick, SegmentSize
from fairlead.tenancy.public import Actor, require_firm

SAMPLE, MONTH = 8, 30


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would be in a segment, of those that the actor may see."""

    count: int
    sample: Sequence[Contact]


@dataclass(frozen=True, slots=True)
class Reason:
    """Whether a contact is in a segment, whether it belongs there now, and why; a static segment explains nothing."""

    member: SegmentMember | None
    belongs: bool
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class Growth:
    """A segment's size over some days, oldest first, and how much it grew."""

    points: Sequence[tuple[date, int]]
    entered: int
    left: int

    @property
    def change(self) -> int:
        """Return how many more are in it than at the beginning."""
        return self.points[-1][1] - self.points[0][1] if self.points else 0

    @property
    def percent(self) -> float | None:
        """Return the change in percent of the beginning; None from nothing."""
        first = self.points[0][1] if self.points else 0
        return 100 * self.change / first if first else None


@dataclass(frozen=True, slots=True)
class Figures:
    """How many contacts are one of a persona, how many of them by its criteria and in each stage, and how many are, or
    were, clients."""

    count: int
    ruled: int
    stages: Sequence[tuple[Option, int]]
    clients: int

    @property
    def conversion(self) -> float:
        """Return the share that became clients, in percent."""
        return round(100 * self.clients / self.count, 1) if self.count else 0.0


NO_FIGURES = Figures(0, 0, (), 0)


def preview(actor: Actor, tree: Any, segment: Segment | None = None) -> Preview:
    """Count who would match criteria and name the newest; raise `InvalidInput` as saving would."""
    visible = people.contacts(actor)
    rows = judged(tree or {"all": []}, by=actor, segment=segment).filter(visible)
    return Preview(rows.count(), list(rows.order_by("-created_at", "-id")[:SAMPLE]))


def explain(actor: Actor, segment: Segment, contact_id: UUID) -> Reason:
    """Return why a contact is in a segment or not; raise `NotFound` for one that the actor may not see."""
    people.contact(actor, contact_id)
    member = SegmentMember.rows().filter(segment_id=segment.pk, contact_id=contact_id).first()
    if segment.kind == Segment.Kind.STATIC:
        return Reason(member, SegmentPick.rows().filter(segment=segment, contact=contact_id).exists(), None)
    asked = Criteria(nouns.get("contact"), segment.criteria, by=actor, stored=True)
    explanation = asked.explain(contact_id)
    return Reason(member, explanation.holds, explanation)


def sizes(segment: Segment, days: int) -> QuerySet[SegmentSize]:
    """Return the days written down of a segment."""
    since = day_of(require_firm(), clock.now()) - timedelta(days=days)
    return SegmentSize.rows().filter(segment=segment, day__gt=since)


def growth(segments: Iterable[Segment], days: int = MONTH) -> Mapping[UUID, Growth]:
    """Return the growth of segments over the last days; a day that was not written down was like the one before."""
    found = list(segments)
    today = day_of(require_firm(), clock.now())
    start = today - timedelta(days=days)
    ids = [s.pk for s in found]
    written: dict[UUID, dict[date, SegmentSize]] = {pk: {} for pk in ids}
    for row in SegmentSize.rows().filter(segment__in=ids, day__gte=start):
        written[row.segment_id][row.day] = row
    earlier = SegmentSize.rows().filter(segment__in=ids, day__lt=start).order_by("segment_id", "-day")
    before = dict(earlier.distinct("segment_id").values_list("segment_id", "size"))
    return {s.pk: _growth(s, written[s.pk], before.get(s.pk, 0), start, days) for s in found}


def _growth(segment: Segment, written: Mapping[date, SegmentSize], size: int, start: date, days: int) -> Growth:
    points = []
    for number in range(days + 1):
        day = start + timedelta(days=number)
        size = written[day].size if day in written else size
        points.append((day, size))
    points[-1] = (points[-1][0], segment.size)
    rows = written.values()
    return Growth(points, sum(r.entered for r in rows), sum(r.left for r in rows))


def of_contact(contact_id: UUID) -> list[tuple[Segment, SegmentMember]]:
    """Return the listed segments that a contact is in, by name, with since when and why."""
    rows = {m.segment_id: m for m in SegmentMember.rows().filter(contact_id=contact_id)}
    listed = Segment.rows().filter(pk__in=rows, purpose=Segment.Purpose.SEGMENT)
    return [(s, rows[s.pk]) for s in listed.exclude(status=Segment.Status.ARCHIVED).order_by("name_norm")]


def personas_of(actor: Actor, contact_id: UUID) -> list[Any]:
    """Return the personas by name; `source` says who made the contact one of them, None where it is none."""
    told = PersonaAssignment.rows().filter(contact=contact_id, persona=OuterRef("pk"))
    source = Subquery(told.exclude(source=PersonaAssignment.Source.REFUSED).values("source"))
    return list(access.personas(actor).filter(archived_at=None).annotate(source=source).order_by("name_norm"))


def figures_of_personas(actor: Actor) -> Mapping[UUID, Figures]:
    """Return how many of the contacts that the actor may see each persona has, in which stages they are, and how many
    became clients.
    """
    seen = people.contacts(actor).order_by()
    rows = PersonaAssignment.rows().exclude(source=PersonaAssignment.Source.REFUSED)
    told = rows.filter(contact__in=seen.values("pk"))
    counted = told.values_list("persona_id", "contact__lifecycle", "source").annotate(n=Count("pk")).order_by()
    found: dict[UUID, dict[tuple[str, str], int]] = {}
    for persona, stage, source, count in counted:
        found.setdefault(persona, {})[stage, source] = count
    won = rows.filter(contact__in=seen.filter(CLIENTS).values("pk")).values_list("persona_id")
    clients = dict(won.annotate(n=Count("pk")).order_by())
    options = nouns.get("contact").field("lifecycle").options
    return {pk: _figures(counts, options, clients.get(pk, 0)) for pk, counts in found.items()}


def _figures(counts: Mapping[tuple[str, str], int], options: Iterable[Option], clients: int) -> Figures:
    ruled = sum(n for (_, source), n in counts.items() if source == PersonaAssignment.Source.RULE)
    by_stage = [(o, sum(n for (stage, _), n in counts.items() if stage == o.value)) for o in options]
    return Figures(sum(counts.values()), ruled, [(o, n) for o, n in by_stage if n], clients)
