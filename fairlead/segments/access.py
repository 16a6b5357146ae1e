"""The only functions that hand out segments, rules and personas to a caller."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from fairlead.people.public import access as people
from fairlead.segments.models import Persona, Segment, SegmentDefect, SegmentMember, SegmentVersion, TagRule
from fairlead.tenancy.public import Actor, one


def segments(actor: Actor) -> QuerySet[Segment]:
    """Return the firm's segments, archived ones too; not those that only serve a rule or a persona."""
    actor.require("contacts.view")
    return Segment.rows().filter(purpose=Segment.Purpose.SEGMENT)


def segment(actor: Actor, segment_id: UUID, *, lock: bool = False) -> Segment:
    """Return one segment, locked until the transaction ends if asked; raise `NotFound`."""
    return one(segments(actor), segment_id, lock=lock)


def versions(actor: Actor, segment_id: UUID) -> QuerySet[SegmentVersion]:
    """Return the criteria that a segment has had, the latest first."""
    found = segment(actor, segment_id)
    return SegmentVersion.rows().filter(segment=found).select_related("set_by__user").order_by("-number")


def members(actor: Actor, segment_id: UUID) -> QuerySet[Any]:
    """Return the contacts in a segment that the actor may see, each with `entered_at`, `why` and `cause`."""
    found = segment(actor, segment_id)
    rows = SegmentMember.rows().filter(segment_id=found.pk)
    mine = rows.filter(contact_id=OuterRef("pk"))
    told = {name: Subquery(mine.values(name)) for name in ("entered_at", "why", "cause")}
    found_people: QuerySet[Any] = people.contacts(actor).filter(pk__in=rows.values("contact_id"))
    annotated: QuerySet[Any] = found_people.annotate(**told)
    return annotated


def defects(actor: Actor) -> QuerySet[SegmentDefect]:
    """Return the differences that nightly comparisons found, newest first."""
    actor.require("segments.manage")
    return SegmentDefect.rows().select_related("segment", "settled_by__user").order_by("-created_at", "-id")


def defect(actor: Actor, defect_id: UUID) -> SegmentDefect:
    """Return one defect or raise `NotFound`."""
    return one(defects(actor), defect_id)


def rules(actor: Actor) -> QuerySet[TagRule]:
    """Return the firm's tag rules."""
    actor.require("contacts.view")
    return TagRule.rows().select_related("segment")


def rule(actor: Actor, rule_id: UUID) -> TagRule:
    """Return one tag rule or raise `NotFound`."""
    return one(rules(actor), rule_id)


def personas(actor: Actor) -> QuerySet[Persona]:
    """Return the firm's personas, archived ones too."""
    actor.require("contacts.view")
    return Persona.rows().select_related("segment")


def persona(actor: Actor, persona_id: UUID) -> Persona:
    """Return one persona or raise `NotFound`."""
    return one(personas(actor), persona_id)
