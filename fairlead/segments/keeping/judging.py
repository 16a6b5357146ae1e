"""Who of some contacts is in which of some segments, by their criteria or their picks."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import Contact
from fairlead.records.public import Context, Criteria, Noun, nouns, trees
from fairlead.segments.models import Segment, SegmentPick
from fairlead.tenancy.public import Actor, require_firm, system_actor

ACTOR_LABEL = "Segments"
Pair = tuple[UUID, UUID]  # segment, contact


class Judge:
    """Asks segments of one firm at one moment; parses each segment's criteria once."""

    def __init__(self, context: Context | None = None) -> None:
        self.actor: Actor = system_actor(require_firm(), ACTOR_LABEL, via="job")
        self.context = context or Context.of(self.actor)
        self.noun: Noun = nouns.get("contact")
        self._vocabulary = trees.Vocabulary(self.noun)
        self._asked: dict[UUID, Criteria | None] = {}

    def criteria(self, segment: Segment) -> Criteria | None:
        """Return the segment's criteria; None, and a problem noted, when they cannot be asked any more."""
        if segment.pk not in self._asked:
            self._asked[segment.pk] = self._parsed(segment)
        return self._asked[segment.pk]

    def can_ask(self, segment: Segment) -> bool:
        """Tell whether it can be said who belongs into the segment."""
        return segment.kind == Segment.Kind.STATIC or self.criteria(segment) is not None

    def members(self, segments: Iterable[Segment], ids: Sequence[UUID]) -> set[Pair]:
        """Return who of the contacts belongs into which segment; those that cannot be asked have nobody."""
        dynamic = [(s, c) for s in segments if s.kind == Segment.Kind.DYNAMIC and (c := self.criteria(s))]
        static = [s.pk for s in segments if s.kind == Segment.Kind.STATIC]
        found: set[Pair] = set()
        if dynamic:
            judged = trees.judge(self.noun, [c.node for _, c in dynamic], ids, self.context)
            for contact, verdicts in judged.items():
                found.update((s.pk, contact) for (s, _), held in zip(dynamic, verdicts, strict=True) if held)
        if static:
            picks = SegmentPick.rows().filter(segment__in=static, contact__in=ids, contact__deleted_at=None)
            found.update(picks.values_list("segment_id", "contact_id"))
        return found

    def everybody(self, segment: Segment) -> tuple[str, tuple[Any, ...]]:
        """Return the SELECT of the ids of all who belong into a segment that can be asked."""
        if segment.kind == Segment.Kind.STATIC:
            picks = SegmentPick.rows().filter(segment=segment, contact__deleted_at=None).order_by()
            return picks.values("contact_id").query.sql_with_params()
        asked = self.criteria(segment)
        assert asked is not None
        return asked.filter(Contact.rows().filter(deleted_at=None)).order_by().values("pk").query.sql_with_params()

    def _parsed(self, segment: Segment) -> Criteria | None:
        asked: Criteria | None = None
        problem = ""
        try:
            asked = Criteria(self.noun, segment.criteria, by=self.actor, vocabulary=self._vocabulary,
                             context=self.context, stored=True)  # fmt: skip
        except InvalidInput as error:
            problem = " ".join(message for messages in error.fields.values() for message in messages)
        if segment.problem != problem:
            segment.problem = problem
            Segment.rows().filter(pk=segment.pk).update(problem=problem)
        return asked
