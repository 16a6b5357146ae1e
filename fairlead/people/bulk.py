"""Bulk verbs of people: tags and lists, with what their undo needs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from fairlead.kernel.errors import InvalidInput
from fairlead.people.actions import lists, tagging
from fairlead.people.models import ContactList, ListSubscription, Tag, Tagging
from fairlead.records.public import Noun, bulk, nouns
from fairlead.tenancy.public import Actor

Params = Mapping[str, Any]
SUBSCRIBED = ListSubscription.Status.SUBSCRIBED.value


def _clean_tags(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    asked = params.get("tags") or []
    ids = [str(pk) for pk in (asked if isinstance(asked, list) else [asked])]
    try:
        names = dict(Tag.rows().filter(pk__in=[UUID(pk) for pk in ids]).values_list("pk", "name"))
    except ValueError:
        names = {}
    if not ids or len(names) != len(set(ids)):
        raise InvalidInput({"tags": ["Choose tags that exist."]})
    return {"tags": [str(pk) for pk in names], "names": ", ".join(sorted(names.values()))}


def _tag_controls(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
    found = [(str(pk), name) for pk, name in Tag.rows().order_by("name_norm").values_list("pk", "name")]
    return {"tags": forms.MultipleChoiceField(choices=found, label="Tags", required=False)}


def _tag(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    tags = [UUID(pk) for pk in params["tags"]]
    seen = list(noun.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    had = _tags_of(seen, tags)
    tagging.tag_records(noun.name, seen, by=by, tag_ids=tags)
    gained = {str(pk): [str(t) for t in tags if t not in had[pk]] for pk in seen if len(had[pk]) < len(tags)}
    return bulk.Applied(len(gained), gained)


def _untag(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    tags = [UUID(pk) for pk in params["tags"]]
    seen = list(noun.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    had = _tags_of(seen, tags)
    tagging.untag_records(noun.name, seen, by=by, tag_ids=tags)
    lost = {str(pk): [str(t) for t in had[pk]] for pk in seen if had[pk]}
    return bulk.Applied(len(lost), lost)


def _tags_of(ids: Sequence[UUID], tags: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for record, tag in Tagging.rows().filter(record_id__in=ids, tag_id__in=tags).values_list("record_id", "tag_id"):
        found[record].add(tag)
    return found


def _back(verb: Any) -> Any:
    """Return an undo that puts on, or takes off, exactly the tags that were taken off or put on."""

    def undo(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
        groups: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
        for key, tags in previous.items():
            groups[tuple(tags)].append(UUID(key))
        kept = set(Tag.rows().values_list("pk", flat=True))
        for tags, ids in groups.items():
            verb(noun.name, ids, by=by, tag_ids=[UUID(t) for t in tags if UUID(t) in kept])
        return bulk.Applied(len(previous))

    return undo


def _clean_list(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    try:
        found = ContactList.rows().filter(pk=UUID(str(params.get("list"))), archived_at=None, is_primary=False).first()
    except ValueError:
        found = None
    if found is None:
        raise InvalidInput({"list": ["Choose a list that exists."]})
    return {"list": str(found.pk), "name": found.name}


def _list_controls(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
    rows = ContactList.rows().filter(archived_at=None, is_primary=False).order_by("name_norm")
    return {"list": forms.ChoiceField(choices=[(str(x.pk), x.name) for x in rows], label="List", required=False)}


def _set_list(on: bool) -> Any:
    """Return the verb that subscribes people, or takes them off; undo gets the ids that it changed."""

    def apply(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
        seen = list(noun.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
        rows = ListSubscription.rows().filter(list_id=params["list"], contact_id__in=seen)
        before = dict(rows.values_list("contact_id", "status"))
        verb = lists.subscribe if on else lists.unsubscribe
        verb(UUID(params["list"]), seen, by=by)
        after = dict(rows.values_list("contact_id", "status"))
        changed = {str(pk): before.get(pk) for pk in seen if before.get(pk) != after.get(pk)}
        return bulk.Applied(len(changed), changed)

    return apply


def _unset_list(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
    back_on = [UUID(key) for key, status in previous.items() if status == SUBSCRIBED]
    back_off = [UUID(key) for key, status in previous.items() if status != SUBSCRIBED]
    if back_on:
        lists.subscribe(UUID(params["list"]), back_on, by=by)
    if back_off:
        lists.unsubscribe(UUID(params["list"]), back_off, by=by)
    return bulk.Applied(len(previous))


TAGGED, CONTACTS = nouns.Taggable(), frozenset({"contact"})
VERBS = (
    bulk.Verb(
        "tag", "Add tags", "tag", "edit", _tag, lambda noun, p: f"Add the tags {p['names']}",
        _clean_tags, _back(tagging.untag_records), _tag_controls, TAGGED, order=10,
    ),
    bulk.Verb(
        "untag", "Remove tags", "tag-off", "edit", _untag, lambda noun, p: f"Remove the tags {p['names']}",
        _clean_tags, _back(tagging.tag_records), _tag_controls, TAGGED, order=15,
    ),
    bulk.Verb(
        "list-add", "Add to list", "list-check", "edit", _set_list(True),
        lambda noun, p: f"Add to the list {p['name']}", _clean_list, _unset_list, _list_controls, CONTACTS, order=20,
    ),
    bulk.Verb(
        "list-remove", "Take off list", "list", "edit", _set_list(False),
        lambda noun, p: f"Take off the list {p['name']}", _clean_list, _unset_list, _list_controls, CONTACTS, order=25,
    ),
)  # fmt: skip
