"""Tags that are on their way out: deleted or merged, while their records pass in the background.

Until its last record has passed such a tag is there, but nobody puts it on anything: one that is being deleted is
refused, and for one that is being merged the tag that it becomes is taken. Conditions on that one find both.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts.public import Errand, errands
from fairlead.kernel.errors import InvalidInput
from fairlead.people.models import Tag

DELETE, MERGE = "tag.delete", "tag.merge"


def leaving() -> dict[UUID, UUID | None]:
    """Return the tags that are on their way out, with what they become; None for what is being deleted."""
    rows = errands.running(DELETE, MERGE).values_list("subject_id", "params")
    return {tag: UUID(params["into"]) if "into" in params else None for tag, params in rows}


def errands_of(tag_ids: Iterable[UUID]) -> QuerySet[Errand]:
    """Return what takes the tags off their records, as far as that goes on."""
    return errands.running(DELETE, MERGE, about=tag_ids)


def with_errands(tags: QuerySet[Tag]) -> QuerySet[Tag]:
    """Let each tag say in `errand` which errand takes it off its records."""
    return errands.annotated(tags, DELETE, MERGE)


def errand_of(tag_id: UUID) -> Errand | None:
    """Return what takes the tag off its records, if that goes on."""
    return errands_of([tag_id]).first()


def becoming(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the tags that are becoming one of these, with which one."""
    wanted = set(ids)
    rows = errands.running(MERGE).values_list("subject_id", "params")
    return {tag: into for tag, params in rows if (into := UUID(params["into"])) in wanted}


def successors(tags: Mapping[UUID, Tag]) -> dict[UUID, Tag]:
    """Return what stands for each of the tags by now: itself, or the tag that it becomes.

    Raises `InvalidInput` for one that is being deleted.
    """
    going = leaving() if tags else {}
    into = {pk: going[pk] for pk in tags if pk in going}
    for pk, kept in into.items():
        if kept is None:
            raise InvalidInput({"tags": [f"The tag {tags[pk].name} is being deleted. Wait until it is gone."]})
    kept_tags = Tag.rows().in_bulk([pk for pk in into.values() if pk is not None])
    return {pk: kept_tags[kept] if (kept := into.get(pk)) else tag for pk, tag in tags.items()}


def by_norm(tags: Iterable[Tag]) -> dict[str, Tag]:
    """Return what stands for each of the tags by now, by the folded name that it was asked for by."""
    found = {tag.pk: tag for tag in tags}
    return {found[pk].name_norm: tag for pk, tag in successors(found).items()}


def staying(ids: Sequence[UUID]) -> list[UUID]:
    """Return those of the ids that are tags which may be put on records."""
    going = {pk for pk, into in leaving().items() if into is None}
    return [pk for pk in Tag.rows().filter(pk__in=ids).values_list("pk", flat=True) if pk not in going]
