"""Segments: who is in them, why, and what they were."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import Explanation
from fairlead.segments import access, overlap, reads
from fairlead.segments.actions import picks, segments
from fairlead.segments.api.overlap import SEGMENTS, OverlapOutput, ids_of
from fairlead.segments.models import Segment, SegmentDefect, SegmentSize, SegmentVersion
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

TREE = "A criteria tree over contacts, as the search takes it."
KIND = Param("kind", "Only segments of this kind.", choices=Segment.Kind.values)
STATUS = Param("status", "Only segments in this state.", choices=Segment.Status.values)
CONTACT = Param("contact", "Which contact to explain; needed.", "uuid")
DAYS = Param("days", "How many days back.", "integer", default=90, minimum=1, maximum=730)
OPEN = Param("open", "Only those that nobody has settled.", "boolean", default=True)
MAX_PEOPLE = 1_000


class SegmentInput(Input):
    """A segment. Dynamic ones have criteria; in static ones people are picked."""

    name = serializers.CharField(max_length=segments.NAME_LENGTH, help_text="Unique, whatever its case and accents.")
    description = serializers.CharField(max_length=segments.DESCRIPTION_LENGTH, required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=Segment.Kind.choices, required=False, help_text="Stays as it was made.")
    criteria = serializers.DictField(required=False, allow_null=True, help_text=TREE)


class SegmentOutput(Output):
    """A segment."""

    by_itself = frozenset({"size", "problem", "changed_at", "counted_at", "stale_since", "updated_at"})

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    kind = serializers.CharField(help_text="dynamic or static.")
    status = serializers.CharField(help_text="active, paused or archived.")
    criteria = serializers.DictField()
    version = serializers.IntegerField()
    size = serializers.IntegerField(help_text="How many are in it, in the whole firm, whomever the caller may see.")
    changed_at = serializers.DateTimeField(help_text="When somebody last entered or left.")
    counted_at = serializers.DateTimeField(allow_null=True, help_text="When everybody was last compared.")
    stale_since = serializers.DateTimeField(allow_null=True, help_text="Since when a recount is due.")
    problem = serializers.CharField(help_text="Why the criteria can no longer be asked; empty when they can.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SegmentMemberOutput(Output):
    """A contact in a segment."""

    contact = serializers.UUIDField(source="pk")
    entered_at = serializers.DateTimeField()
    why = serializers.CharField(help_text="An event's type, or time, hand, criteria, repair.")
    cause = serializers.UUIDField(allow_null=True, help_text="The event behind it.")


class PeopleInput(Input):
    """Who."""

    contacts = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MAX_PEOPLE)


class ChangedPeopleOutput(Output):
    """How many really moved."""

    changed = serializers.IntegerField()


class VersionOutput(Output):
    """Criteria that a segment has or had."""

    number = serializers.IntegerField()
    criteria = serializers.DictField()
    note = serializers.CharField()
    set_by = serializers.UUIDField(source="set_by_id", allow_null=True, help_text="The member.")
    created_at = serializers.DateTimeField()


class VersionInput(Input):
    """Which criteria to have again."""

    number = serializers.IntegerField(min_value=1, max_value=10**9)


class PreviewInput(Input):
    """Criteria to try."""

    criteria = serializers.DictField(allow_null=True, help_text=TREE)


class PreviewPersonOutput(Output):
    """Somebody who matches."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.CharField()


class PreviewOutput(Output):
    """Who would be in the segment, of those you may see."""

    count = serializers.IntegerField()
    sample = PreviewPersonOutput(many=True)


class ConditionOutput(Output):
    """One condition or group, and whether it holds."""

    path = serializers.CharField(help_text="Where it stands in the criteria.")
    text = serializers.CharField()
    holds = serializers.BooleanField()
    depth = serializers.IntegerField(help_text="How many groups it stands in.")


class ExplanationOutput(Output):
    """Why a contact belongs into a segment, or not: every condition, outer before inner."""

    member = serializers.BooleanField(help_text="Whether the contact is in the segment.")
    belongs = serializers.BooleanField(help_text="Whether the criteria hold at this moment.")
    entered_at = serializers.DateTimeField(allow_null=True)
    why = serializers.CharField(help_text="What brought the contact in; empty outside.")
    conditions = ConditionOutput(many=True)


class SizeOutput(Output):
    """A day of a segment."""

    day = serializers.DateField()
    size = serializers.IntegerField()
    entered = serializers.IntegerField()
    left = serializers.IntegerField()


class DefectOutput(Output):
    """A difference that a nightly comparison found, and repaired."""

    id = serializers.UUIDField()
    segment = serializers.UUIDField(source="segment_id")
    missing = serializers.IntegerField()
    extra = serializers.IntegerField()
    sample = serializers.ListField(child=serializers.CharField(), help_text="Ids of some of the contacts.")
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)


