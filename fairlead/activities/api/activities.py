"""Notes, calls, emails and meetings, their history, files and comments."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import FunctionType
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponseBase

from fairlead.accounts.public import TeamMembership
from fairlead.activities import access, reads
from fairlead.activities.actions import activities, attachments, comments
from fairlead.activities.api import asking, shapes
from fairlead.activities.models import Activity, ActivityAttachment, ActivityLink, Comment, Kind
from fairlead.kernel import clock, uploads
from fairlead.kernel.errors import NotFound
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource

MINE = Param("mine", "Only my own.", "boolean", default=False)
MEMBER = Param("member", "Only those of this member.", "uuid")
TEAM = Param("team", "Only those of this team's members.", "uuid")
PLANNED = Param("planned", "Only those still to come (true), or held (false).", "boolean")
TYPE = Param("type", "Only those of this type.", "uuid")
OUTCOME = Param("outcome", "Only those with this outcome.", "uuid")
SINCE = Param("since", "From this moment on; 30 days ago by default.", "datetime")
UNTIL = Param("until", "Before this moment; now by default.", "datetime")
SORTS: Mapping[str, str] = {"occurred_at": "occurred_at", "updated_at": "updated_at"}
FILTERS = (*asking.ABOUT, MINE, MEMBER, TEAM, PLANNED, TYPE, OUTCOME)
LOGGED: dict[str, Any] = {"output": shapes.ActivityOutput, "body": shapes.LogInput, "edit": shapes.LogEdit}
LIST: dict[str, Any] = {"paged": True, "sorts": SORTS, "default_sort": "-occurred_at", "params": FILTERS}


class OfKind(Resource):
    """What all kinds of activities share."""

    conditional = True
    kind: ClassVar[str] = ""

    def current_version(self, pk: UUID) -> int | None:
        """See `Resource`."""
        here = access.deleted_activities if self.action == "restore" else access.activities
        rows = here(self.actor).filter(pk=pk, **({"kind": self.kind} if self.kind else {}))
        found: Activity | None = rows.select_for_update(of=("self",), no_key=True).first()
        return found.version if found else None

    def rows(self) -> QuerySet[Any]:
        """Return the activities that the query asks for, with their records and files."""
        rows, asked = access.activities(self.actor, *([self.kind] if self.kind else ())), self.query
        if asked["mine"]:
            rows = rows.filter(author_id=self.actor.membership_id)
        for name, column in (("member", "author_id"), ("type", "type_id"), ("outcome", "outcome_id")):
            rows = rows.filter(**{column: asked[name]}) if asked[name] else rows
        if asked["team"]:
            rows = rows.filter(author__in=TeamMembership.rows().filter(team=asked["team"]).values("membership"))
        if asked["planned"] is not None:
            planned = {"scheduled_at__isnull": False, "ended_at": None}
            rows = rows.filter(**planned) if asked["planned"] else rows.exclude(**planned)
        return with_parts(asking.about(rows, ActivityLink, "activity", asked))

    def found(self, pk: UUID) -> Activity:
        """Return one activity of this kind; raise `NotFound`."""
        activity = access.activity(self.actor, pk)
        if self.kind and activity.kind != self.kind:
            raise NotFound
        return activity

    def whole(self, activity: Activity) -> Activity:
        """Return the activity with its records and files read."""
        found: Activity = with_parts(access.activities(self.actor).filter(pk=activity.pk)).get()
        return found


class Kept(OfKind):
    """One kind of activity. `{noun}` in docstrings becomes its own word."""

    def __init_subclass__(
        cls, *, kind: str = "", output: Any = None, body: Any = None, edit: Any = None, **more: Any
    ) -> None:
        """Declare the endpoints of the kind with its own shapes and words."""
        super().__init_subclass__(**more)
        if not kind:
            return
        cls.kind, cls.tag = kind, f"{Kind(kind).label}s"
        declared = {
            "list": endpoint(output, **LIST), "retrieve": endpoint(output, versioned=True), "destroy": endpoint(),
            "create": endpoint(output, body=body, status=201, versioned=True),
            "partial_update": endpoint(output, body=edit, versioned=True),
            "restore": verb("restore", output, versioned=True),
        }  # fmt: skip
        for name, wrap in declared.items():
            setattr(cls, name, wrap(_worded(getattr(Kept, name), str(Kind(kind).label).lower())))

    def list(self) -> QuerySet[Activity]:
        """List {noun}s.

        One is seen by who sees one of the records that it is about.
        """
        return self.rows()

    def retrieve(self, pk: UUID) -> Activity:
        """Read one {noun}."""
        return self.whole(self.found(pk))

    def create(self, body: dict[str, Any]) -> Activity:
        """Log a {noun}.

        Members named with @ as the editor does are told.
        """
        values = {n: v for n, v in body.items() if n != "about"}
        return self.whole(activities.log_activity(self.kind, values, body["about"], by=self.actor))

    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Activity:
        """Change a {noun}.

        What it said before is kept.
        """
        self.found(pk)
        return self.whole(activities.edit_activity(pk, body, by=self.actor))

    def destroy(self, pk: UUID) -> None:
        """Delete a {noun}.

        It can be restored.
        """
        self.found(pk)
        activities.delete_activity(pk, by=self.actor)

    def restore(self, pk: UUID) -> Activity:
        """Bring a deleted {noun} back."""
        if self.current_version(pk) is None:
            raise NotFound
        return self.whole(activities.restore_activity(pk, by=self.actor))


def _worded(method: FunctionType, noun: str) -> FunctionType:
    copied = FunctionType(method.__code__, method.__globals__, method.__name__, method.__defaults__, method.__closure__)
    said = (method.__doc__ or "").replace("a {noun}", "an {noun}" if noun[0] in "aeiou" else "a {noun}")
    copied.__doc__ = said.replace("{noun}", noun)
    return copied


class Verbs:
    """What can be done with an activity of any kind."""

    @verb("revisions", shapes.RevisionsOutput, method="get", sparse=False)
    def revisions(self: Any, pk: UUID) -> dict[str, Any]:
        """List what it said before."""
        found = reads.revisions(self.found(pk))
        return {"data": shapes.RevisionOutput(found, many=True).data}

    @verb("revert", shapes.ActivityOutput, body=shapes.RevertInput, versioned=True)
    def revert(self: Any, pk: UUID, body: dict[str, Any]) -> Activity:
        """Make it say again what it said in an earlier version."""
        self.found(pk)
        found: Activity = self.whole(activities.revert_activity(pk, body["version"], by=self.actor))
        return found

    @verb("associate", shapes.ActivityOutput, body=shapes.Places, versioned=True)
    def associate(self: Any, pk: UUID, body: dict[str, Any]) -> Activity:
        """Put it on further records."""
        activities.associate_activity(self.found(pk).pk, body.get("about", []), by=self.actor)
        found: Activity = self.whole(self.found(pk))
        return found

    @verb("dissociate", shapes.ActivityOutput, body=shapes.AboutInput, body_required=True, versioned=True)
    def dissociate(self: Any, pk: UUID, body: Any) -> Activity:
        """Take it off one of several records."""
        activities.dissociate_activity(self.found(pk).pk, body[0], body[1], by=self.actor)
        found: Activity = self.whole(self.found(pk))
        return found

    @verb("attachments", shapes.AttachmentOutput, body=shapes.FileInput, status=201, upload=True, body_required=True)
    def attach(self: Any, pk: UUID, body: dict[str, Any]) -> ActivityAttachment:
        """Put a file on it."""
        upload = body["file"]
        return attachments.attach(self.found(pk).pk, upload, upload.name, by=self.actor)

    @verb("comments", shapes.CommentsOutput, method="get", sparse=False)
    def comments(self: Any, pk: UUID) -> dict[str, Any]:
        """List the comments."""
        found = reads.comments_of(activity_id=self.found(pk).pk)
        return {"data": shapes.CommentOutput(found, many=True).data}

    @verb("comments", shapes.CommentOutput, body=shapes.CommentInput, status=201, body_required=True)
    def comment(self: Any, pk: UUID, body: dict[str, Any]) -> Comment:
        """Comment on it."""
        return comments.comment_on_activity(self.found(pk).pk, body["body"], by=self.actor)


class Notes(Verbs, Kept, kind=Kind.NOTE, output=shapes.NoteOutput, body=shapes.NoteInput, edit=shapes.NoteEdit):
    """Rich text about records."""


class Emails(Verbs, Kept, kind=Kind.EMAIL, **LOGGED):
    """Emails that somebody logged."""


class Planned:
    """What can be planned before it happens."""

    @verb("completions", shapes.ActivityOutput, body=shapes.Completion, versioned=True)
    def complete(self: Any, pk: UUID, body: dict[str, Any]) -> Activity:
        """Say how a planned one went; `revert` to its earlier version makes it planned again."""
        found: Activity = self.whole(activities.complete_activity(self.found(pk).pk, body, by=self.actor))
        return found


class Meetings(Planned, Verbs, Kept, kind=Kind.MEETING, **LOGGED):
    """Meetings that were held or are planned."""


class Calls(Planned, Verbs, Kept, kind=Kind.CALL, **LOGGED):
    """The call log."""

    @verb("stats", shapes.StatsOutput, method="get", of="collection", sparse=False, params=(SINCE, UNTIL, MEMBER))
    def stats(self) -> dict[str, Any]:
        """Count calls by member and outcome."""
        until = self.query["until"] or clock.now()
        since = self.query["since"] or until - min(timedelta(days=30), until - datetime.min.replace(tzinfo=UTC))
        member = self.query["member"]
        figures = reads.call_stats(self.actor, since, until, member=member)
        counted = reads.outcomes_of(reads.calls_between(self.actor, since, until, member=member))
        outcomes = [{"outcome": name, "count": count} for name, _, count in counted]
        found = {"since": since, "until": until, "members": figures, "outcomes": outcomes}
        return dict(shapes.StatsOutput(found).data)


class Activities(OfKind):
    """Activities of every kind, newest first: of the firm, a team, a member or a record."""

    tag = "Activities"

    @endpoint(shapes.ActivityOutput, **{**LIST, "params": (asking.KIND, *FILTERS)})
    def list(self) -> QuerySet[Activity]:
        """List activities of every kind."""
        rows, kind = self.rows(), self.query["kind"]
        return rows.filter(kind=kind) if kind else rows

    @endpoint(shapes.ActivityOutput, versioned=True)
    def retrieve(self, pk: UUID) -> Activity:
        """Read one activity."""
        return self.whole(self.found(pk))


class Attachments(Resource):
    """Files on activities."""

    tag = "Notes"

    @endpoint(shapes.AttachmentOutput)
    def retrieve(self, pk: UUID) -> ActivityAttachment:
        """Read what is known of a file."""
        return access.attachment(self.actor, pk)

    @verb("content", method="get", media_type="application/octet-stream")
    def content(self, pk: UUID) -> HttpResponseBase:
        """Download a file."""
        found = access.attachment(self.actor, pk)
        return uploads.serve(str(found.file.name), name=found.name, content_type=found.content_type)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a file."""
        attachments.detach(pk, by=self.actor)


class Comments(Resource):
    """Comments on activities and tasks."""

    tag = "Comments"

    @endpoint(shapes.CommentOutput)
    def retrieve(self, pk: UUID) -> Comment:
        """Read a comment."""
        return access.comment(self.actor, pk)

    @endpoint(shapes.CommentOutput, body=shapes.CommentInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Comment:
        """Change one's own comment."""
        found = access.comment(self.actor, pk)
        return comments.edit_comment(pk, body.get("body", found.body), by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a comment."""
        comments.delete_comment(pk, by=self.actor)


def with_parts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return activities that bring their records and files along, in two more queries whatever their number."""
    return rows.prefetch_related(
        Prefetch("links", ActivityLink.rows().order_by("created_at", "id")),
        Prefetch("attachments", ActivityAttachment.rows().order_by("created_at", "id")),
    )
