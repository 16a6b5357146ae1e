"""What the API takes and gives for activities, their parts and their options."""

from typing import Any

from rest_framework import serializers

from fairlead.activities.models import ActivityOption, Direction, Kind
from fairlead.records.public import nouns
from fairlead.shell.api.strict import MAX_TEXT, Input, Output, refuse

MINUTES = 7 * 24 * 60


class AboutInput(Input):
    """A record that something is about."""

    noun = serializers.CharField(max_length=40, help_text="contact, company, deal …")
    id = serializers.UUIDField()

    def to_internal_value(self, data: Any) -> Any:
        """Return the record as (noun, id); a kind that does not exist is refused."""
        found = super().to_internal_value(data)
        known = [noun.name for noun in nouns.registered()]
        if found["noun"] not in known:
            refuse("noun", f"Use one of: {', '.join(known)}.", "invalid")
        return (found["noun"], found["id"])


class AboutOutput(Output):
    """A record that something is about."""

    noun = serializers.CharField()
    id = serializers.UUIDField(source="record_id")


class NoteEdit(Input):
    """What an activity is to say."""

    body = serializers.CharField(max_length=MAX_TEXT, help_text="HTML; what the editor cannot make is taken out.")
    type = serializers.UUIDField(required=False, allow_null=True, help_text="Id of a type; see /activity-options.")
    occurred_at = serializers.DateTimeField(
        required=False,
        help_text="When it happened; now by default. The future is refused: of a call or meeting that is still to come "
        "say `scheduled_at` alone.",
    )


class NoteInput(NoteEdit):
    """A note."""

    about = AboutInput(many=True, help_text="One or several records.")


class LogEdit(NoteEdit):
    """What is to be changed of a call, an email or a meeting."""

    body = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True, help_text="HTML.")
    subject = serializers.CharField(max_length=200, required=False, allow_blank=True)
    outcome = serializers.UUIDField(required=False, allow_null=True, help_text="Id of an outcome.")
    direction = serializers.ChoiceField(choices=Direction.choices, required=False)
    duration_minutes = serializers.IntegerField(min_value=0, max_value=MINUTES, required=False, allow_null=True)
    location = serializers.CharField(max_length=200, required=False, allow_blank=True)
    scheduled_at = serializers.DateTimeField(
        required=False, allow_null=True,
        help_text="For when a call or meeting is planned. Alone it means that it is still to come, or overdue when it "
        "is past: `completions` says how it went.",
    )  # fmt: skip
    started_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When a call or meeting began: it was held. Never the future."
    )
    ended_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When it ended; worked out of `duration_minutes` if that is given."
    )


class LogInput(LogEdit):
    """A call, an email or a meeting."""

    about = AboutInput(many=True, help_text="One or several records.")


class Completion(Input):
    """How a planned call or meeting went."""

    started_at = serializers.DateTimeField(required=False, help_text="Now by default; the future is refused.")
    duration_minutes = serializers.IntegerField(min_value=0, max_value=MINUTES, required=False)
    outcome = serializers.UUIDField(required=False, allow_null=True)
    body = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)


class Places(Input):
    """Further records."""

    about = AboutInput(many=True)


class AttachmentOutput(Output):
    """A file on an activity."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    created_at = serializers.DateTimeField()


class NoteOutput(Output):
    """A note."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    body = serializers.CharField(help_text="Sanitised HTML.")
    text = serializers.CharField(help_text="The same as plain text.")
    author = serializers.UUIDField(source="author_id", allow_null=True, help_text="Id of a member.")
    occurred_at = serializers.DateTimeField()
    type = serializers.UUIDField(source="type_id", allow_null=True)
    about = AboutOutput(many=True, source="links")
    attachments = AttachmentOutput(many=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ActivityOutput(NoteOutput):
    """A note, call, email or meeting."""

    kind = serializers.CharField(help_text="note, call, email or meeting.")
    subject = serializers.CharField()
    outcome = serializers.UUIDField(source="outcome_id", allow_null=True)
    direction = serializers.CharField(help_text="inbound, outbound, or empty.")
    duration_minutes = serializers.IntegerField(allow_null=True)
    location = serializers.CharField()
    scheduled_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class RevisionOutput(Output):
    """What an activity said before."""

    version = serializers.IntegerField()
    body = serializers.CharField()
    details = serializers.DictField(help_text="The other values that changed, as they were.")
    edited_by = serializers.UUIDField(source="edited_by_id", allow_null=True, help_text="Who changed it then.")
    created_at = serializers.DateTimeField(help_text="When it was changed.")


class RevisionsOutput(Output):
    """What an activity said before, newest first."""

    data = RevisionOutput(many=True)  # type: ignore[assignment]


class RevertInput(Input):
    """Which earlier version."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class FileInput(Input):
    """A file."""

    file = serializers.FileField()


class CommentInput(Input):
    """A comment."""

    body = serializers.CharField(max_length=MAX_TEXT, help_text="HTML; members named with @ are told.")


class CommentOutput(Output):
    """A comment."""

    id = serializers.UUIDField()
    body = serializers.CharField(help_text="Sanitised HTML.")
    text = serializers.CharField()
    author = serializers.UUIDField(source="author_id", allow_null=True)
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)


class CommentsOutput(Output):
    """Comments, oldest first."""

    data = CommentOutput(many=True)  # type: ignore[assignment]


class ActivityOptionInput(Input):
    """A type or outcome of activities."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    role = serializers.ChoiceField(choices=ActivityOption.Role.choices)
    name = serializers.CharField(max_length=60)
    color = serializers.CharField(max_length=20, required=False)


class OptionEdit(Input):
    """What is to be changed of a type or outcome."""

    name = serializers.CharField(max_length=60, required=False)
    color = serializers.CharField(max_length=20, required=False)
    archived = serializers.BooleanField(required=False)


class ActivityOptionOutput(Output):
    """A type or outcome of activities."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    role = serializers.CharField()
    name = serializers.CharField()
    color = serializers.CharField()
    archived_at = serializers.DateTimeField(allow_null=True)


class CallFiguresOutput(Output):
    """The calls of one member in the period."""

    member = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    calls = serializers.IntegerField()
    inbound = serializers.IntegerField()
    outbound = serializers.IntegerField()
    connected = serializers.IntegerField(help_text="Calls that lasted at least a minute.")
    minutes = serializers.IntegerField()
    average = serializers.FloatField(help_text="Minutes a call.")


class OutcomeCount(Output):
    """How often calls ended so."""

    outcome = serializers.CharField(help_text="Empty: none was chosen.")
    count = serializers.IntegerField()


class StatsOutput(Output):
    """Calls in a period."""

    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    members = CallFiguresOutput(many=True)
    outcomes = OutcomeCount(many=True)
