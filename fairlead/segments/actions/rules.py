"""Create, change, pause and delete tag rules."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.events.public import record
from fairlead.jobs.public import enqueue
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.unique import unique
from fairlead.people.public import Tag, ensure_tags
from fairlead.segments import access
from fairlead.segments.actions import serving
from fairlead.segments.actions.wording import word
from fairlead.segments.jobs import apply_rule
from fairlead.segments.models import Segment, TagRule
from fairlead.tenancy.public import Actor

NAME_LENGTH, DESCRIPTION_LENGTH, MAX_RULES = 80, 500, 500
FIELDS = ("name", "description", "segment", "criteria", "add", "remove", "undo_on_leaving")


@transaction.atomic
def create_rule(values: Mapping[str, Any], *, by: Actor) -> TagRule:
    """Create a rule: `name`, `segment` (an id) or `criteria`, `add` and `remove` (names or ids of tags).

    Those who are in the segment already are tagged in the background. Raises `InvalidInput`.
    """
    by.require("tag_rules.manage")
    if TagRule.rows().count() >= MAX_RULES:
        raise InvalidInput(f"A firm has at most {MAX_RULES} tag rules.")
    made = TagRule(created_by_id=by.membership_id)
    _assign(made, {"name": "", **values}, by)
    if made.segment_id is None:
        raise InvalidInput({"segment": ["Choose a segment, or give criteria."]})
    _save(made, new=True)
    _log("tag_rule.created", made, by)
    _start(made, by)
    return made


@transaction.atomic
def update_rule(rule_id: UUID, values: Mapping[str, Any], *, by: Actor) -> TagRule:
    """Change what `values` names of a rule; who is in its segment is tagged as it now says."""
    by.require("tag_rules.manage")
    found = _locked(rule_id, by)
    before = found.segment
    _assign(found, values, by)
    if found.segment_id is None:
        raise InvalidInput({"segment": ["Choose a segment, or give criteria."]})
    _save(found)
    if before.pk != found.segment_id:
        serving.drop(before)
    _log("tag_rule.updated", found, by)
    if found.paused_at is None:
        _start(found, by)
    return found


@transaction.atomic
def pause_rule(rule_id: UUID, *, by: Actor) -> TagRule:
    """Stop a rule; the tags it put stay."""
    by.require("tag_rules.manage")
    found = _locked(rule_id, by)
    if found.paused_at is None:
        found.paused_at = clock.now()
        found.save(update_fields=["paused_at", "updated_at"])
        _log("tag_rule.paused", found, by)
    return found


@transaction.atomic
def resume_rule(rule_id: UUID, *, by: Actor) -> TagRule:
    """Start a rule again; who came in meanwhile is tagged in the background."""
    by.require("tag_rules.manage")
    found = _locked(rule_id, by)
    if found.paused_at is not None:
        found.paused_at, found.problem = None, ""
        found.save(update_fields=["paused_at", "problem", "updated_at"])
        _log("tag_rule.resumed", found, by)
        _start(found, by)
    return found


@transaction.atomic
def delete_rule(rule_id: UUID, *, by: Actor) -> None:
    """Delete a rule; the tags it put stay, and so do their events."""
    by.require("tag_rules.manage")
    found = _locked(rule_id, by)
    _log("tag_rule.deleted", found, by)
    segment = found.segment
    TagRule.rows().filter(pk=found.pk).delete()
    serving.drop(segment)


def _locked(rule_id: UUID, by: Actor) -> TagRule:
    access.rule(by, rule_id)
    found: TagRule = TagRule.rows().select_related("segment").select_for_update(of=("self",)).get(pk=rule_id)
    return found


def _start(rule: TagRule, by: Actor) -> None:
    enqueue(apply_rule, firm_id=by.firm_id, by=by, unique=f"rule:{rule.pk}", rule_id=rule.pk)


def _assign(rule: TagRule, values: Mapping[str, Any], by: Actor) -> None:
    errors = word(rule, values, FIELDS, NAME_LENGTH, {"description": DESCRIPTION_LENGTH})
    for name in ("add", "remove"):
        if name in values:
            setattr(rule, name, [str(pk) for pk in _tags(values[name] or (), by)])
    if not rule.add and not rule.remove:
        errors["add"] = ["Choose at least one tag to add or remove."]
    if set(rule.add) & set(rule.remove):
        errors["remove"] = ["The same tag cannot be added and removed."]
    if errors:
        raise InvalidInput(errors)
    rule.undo_on_leaving = bool(values.get("undo_on_leaving", rule.undo_on_leaving))
    purpose = Segment.Purpose.RULE
    current = rule.segment if rule.segment_id else None
    rule.segment = serving.segment_for(current, rule.name, values, purpose, by=by)


def _tags(wanted: Iterable[Any], by: Actor) -> list[UUID]:
    """Return ids of tags given by id or name; a name that is no tag yet becomes one."""
    ids, names = [], []
    for one in wanted:
        try:
            ids.append(UUID(str(one)))
        except ValueError:
            names.append(str(one))
    known = set(Tag.rows().filter(pk__in=ids).values_list("pk", flat=True))
    if len(known) < len(set(ids)):
        raise NotFound("There is no such tag (any more).")
    return sorted(known | {tag.pk for tag in ensure_tags(names, by=by).values()})


def _save(rule: TagRule, *, new: bool = False) -> None:
    with unique(f"There is already a rule called {rule.name}."):
        rule.save(force_insert=new)


def _log(event: str, rule: TagRule, by: Actor) -> None:
    data = {"rule": rule.name, "rule_id": str(rule.pk), "segment": rule.segment.name}
    record(event, by=by, subject=("tag_rule", rule.pk), data=data)
