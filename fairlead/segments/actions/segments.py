"""Create, change, pause, archive and recount segments."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput, NotFound, StaleVersion
from fairlead.kernel.unique import unique
from fairlead.records.public import keepers
from fairlead.segments import access
from fairlead.segments.actions.wording import word
from fairlead.segments.judged import archived, judged
from fairlead.segments.keeping import dependencies
from fairlead.segments.keeping.following import dependants
from fairlead.segments.keeping.recounting import make_stale
from fairlead.segments.models import Persona, Segment, SegmentVersion, TagRule
from fairlead.segments.models.segment import everybody
from fairlead.tenancy.public import Actor, advisory, require_firm, system_actor

NAME_LENGTH, DESCRIPTION_LENGTH, MAX_SEGMENTS = 100, 500, 2_000
FIELDS = ("name", "description", "kind", "criteria")
Kind, Status, Purpose = Segment.Kind, Segment.Status, Segment.Purpose


@transaction.atomic
def create_segment(values: Mapping[str, Any], *, by: Actor, purpose: str = Purpose.SEGMENT, note: str = "") -> Segment:
    """Create a segment from `name`, `description`, `kind` and `criteria`; people come in by a recount in a moment.

    Raises `InvalidInput` that names every wrong condition of the criteria by its path.
    """
    by.require("segments.manage")
    lock_graph()
    if Segment.rows().count() >= MAX_SEGMENTS:
        raise InvalidInput(f"A firm has at most {MAX_SEGMENTS} segments. Archived ones count.")
    made = Segment(created_by_id=by.membership_id, purpose=purpose)
    _describe(made, {"name": "", **values})
    if values.get("kind", Kind.DYNAMIC) not in Kind.values:
        raise InvalidInput({"kind": ["dynamic or static is expected."]})
    made.kind = values.get("kind", Kind.DYNAMIC)
    if made.kind == Kind.STATIC and values.get("criteria") not in (None, everybody()):
        raise InvalidInput({"criteria": ["A static segment has no criteria: people are picked."]})
    _save(made, new=True)
    _set_criteria(made, values.get("criteria"), by, note)
    _log("segment.created", made, by)
    return made


@transaction.atomic
def update_segment(segment_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None = None) -> Segment:
    """Change name, description or criteria. Raises `StaleVersion` when `version` is no longer current."""
    by.require("segments.manage")
    lock_graph()
    return change(access.segment(by, segment_id, lock=True), values, by=by, version=version)


def change(
    found: Segment, values: Mapping[str, Any], *, by: Actor, version: int | None = None, note: str = ""
) -> Segment:
    """Change a segment that the caller has locked, whatever it serves."""
    if version is not None and version != found.version:
        raise StaleVersion("Somebody changed this segment since you opened it.", current=found.version)
    if values.get("kind", found.kind) != found.kind:
        raise InvalidInput({"kind": ["A segment stays dynamic or static; make another one instead."]})
    before = {"name": found.name, "description": found.description}
    _describe(found, values)
    changed = [name for name, was in before.items() if getattr(found, name) != was]
    new_criteria = "criteria" in values and _normal(values["criteria"]) != found.criteria
    if new_criteria and found.kind == Kind.STATIC:
        raise InvalidInput({"criteria": ["A static segment has no criteria: people are picked."]})
    if new_criteria and found.status == Status.ARCHIVED:
        raise Conflict(f"The segment {found.name} is archived. Take it out of the archive first.")
    if not changed and not new_criteria:
        return found
    found.version += 1
    _save(found)
    if new_criteria:
        _set_criteria(found, values["criteria"], by, note)
    _log("segment.updated", found, by, fields=[*changed, *(["criteria"] if new_criteria else [])])
    return found


@transaction.atomic
def restore_version(segment_id: UUID, number: int, *, by: Actor) -> Segment:
    """Give a segment criteria again that it had before, as a new version. Raises `NotFound`."""
    by.require("segments.manage")
    lock_graph()
    found = access.segment(by, segment_id, lock=True)
    kept = SegmentVersion.rows().filter(segment=found, number=number).first()
    if kept is None:
        raise NotFound
    return change(found, {"criteria": kept.criteria}, by=by, note=f"Restored from version {number}")


@transaction.atomic
def pause_segment(segment_id: UUID, *, by: Actor) -> Segment:
    """Stop keeping a segment up to date: its people stay as they are."""
    return _turn(segment_id, Status.PAUSED, "segment.paused", by)


@transaction.atomic
def resume_segment(segment_id: UUID, *, by: Actor) -> Segment:
    """Keep a paused segment up to date again; what happened meanwhile is caught up by a recount."""
    return _turn(segment_id, Status.ACTIVE, "segment.resumed", by)


@transaction.atomic
def archive_segment(segment_id: UUID, *, by: Actor) -> Segment:
    """Put a segment away. Raises `Conflict` while other segments, rules of any kind or personas live on it."""
    by.require("segments.manage")
    lock_graph()
    access.segment(by, segment_id, lock=True)
    users = used_by(segment_id)
    if users:
        raise Conflict(f"It is used by {', '.join(users[:5])}{' and others' if len(users) > 5 else ''}.")
    return _turn(segment_id, Status.ARCHIVED, "segment.archived", by)


@transaction.atomic
def unarchive_segment(segment_id: UUID, *, by: Actor) -> Segment:
    """Take a segment out of the archive and bring it up to date. Raises `Conflict` while one that it names is there."""
    by.require("segments.manage")
    lock_graph()
    away = archived(dependencies.segments(segment_id))
    if away:
        raise Conflict(f"It uses {', '.join(away[:5])} from the archive. Take that out first.")
    return _turn(segment_id, Status.ACTIVE, "segment.unarchived", by)


@transaction.atomic
def recount_segment(segment_id: UUID, *, by: Actor) -> Segment:
    """Have everybody compared with a segment in the background. Raises `Conflict` for one that rests."""
    by.require("segments.manage")
    found = access.segment(by, segment_id, lock=True)
    if found.status != Status.ACTIVE:
        raise Conflict(f"The segment {found.name} is {found.status}.")
    make_stale([found.pk])
    _log("segment.recounted", found, by)
    found.refresh_from_db()
    return found


@transaction.atomic
def settle_defect(defect_id: UUID, *, by: Actor) -> None:
    """Say that somebody has looked into a difference. Raises `NotFound`."""
    found = access.defect(by, defect_id)
    if found.settled_at is None:
        found.settled_at, found.settled_by_id = clock.now(), by.membership_id
        found.save(update_fields=["settled_at", "settled_by", "updated_at"])
        _log("segment.defect_settled", found.segment, by)


def used_by(segment_id: UUID) -> list[str]:
    """Return the names of what lives on a segment: other segments, rules of this room and others, personas."""
    names = Segment.rows().filter(pk__in=dependants(segment_id)).exclude(status=Status.ARCHIVED)
    found = [f"the segment {name}" for name in names.order_by("name_norm").values_list("name", flat=True)]
    rules = TagRule.rows().filter(segment=segment_id).order_by("name_norm").values_list("name", flat=True)
    personas = Persona.rows().filter(segment=segment_id, archived_at=None).order_by("name_norm")
    found += [f"the tag rule {name}" for name in rules]
    found += [f"the persona {name}" for name in personas.values_list("name", flat=True)]
    everyone = system_actor(require_firm(), "Segments")  # whoever may not see a rule must not break it either
    acting = [kept for kept in keepers.kept(everyone) if kept.acts and kept.names(segment_id)]
    return found + [f"the {kept.kind.lower()} {kept.name}" for kept in acting]


def _turn(segment_id: UUID, status: Segment.Status, event: str, by: Actor) -> Segment:
    by.require("segments.manage")
    found = access.segment(by, segment_id, lock=True)
    if found.status == status:
        return found
    if status == Status.PAUSED and found.status != Status.ACTIVE:
        raise Conflict("Only an active segment can be paused.")
    if event == "segment.unarchived" and found.status != Status.ARCHIVED:
        raise Conflict("Only an archived segment can be taken out of the archive.")
    if event == "segment.resumed" and found.status != Status.PAUSED:
        raise Conflict("Only a paused segment can be resumed.")
    found.status = status
    found.version += 1
    found.save(update_fields=["status", "version", "updated_at"])
    if status == Status.ACTIVE:
        make_stale([found.pk])
    _log(event, found, by)
    return found


def _set_criteria(found: Segment, tree: Any, by: Actor, note: str) -> None:
    """Check and keep criteria that are new, and have everybody compared with them."""
    found.criteria = _normal(tree)
    node = None
    if found.kind == Kind.DYNAMIC:
        node = judged(found.criteria, by=by, segment=found).node
    dependencies.store(found, node)
    found.problem, found.stale_since = "", None
    found.save(update_fields=["criteria", "problem", "stale_since"])
    SegmentVersion.objects.create(
        segment=found, number=found.version, criteria=found.criteria, note=note, set_by_id=by.membership_id
    )
    make_stale([found.pk])
    found.refresh_from_db(fields=["stale_since"])


def _normal(tree: Any) -> Any:
    return everybody() if tree in (None, "", {}) else tree


def _describe(found: Segment, values: Mapping[str, Any]) -> None:
    errors = word(found, values, FIELDS, NAME_LENGTH, {"description": DESCRIPTION_LENGTH})
    if errors:
        raise InvalidInput(errors)


def _save(found: Segment, *, new: bool = False) -> None:
    with unique(f"There is already a segment called {found.name}, perhaps in the archive."):
        found.save(force_insert=new)


def lock_graph() -> None:
    """Let one change at a time of what lives on segments find that it closes no ring, and that none is archived.

    For whoever is about to lock a segment: it comes before.
    """
    advisory.exclusive("segments.graph")


def _log(event: str, found: Segment, by: Actor, **more: Any) -> None:
    data = {"segment": found.name, "segment_id": str(found.pk), **more}
    record(event, by=by, subject=("segment", found.pk), data=data)
