"""Bulk verbs of people: tags and lists, with what their undo needs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold
from fairlead.people.actions import lists, tagging, tags
from fairlead.people.models import ContactList, ListSubscription, Tag, Tagging
from fairlead.records.public import Noun, bulk, nouns
from fairlead.shell.forms import UnjudgedMany
from fairlead.tenancy.public import Actor, Firm

Params = Mapping[str, Any]
TAKES = {
    "tags": "Ids of tags.",
    "names": "Names of tags. One that is new becomes a tag when it is added.",
}
SUBSCRIBED = ListSubscription.Status.SUBSCRIBED.value


def _clean_tag(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    """Return the tags to put on. Names that are no tag yet become one, so that the run and its undo know ids only."""
    named = tags.ensure_tags(_listed(params, "names"), by=by).values()
    return _cleaned(_existing(params) | {t.pk: t.name for t in named})


def _clean_untag(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    """Return the tags to take off; a name that is no tag is a mistake here."""
    asked = {fold(name): name for name in _listed(params, "names")}
    named = {t.name_norm: t for t in Tag.rows().filter(name_norm__in=asked)}
    missing = [f"There is no tag called {name[:40]}." for norm, name in asked.items() if norm not in named]
    if missing:
        raise InvalidInput({"names": missing})
    return _cleaned(_existing(params) | {t.pk: t.name for t in named.values()})


def _cleaned(found: Mapping[UUID, str]) -> dict[str, Any]:
    if not found:
        raise InvalidInput({"names": ["Choose at least one tag."]})
    return {"tags": [str(pk) for pk in found], "names": ", ".join(sorted(found.values(), key=fold))}


def _existing(params: Params) -> dict[UUID, str]:
    """Return the names of the tags whose ids `tags` lists; `InvalidInput` names those that are none."""
    asked = _listed(params, "tags")
    try:
        found = dict(Tag.rows().filter(pk__in=[UUID(pk) for pk in asked]).values_list("pk", "name"))
    except ValueError:
        raise InvalidInput({"tags": ["Ids of tags are expected."]}) from None
    missing = [pk for pk in asked if UUID(pk) not in found]
    if missing:
        raise InvalidInput({"tags": [f"There is no tag with the id {pk}." for pk in missing]})
    return found


def _listed(params: Params, name: str) -> list[str]:
    asked = params.get(name) or []
    return [str(value) for value in (asked if isinstance(asked, list) else [asked])]


def _tag_controls(create: bool) -> Any:
    """Return the dialog's picker of tags; with `create`, whoever may make tags may type a new one."""

    def controls(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
        new = create and by.can("tags.manage")
        source = reverse("people:tag-choices", kwargs={"firm": Firm.objects.get(pk=by.firm_id).slug})
        placeholder = "Find or make a tag" if new else "Find a tag"
        return {"names": UnjudgedMany(source=source, create=new, placeholder=placeholder, label="Tags")}

    return controls


def _tags(params: Params) -> str:
    return f"the tag{'' if len(params['tags']) == 1 else 's'} {params['names']}"


def _tag(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    chosen = [UUID(pk) for pk in params["tags"]]
    seen = list(noun.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    had = _tags_of(seen, chosen)
    tagging.tag_records(noun.name, seen, by=by, tag_ids=chosen)
    gained = {str(pk): [str(t) for t in chosen if t not in had[pk]] for pk in seen if len(had[pk]) < len(chosen)}
    return bulk.Applied(len(gained), gained)


def _untag(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    chosen = [UUID(pk) for pk in params["tags"]]
    seen = list(noun.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    had = _tags_of(seen, chosen)
    tagging.untag_records(noun.name, seen, by=by, tag_ids=chosen)
    lost = {str(pk): [str(t) for t in had[pk]] for pk in seen if had[pk]}
    return bulk.Applied(len(lost), lost)


def _tags_of(ids: Sequence[UUID], chosen: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for record, tag in Tagging.rows().filter(record_id__in=ids, tag_id__in=chosen).values_list("record_id", "tag_id"):
        found[record].add(tag)
    return found


def _back(verb: Any) -> Any:
    """Return an undo that puts on, or takes off, exactly the tags that were taken off or put on."""

    def undo(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
        groups: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
        for key, changed in previous.items():
            groups[tuple(changed)].append(UUID(key))
        kept = set(Tag.rows().values_list("pk", flat=True))
        for changed, ids in groups.items():
            verb(noun.name, ids, by=by, tag_ids=[UUID(t) for t in changed if UUID(t) in kept])
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
        "tag", "Add tags", "tag", "edit", _tag, lambda noun, p: f"Add {_tags(p)}", _clean_tag,
        _back(tagging.untag_records), _tag_controls(create=True), TAGGED, order=10, takes=TAKES,
    ),
    bulk.Verb(
        "untag", "Remove tags", "tag-off", "edit", _untag, lambda noun, p: f"Remove {_tags(p)}", _clean_untag,
        _back(tagging.tag_records), _tag_controls(create=False), TAGGED, order=15, takes=TAKES,
    ),
    bulk.Verb(
        "list-add", "Add to list", "list-check", "edit", _set_list(True),
        lambda noun, p: f"Add to the list {p['name']}", _clean_list, _unset_list, _list_controls, CONTACTS, order=20,
        takes={"list": "The id of a list."},
    ),
    bulk.Verb(
        "list-remove", "Take off list", "list", "edit", _set_list(False),
        lambda noun, p: f"Take off the list {p['name']}", _clean_list, _unset_list, _list_controls, CONTACTS, order=25,
        takes={"list": "The id of a list."},
    ),
)  # fmt: skip
