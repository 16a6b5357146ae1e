"""Tags, and putting them on records."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.kernel.text import fold
from fairlead.people import access, leaving
from fairlead.people.actions import tag_ends, tagging, tags
from fairlead.people.models import Tag
from fairlead.records.api.public import MAX_ITEMS, Reading
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output
from fairlead.shell.marks import COLORS
from fairlead.tenancy.public import one

CATEGORY = Param("category", "Only tags of this category.", choices=Tag.Category.values)
QUERY = Param("q", "Only tags with this in their name, whatever its case and accents.")


class TagInput(Input):
    """A tag."""

    name = serializers.CharField(max_length=tags.NAME_LENGTH, help_text="Unique, whatever its case and accents.")
    description = serializers.CharField(max_length=tags.DESCRIPTION_LENGTH, required=False, allow_blank=True)
    color = serializers.ChoiceField(choices=list(COLORS), required=False)
    category = serializers.ChoiceField(choices=Tag.Category.choices, required=False)


class TagOutput(Output):
    """A tag."""

    by_itself = frozenset({"usage_count", "errand"})

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    color = serializers.CharField()
    category = serializers.CharField()
    usage_count = serializers.IntegerField(
        help_text="Records that carry it in the whole firm, without those in the bin."
    )
    errand = serializers.SerializerMethodField(
        help_text="The errand that takes it off its records, while it is being deleted or merged into another tag; "
        "nobody puts it on a record then."
    )
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_errand(self, tag: Tag) -> UUID | None:
        """Return its id; a tag that was just made, changed or merged into has none."""
        return getattr(tag, "errand", None)


class TagMergeInput(Input):
    """Which tags go."""

    tags = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=100, help_text="Ids.")


class TaggingInput(Input):
    """Which tags to put on the record or take off: by name, by id, or both."""

    names = serializers.ListField(
        child=serializers.CharField(max_length=tags.NAME_LENGTH), required=False, max_length=100
    )
    tags = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=100, help_text="Ids.")


class TagBatchInput(TaggingInput):
    """Which tags to put on which records or take off."""

    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MAX_ITEMS)


class ChangedOutput(Output):
    """How much really changed."""

    changed = serializers.IntegerField()


class Tags(Resource):
    """Words to sort records by."""

    tag = "Tags"

    @endpoint(
        TagOutput, paged=True, sorts={"name": "name_norm", "usage_count": "usage_count", "created_at": "created_at"},
        default_sort="name", params=(CATEGORY, QUERY),
    )  # fmt: skip
    def list(self) -> QuerySet[Tag]:
        """List tags."""
        found = leaving.with_errands(access.tags(self.actor)).filter(name_norm__contains=fold(self.query["q"] or ""))
        return found.filter(category=self.query["category"]) if self.query["category"] else found

    @endpoint(TagOutput)
    def retrieve(self, pk: UUID) -> Tag:
        """Read one tag."""
        found: Tag = one(leaving.with_errands(access.tags(self.actor)), pk)
        return found

    @endpoint(TagOutput, body=TagInput, status=201, example={"name": "VIP", "color": "orange"})
    def create(self, body: dict[str, Any]) -> Tag:
        """Create a tag."""
        return tags.create_tag(**body, by=self.actor)

    @endpoint(TagOutput, body=TagInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Tag:
        """Change a tag."""
        return tags.update_tag(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a tag.

        It goes off every record that carries it: of more than 5,000 in the background, as the tag's `errand`.
        """
        tag_ends.delete_tag(pk, by=self.actor)

    @verb("merge", TagOutput, body=TagMergeInput)
    def merge(self, pk: UUID, body: dict[str, Any]) -> Tag:
        """Merge other tags into this one.

        Their records carry this tag afterwards, none of them twice; the other tags are deleted. Tags of more than 5,000
        records do so in the background, each as its `errand`.
        """
        return tag_ends.merge_tags(body["tags"], pk, by=self.actor)


class TagVerbs(Reading):
    """Mixed into the resource of every taggable noun."""

    @verb("tag", ChangedOutput, body=TaggingInput, sparse=False)
    def tag_one(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Put tags on a record.

        Names that are no tag yet become one. `changed` is the number of tags that were not there before.
        """
        self.seen(pk)
        return {"changed": tagging.tag_records(self.noun.name, [pk], by=self.actor, **chosen(body))}

    @verb("untag", ChangedOutput, body=TaggingInput, sparse=False)
    def untag_one(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Take tags off a record."""
        self.seen(pk)
        return {"changed": tagging.untag_records(self.noun.name, [pk], by=self.actor, **chosen(body))}

    @verb("batch/tag", ChangedOutput, body=TagBatchInput, of="collection", sparse=False)
    def tag_batch(self, body: dict[str, Any]) -> dict[str, int]:
        """Put tags on up to 1000 records.

        Records that do not exist, or are not yours to see, are passed over.
        """
        return {"changed": tagging.tag_records(self.noun.name, body["ids"], by=self.actor, **chosen(body))}

    @verb("batch/untag", ChangedOutput, body=TagBatchInput, of="collection", sparse=False)
    def untag_batch(self, body: dict[str, Any]) -> dict[str, int]:
        """Take tags off up to 1000 records."""
        return {"changed": tagging.untag_records(self.noun.name, body["ids"], by=self.actor, **chosen(body))}


def chosen(body: dict[str, Any]) -> dict[str, Any]:
    """Return the tags of a body as the actions take them."""
    return {"names": body.get("names", ()), "tag_ids": body.get("tags", ())}
