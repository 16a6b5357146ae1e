"""Notices of the caller, and how the caller wants them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.notifications import access, reads
from fairlead.notifications.actions import reading, wishing
from fairlead.notifications.models import MailWhen, Notice, Rhythm
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output


class NoticeOutput(Output):
    """Something that concerns you."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="Such as task_assigned.")
    title = serializers.CharField()
    text = serializers.CharField()
    link = serializers.CharField(help_text="Address within the firm's pages.")
    occurred_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class CountOutput(Output):
    """How many."""

    count = serializers.IntegerField()


class PreferenceOutput(Output):
    """A kind of notice with your channels."""

    kind = serializers.CharField(source="kind.key")
    label = serializers.CharField(source="kind.label")  # type: ignore[assignment]
    group = serializers.CharField(source="kind.group")
    in_app = serializers.BooleanField()
    mail = serializers.CharField(help_text="never, now or digest.")


class PreferencesOutput(Output):
    """Every kind of notice."""

    data = PreferenceOutput(many=True)  # type: ignore[assignment]


class PreferenceInput(Input):
    """What you want of one kind."""

    kind = serializers.CharField(max_length=80)
    in_app = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=MailWhen.choices)


class PreferencesInput(Input):
    """What you want of some kinds."""

    data = PreferenceInput(many=True)  # type: ignore[assignment]


UNREAD = Param("unread", "Only what you have not read.", "boolean", default=False)


class Notices(Resource):
    """What concerns you."""

    tag = "Notifications"

    @endpoint(NoticeOutput, paged=True, sorts={"id": "id"}, default_sort="-id", params=(UNREAD,))
    def list(self) -> QuerySet[Any]:
        """List your notices.

        Newest first. Nobody else sees them.
        """
        rows = access.notices(self.actor)
        return rows.filter(read_at=None) if self.query["unread"] else rows

    @endpoint(NoticeOutput)
    def retrieve(self, pk: UUID) -> Notice:
        """Read one notice."""
        return access.notice(self.actor, pk)

    @verb("readings", NoticeOutput)
    def mark_read(self, pk: UUID) -> Notice:
        """Mark a notice as read."""
        access.notice(self.actor, pk)
        reading.mark_read([pk], by=self.actor)
        return access.notice(self.actor, pk)

    @verb("readings", method="delete")
    def mark_unread(self, pk: UUID) -> None:
        """Mark a notice as unread again."""
        access.notice(self.actor, pk)
        reading.mark_unread([pk], by=self.actor)

    @verb("unread", CountOutput, method="get", of="collection", sparse=False)
    def unread(self) -> dict[str, int]:
        """Count what you have not read."""
        return {"count": access.notices(self.actor).filter(read_at=None).count()}

    @verb("readings", CountOutput, of="collection", sparse=False)
    def mark_all_read(self) -> dict[str, int]:
        """Mark all your notices as read.

        Answers with how many were unread. Of more than 10,000 the older ones become read right after.
        """
        return {"count": reading.mark_all_read(by=self.actor)}


class ScheduleOutput(Output):
    """When you are left alone, and when the digest comes, on your own clock."""

    quiet_from = serializers.CharField(allow_null=True, help_text="Mails wait from this time on; null: no quiet hours.")
    quiet_until = serializers.CharField(allow_null=True, help_text="Until this time, of the next day if it is earlier.")
    quiet_weekends = serializers.BooleanField(help_text="Whether mails wait through Saturday and Sunday too.")
    digest_at = serializers.CharField(allow_null=True, help_text="When the daily digest comes; null: there is none.")


class ScheduleInput(Input):
    """Quiet hours and the time of the digest; what is not named stays."""

    quiet_from = serializers.CharField(max_length=8, required=False, allow_null=True, help_text="Such as 22:00.")
    quiet_until = serializers.CharField(max_length=8, required=False, allow_null=True, help_text="Such as 07:00.")
    quiet_weekends = serializers.BooleanField(required=False)
    digest_at = serializers.CharField(max_length=8, required=False, allow_null=True, help_text="Such as 08:00.")


class Schedule(Resource):
    """When you are told."""

    tag = "Notifications"

    @endpoint(ScheduleOutput)
    def retrieve(self) -> Rhythm:
        """Read your quiet hours and the time of your digest."""
        return reads.rhythm(self.actor)

    @endpoint(ScheduleOutput, body=ScheduleInput)
    def partial_update(self, body: dict[str, Any]) -> Rhythm:
        """Change your quiet hours and the time of your digest."""
        return wishing.set_rhythm(body, by=self.actor)


class Preferences(Resource):
    """How you want to be told."""

    tag = "Notifications"

    @endpoint(PreferencesOutput, sparse=False)
    def retrieve(self) -> dict[str, Any]:
        """Read your channels of every kind of notice."""
        return self.shown()

    @endpoint(PreferencesOutput, body=PreferencesInput, sparse=False)
    def partial_update(self, body: dict[str, Any]) -> dict[str, Any]:
        """Choose the channels of some kinds."""
        wanted = {w["kind"]: {"in_app": w["in_app"], "mail": w["mail"]} for w in body.get("data", ())}
        wishing.set_preferences(wanted, by=self.actor)
        return self.shown()

    def shown(self) -> dict[str, Any]:
        """Return the channels as they are now."""
        return {"data": PreferenceOutput(reads.chosen(self.actor), many=True).data}
