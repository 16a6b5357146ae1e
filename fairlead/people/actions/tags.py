"""Create and change tags; `tag_ends` merges and deletes them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.events.public import NewEvent, record, record_many
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.people import access, leaving
from fairlead.people.models import Tag
from fairlead.shell.marks import COLORS as PALETTE
from fairlead.shell.marks import color_of
from fairlead.tenancy.public import Actor

NAME_LENGTH, DESCRIPTION_LENGTH = 80, 500
FIELDS = ("name", "description", "color", "category")


@transaction.atomic
def create_tag(
    name: str, *, by: Actor, description: str = "", color: str = "slate", category: str = Tag.Category.GENERAL
) -> Tag:
    """Create a tag. Raises `InvalidInput` when the name is taken, whatever its case and accents."""
    by.require("tags.manage")
    values = _clean({"name": name, "description": description, "color": color, "category": category})
    tag = Tag(**values, name_norm=fold(values["name"]))
    _save(tag, new=True)
    record("tag.created", by=by, subject=("tag", tag.id), data={"tag": tag.name})
    return tag


@transaction.atomic
def update_tag(tag_id: UUID, values: Mapping[str, Any], *, by: Actor) -> Tag:
    """Change name, description, colour or category. Raises `NotFound` or `InvalidInput`."""
    by.require("tags.manage")
    tag = access.tag(by, tag_id, lock=True)
    changes = {n: [getattr(tag, n), v] for n, v in _clean(values).items() if getattr(tag, n) != v}
    if not changes:
        return tag
    for name, (_, after) in changes.items():
        setattr(tag, name, after)
    tag.name_norm = fold(tag.name)
    _save(tag)
    record("tag.updated", by=by, subject=("tag", tag.id), data={"tag": tag.name, "changes": changes})
    return tag


@transaction.atomic
def ensure_tags(names: Iterable[str], *, by: Actor) -> dict[str, Tag]:
    """Return the tags by folded name, creating those that are missing; safe against a rival doing the same."""
    wanted = {fold(name): name for name in reversed([_named(name) for name in names])}  # the first spelling stands
    found = leaving.by_norm(Tag.rows().filter(name_norm__in=wanted))
    missing = {norm: name for norm, name in wanted.items() if norm not in found}
    if not missing:
        return found
    by.require("tags.manage")
    made = [Tag(name=name, name_norm=norm, color=color_of(norm)) for norm, name in sorted(missing.items())]
    Tag.objects.bulk_create(made, ignore_conflicts=True)
    found |= {t.name_norm: t for t in Tag.rows().filter(name_norm__in=missing)}
    mine = [t for t in made if found[t.name_norm].id == t.id]
    record_many([NewEvent("tag.created", ("tag", t.id), data={"tag": t.name}) for t in mine], by=by)
    return found


def _named(name: str) -> str:
    try:
        return _clean({"name": name})["name"]
    except InvalidInput as error:
        raise InvalidInput({"names": error.fields["name"]}) from None


def _clean(values: Mapping[str, Any]) -> dict[str, str]:
    errors: dict[str, list[str]] = {n: ["There is no such field."] for n in values if n not in FIELDS}
    cleaned = {n: squeeze(str(values[n] or "")) for n in FIELDS if n in values}
    if "name" in cleaned and not 0 < len(cleaned["name"]) <= NAME_LENGTH:
        errors["name"] = [f"A name of 1 to {NAME_LENGTH} characters is expected."]
    if len(cleaned.get("description", "")) > DESCRIPTION_LENGTH:
        errors["description"] = [f"At most {DESCRIPTION_LENGTH} characters fit."]
    if cleaned.get("color", PALETTE[0]) not in PALETTE:
        errors["color"] = [f"One of these is expected: {', '.join(PALETTE)}."]
    if cleaned.get("category", Tag.Category.GENERAL) not in Tag.Category.values:
        errors["category"] = [f"One of these is expected: {', '.join(Tag.Category.values)}."]
    if errors:
        raise InvalidInput(errors)
    return cleaned


def _save(tag: Tag, *, new: bool = False) -> None:
    with unique(f"There is already a tag called {tag.name}."):
        tag.save(force_insert=new)
