"""What happened with a contact or company, and what of it is pinned."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.activities import access, reads
from fairlead.activities.actions import pins
from fairlead.activities.feeds import feed
from fairlead.activities.saying import hush
from fairlead.events.public import hide_purged, registered, words
from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import timeline
from fairlead.shell.api import paging
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output

SORTS = {"occurred_at": "occurred_at"}
WRITTEN = {"recorded_at": "recorded_at"}  # of a firm: what is dated back is news too, and the log is indexed by it
KIND = Param("kind", f"Only events of this kind: {', '.join(timeline.KINDS)}.")


class EventOutput(Output):
    """Something that happened."""

    id = serializers.UUIDField()
    type = serializers.CharField(help_text="Registered name, such as contact.created.")
    words = serializers.SerializerMethodField(help_text="What happened, to be read after the actor's name.")
    occurred_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    actor = serializers.CharField(source="actor_label", help_text="Who did it, by the name of that time.")
    actor_id = serializers.UUIDField(allow_null=True, help_text="The member.")
    via = serializers.CharField(help_text="web, api, cli, job, import or system.")
    subject_noun = serializers.CharField()
    subject_id = serializers.UUIDField(allow_null=True)
    contact = serializers.UUIDField(source="contact_id", allow_null=True)
    company = serializers.UUIDField(source="company_id", allow_null=True)
    data = serializers.DictField()  # type: ignore[assignment]
    verdict = serializers.CharField(help_text="human, machine or unknown.")

    def get_words(self, event: Any) -> str:
        """Return the event's sentence."""
        return words(event.type, event.data)


class PinsOutput(Output):
    """The pinned events, the newest pin first."""

    events = serializers.ListField(child=serializers.UUIDField())


def _kind(asked: str | None) -> str:
    """Return the kind that was asked for, "" for all; raise `InvalidInput` when no event is of it."""
    known = {t.kind for t in registered()}
    if asked and asked not in known:
        raise InvalidInput({"?kind": [f"Use one of: {', '.join(sorted(known))}."]})
    return asked or ""


def _page(view: Resource, rows: QuerySet[Any], sorts: Mapping[str, str] = SORTS) -> paging.Page:
    """Return a page of events, without what was said in what is gone."""
    asked = {name: view.query[name] for name in ("sort", "cursor", "limit")}
    found = paging.page(rows, columns=sorts, **asked)
    hide_purged(found.rows)
    hush(found.rows, view.actor)
    return found


class RecordTimeline(Resource):
    """A record's timeline."""

    tag = "Timeline"
    noun: ClassVar[str]

    @endpoint(
        EventOutput, paged=True, sorts=SORTS, default_sort="-occurred_at",
        params=(KIND,),
    )  # fmt: skip
    def list(self, record: UUID) -> paging.Page:
        """List what happened.

        A company's timeline has what happened with its people too. What notes and comments said that were deleted
        since, and personal data of what was deleted for good, is masked.
        """
        access.record(self.actor, self.noun, record)
        rows: QuerySet[Any] = timeline.events_of(self.actor, timeline.Place(self.noun, record))
        kind = _kind(self.query["kind"])
        return _page(self, rows.filter(type__in=[t.name for t in registered() if t.kind == kind]) if kind else rows)


class RecordPins(Resource):
    """What is pinned to the top of a record's timeline."""

    tag = "Timeline"
    noun: ClassVar[str]

    @endpoint(PinsOutput, sparse=False)
    def list(self, record: UUID) -> dict[str, Any]:
        """List the pinned events."""
        access.record(self.actor, self.noun, record)
        return {"events": reads.pinned(self.noun, record)}

    @endpoint()
    def replace(self, record: UUID, pk: UUID) -> None:
        """Pin an event.

        The id is that of an event of the record's timeline; the one that tells of a note or call names it in `data`,
        as `activity`.
        """
        pins.pin(self.noun, record, pk, by=self.actor)

    @endpoint()
    def destroy(self, record: UUID, pk: UUID) -> None:
        """Take a pinned event down."""
        pins.unpin(self.noun, record, pk, by=self.actor)


class Feed(Resource):
    """What happened lately: in the firm, by a team's members, or by one member."""

    tag = "Timeline"

    @endpoint(
        EventOutput, paged=True, sorts=WRITTEN, default_sort="-recorded_at",
        params=(
            KIND,
            Param("member", "Only what this member did.", "uuid"),
            Param("team", "Only what this team's members did.", "uuid"),
        ),
    )  # fmt: skip
    def list(self) -> paging.Page:
        """List what happened in the firm, what was written down last first.

        Only what has to do with people and companies that you may see, and what you did yourself.
        """
        rows = feed(self.actor, _kind(self.query["kind"]), self.query["member"], self.query["team"])
        return _page(self, rows, WRITTEN)


class ContactTimeline(RecordTimeline):
    """A contact's timeline."""

    noun = "contact"


class CompanyTimeline(RecordTimeline):
    """A company's timeline."""

    noun = "company"


class ContactPins(RecordPins):
    """A contact's pinned events."""

    noun = "contact"


class CompanyPins(RecordPins):
    """A company's pinned events."""

    noun = "company"
