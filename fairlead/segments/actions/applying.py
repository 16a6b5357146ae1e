"""What follows from entering and leaving: tags by rule, personas by their criteria."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import Count

from fairlead.events.public import Event, record
from fairlead.kernel import clock
from fairlead.people.public import Contact, Tagging, leaving, tag_records, untag_records
from fairlead.segments.actions.assigning import assign_by_rule, unassign_by_rule
from fairlead.segments.models import Persona, SegmentMember, TagRule, TagRuleApplication
from fairlead.tenancy.public import Actor, require_firm, system_actor

Causes = dict[UUID, UUID]
TURNS, WITHIN, CHUNK = 10, timedelta(hours=1), 1_000


@dataclass
class Moved:
    """Who came into a segment and who went, each with the event that said so."""

    entered: Causes = field(default_factory=dict)
    left: Causes = field(default_factory=dict)


def apply(events: Sequence[Event]) -> None:
    """Tag and assign by the events of entering and leaving (the consumer `segments.rules`); the last word counts."""
    by_segment: dict[UUID, Moved] = defaultdict(Moved)
    for event in events:
        if event.contact_id is None:
            continue
        moved = by_segment[UUID(event.data["segment_id"])]
        into, out = (moved.entered, moved.left) if event.type == "segment.entered" else (moved.left, moved.entered)
        into[event.contact_id] = event.id
        out.pop(event.contact_id, None)
    for rule in TagRule.rows().filter(segment__in=by_segment, paused_at=None).order_by("created_at", "id"):
        _come(rule, by_segment[rule.segment_id].entered)
        _go(rule, by_segment[rule.segment_id].left)
    for persona in Persona.rows().filter(segment__in=by_segment, archived_at=None):
        moved = by_segment[persona.segment_id]  # type: ignore[index]
        by = system_actor(require_firm(), "Personas", via="job")
        assign_by_rule(persona, moved.entered, by=by)
        unassign_by_rule(persona, moved.left, by=by)


def catch_up(rule: TagRule, after: UUID | None) -> UUID | None:
    """Apply a rule to a part of those who are in its segment already; return where to go on, None at the end."""
    rows = SegmentMember.rows().filter(segment_id=rule.segment_id).order_by("contact_id")
    if after is not None:
        rows = rows.filter(contact_id__gt=after)
    ids = list(rows.values_list("contact_id", flat=True)[:CHUNK])
    _come(rule, dict.fromkeys(ids))
    return ids[-1] if len(ids) == CHUNK else None


def align_persona(persona_id: UUID) -> None:
    """Assign a persona to all who are in its segment, and take it from those who had it by rule and are not."""
    persona = Persona.rows().filter(pk=persona_id).first()
    if persona is None:
        return
    by = system_actor(require_firm(), "Personas", via="job")
    inside: set[UUID] = set()
    if persona.segment_id is not None and persona.archived_at is None:
        rows = SegmentMember.rows().filter(segment_id=persona.segment_id)
        inside = set(rows.values_list("contact_id", flat=True))
    assign_by_rule(persona, dict.fromkeys(inside), by=by)
    unassign_by_rule(persona, None, by=by, but=inside)


def _actor(rule: TagRule) -> Actor:
    return system_actor(require_firm(), f"Rule {rule.name}", via="job")


def _told(rule: TagRule) -> dict[str, str]:
    return {"rule": rule.name, "rule_id": str(rule.pk)}


def _come(rule: TagRule, causes: Mapping[UUID, UUID | None]) -> None:
    ids = sorted(Contact.rows().filter(pk__in=causes, deleted_at=None).values_list("pk", flat=True))
    if not ids or _goes_round(rule, ids):
        return
    known = set(leaving.staying([UUID(pk) for pk in (*rule.add, *rule.remove)]))
    put = sorted(known & {UUID(pk) for pk in rule.add})
    had = set(Tagging.rows().filter(record_id__in=ids, tag_id__in=put).values_list("record_id", "tag_id"))
    kept = {pk: cause for pk, cause in causes.items() if cause is not None}
    tag_records("contact", ids, tag_ids=put, by=_actor(rule), causes=kept, told=_told(rule))
    TagRuleApplication.objects.bulk_create(
        [
            TagRuleApplication(rule=rule, contact_id=pk, tag_id=tag, cause=causes.get(pk), is_put=(pk, tag) not in had)
            for pk in ids
            for tag in put
        ],
        ignore_conflicts=True,
    )
    off = sorted(known & {UUID(pk) for pk in rule.remove})
    if off:
        untag_records("contact", ids, tag_ids=off, by=_actor(rule), causes=kept, told=_told(rule))


def _go(rule: TagRule, causes: Causes) -> None:
    living = Contact.rows().filter(pk__in=causes, deleted_at=None).values_list("pk", flat=True)
    standing = TagRuleApplication.rows().filter(rule=rule, contact_id__in=sorted(living), ended_at=None)
    found = list(standing.order_by("contact_id"))
    standing.update(ended_at=clock.now())
    if not rule.undo_on_leaving:
        return
    mine = [a for a in found if a.is_put and not _inherited(a)]
    by_tag: dict[UUID, list[UUID]] = defaultdict(list)
    for application in mine:
        by_tag[application.tag_id].append(application.contact_id)
    for tag, ids in sorted(by_tag.items()):
        untag_records("contact", ids, tag_ids=[tag], by=_actor(rule), causes=causes, told=_told(rule))


def _inherited(application: TagRuleApplication) -> bool:
    """Tell whether another rule wants the tag too; it is that rule's to take off from now on."""
    others = TagRuleApplication.rows().filter(
        contact_id=application.contact_id, tag_id=application.tag_id, ended_at=None
    )
    heir = others.exclude(rule_id=application.rule_id).first()
    if heir is None:
        return False
    TagRuleApplication.rows().filter(pk=heir.pk).update(is_put=True)
    return True


def _goes_round(rule: TagRule, ids: Sequence[UUID]) -> bool:
    """Stop a rule whose tags bring people back to where it tagged them, again and again."""
    recent = TagRuleApplication.rows().filter(rule=rule, contact_id__in=ids, created_at__gte=clock.now() - WITHIN)
    turns = recent.values("contact_id", "tag_id").annotate(n=Count("id")).filter(n__gte=TURNS)
    if not turns.exists():
        return False
    rule.paused_at = clock.now()
    rule.problem = "It put the same tag on the same person ten times within an hour: its tags change its segment."
    rule.save(update_fields=["paused_at", "problem", "updated_at"])
    record("tag_rule.stopped", by=_actor(rule), subject=("tag_rule", rule.pk), data=_told(rule), verdict="machine")
    return True
