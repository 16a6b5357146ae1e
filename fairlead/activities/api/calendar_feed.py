"""The secret address under which the caller's calendar reads their tasks."""

from dataclasses import dataclass
from datetime import datetime

from rest_framework import serializers

from fairlead.activities import access
from fairlead.activities.actions import personal
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output


class FeedOutput(Output):
    """The address that is in use, which is told only when it is made."""

    by_itself = frozenset({"last_read_at"})

    created_at = serializers.DateTimeField(help_text="When it was made.")
    last_read_at = serializers.DateTimeField(allow_null=True, help_text="When a calendar last fetched it.")


class FeedMade(FeedOutput):
    """A new address: keep it, it is never told again."""

    address = serializers.URLField(help_text="An iCalendar file (RFC 5545); whoever knows it can read your tasks.")


@dataclass(frozen=True)
class _Made:
    created_at: datetime
    last_read_at: datetime | None
    address: str


class OwnFeed(Resource):
    """Your tasks in your calendar."""

    tag = "Profile"

    @endpoint(FeedOutput)
    def retrieve(self) -> object:
        """Tell since when your calendar has an address, and when it was last read; 404 without one."""
        return access.calendar_feed(self.actor)

    @endpoint(FeedMade, status=201)
    def replace(self) -> _Made:
        """Make a new address for your calendar; an older one ends."""
        address = personal.address_of(self.actor.firm_id, personal.make_feed(by=self.actor))
        made = access.calendar_feed(self.actor)
        return _Made(made.created_at, made.last_read_at, address)

    @endpoint()
    def destroy(self) -> None:
        """Revoke the address: from now on it answers 404."""
        personal.revoke_feed(by=self.actor)