class Segments(Resource):
    """Sets of contacts that keep themselves."""

    tag = "Segments"

    @endpoint(
        SegmentOutput, paged=True, default_sort="name", params=(KIND, STATUS),
        sorts={"name": "name_norm", "size": "size", "changed_at": "changed_at", "created_at": "created_at"},
    )  # fmt: skip
    def list(self) -> QuerySet[Segment]:
        """List segments."""
        given = {name: self.query[name] for name in ("kind", "status") if self.query[name]}
        return access.segments(self.actor).filter(**given)

    @endpoint(SegmentOutput)
    def retrieve(self, pk: UUID) -> Segment:
        """Read one segment."""
        return access.segment(self.actor, pk)

    @endpoint(
        SegmentOutput, body=SegmentInput, status=201,
        example={"name": "Germany", "criteria": {"all": [{"field": "country", "op": "in", "value": ["DE"]}]}},
    )  # fmt: skip
    def create(self, body: dict[str, Any]) -> Segment:
        """Create a segment.

        Who belongs into it comes in within moments; `stale_since` is null when that is done.
        """
        return segments.create_segment(body, by=self.actor)

    @endpoint(SegmentOutput, body=SegmentInput, versioned=True)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Segment:
        """Change a segment.

        New criteria make a new version, and everybody is compared with them.
        """
        return segments.update_segment(pk, body, by=self.actor, version=self.expected_version)

    @verb("pause", SegmentOutput)
    def pause(self, pk: UUID) -> Segment:
        """Stop keeping a segment up to date.

        Its people stay as they are.
        """
        return segments.pause_segment(pk, by=self.actor)

    @verb("resume", SegmentOutput)
    def resume(self, pk: UUID) -> Segment:
        """Keep a paused segment up to date again."""
        return segments.resume_segment(pk, by=self.actor)

    @verb("archive", SegmentOutput)
    def archive(self, pk: UUID) -> Segment:
        """Put a segment away.

        Refused while other segments, rules or personas live on it.
        """
        return segments.archive_segment(pk, by=self.actor)

    @verb("unarchive", SegmentOutput)
    def unarchive(self, pk: UUID) -> Segment:
        """Take an archived segment out again."""
        return segments.unarchive_segment(pk, by=self.actor)

    @verb("recounts", SegmentOutput, status=202)
    def recount(self, pk: UUID) -> Segment:
        """Have everybody compared with a segment, in the background."""
        return segments.recount_segment(pk, by=self.actor)

    @verb("members", SegmentMemberOutput, method="get", paged=True, sorts={"contact": "pk"}, default_sort="contact")
    def members(self, pk: UUID) -> QuerySet[Any]:
        """List who is in a segment, of those you may see."""
        return access.members(self.actor, pk)

    @verb("add", ChangedPeopleOutput, body=PeopleInput, sparse=False)
    def add(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Put up to 1000 contacts into a static segment.

        Contacts that do not exist, or are not yours to see, are passed over.
        """
        return {"changed": picks.add_people(pk, body["contacts"], by=self.actor)}

    @verb("remove", ChangedPeopleOutput, body=PeopleInput, sparse=False)
    def remove(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Take up to 1000 contacts out of a static segment."""
        return {"changed": picks.remove_people(pk, body["contacts"], by=self.actor)}

    @verb("versions", VersionOutput, method="get", paged=True, sorts={"number": "number"}, default_sort="-number")
    def versions(self, pk: UUID) -> QuerySet[SegmentVersion]:
        """List the criteria that a segment has had."""
        return access.versions(self.actor, pk)

    @verb("restorations", SegmentOutput, body=VersionInput)
    def restore(self, pk: UUID, body: dict[str, Any]) -> Segment:
        """Give a segment criteria again that it had before."""
        return segments.restore_version(pk, body["number"], by=self.actor)

    @verb("explanations", ExplanationOutput, method="get", params=(CONTACT,), sparse=False)
    def explain(self, pk: UUID) -> dict[str, Any]:
        """Tell why a contact is in a segment or not, condition by condition."""
        segment = access.segment(self.actor, pk)
        if self.query["contact"] is None:
            raise InvalidInput({"?contact": ["Say which contact."]})
        found = reads.explain(self.actor, segment, self.query["contact"])
        conditions = list(_flat(found.explanation, 0)) if found.explanation else []
        return {"member": found.member is not None, "belongs": found.belongs, "conditions": conditions,
                "entered_at": found.member.entered_at if found.member else None,
                "why": found.member.why if found.member else ""}  # fmt: skip

    @verb("sizes", SizeOutput, method="get", params=(DAYS,), paged=True, sorts={"day": "day"}, default_sort="day")
    def sizes(self, pk: UUID) -> QuerySet[SegmentSize]:
        """List a segment's size day by day; days without a change may be missing."""
        return reads.sizes(access.segment(self.actor, pk), self.query["days"])

    @verb("previews", PreviewOutput, body=PreviewInput, of="collection", sparse=False)
    def preview(self, body: dict[str, Any]) -> dict[str, Any]:
        """Count who would match criteria, and name some of them. Nothing is kept."""
        found = reads.preview(self.actor, body["criteria"])
        people = [{"id": p.pk, "name": p.name, "email": p.email} for p in found.sample]
        return {"count": found.count, "sample": people}

    @verb("overlap", OverlapOutput, method="get", of="collection", params=(SEGMENTS,), sparse=False)
    def overlap(self) -> overlap.Overlap:
        """Tell how two or three segments overlap: how many are in each combination of them."""
        self.actor.require("contacts.view")
        return overlap.overlap(self.actor, ids_of(self.query["segments"]))

    @verb("defects", DefectOutput, method="get", of="collection", paged=True, sorts={"created_at": "created_at"},
          default_sort="-created_at", params=(OPEN,))  # fmt: skip
    def defects(self) -> QuerySet[SegmentDefect]:
        """List what nightly comparisons found wrong; it is repaired already."""
        found = access.defects(self.actor)
        return found.filter(settled_at=None) if self.query["open"] else found


def _flat(node: Explanation, depth: int) -> Any:
    yield {"path": node.path, "text": node.text, "holds": node.holds, "depth": depth}
    for child in node.children:
        yield from _flat(child, depth + 1)
