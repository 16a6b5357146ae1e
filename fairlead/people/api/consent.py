"""What a contact said about being written to."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from fairlead.people import access
from fairlead.people.actions import consent
from fairlead.records.api.public import Reading, Record
from fairlead.shell.api.strict import Input


class ConsentInput(Input):
    """Why, or where it was said: kept with the event."""

    reason = serializers.CharField(max_length=consent.REASON_LENGTH, required=False, allow_blank=True)


class ChannelsInput(Input):
    """Which channels are welcome: true, false, or null to forget what was said. Others stay as they are."""

    email = serializers.BooleanField(required=False, allow_null=True)
    sms = serializers.BooleanField(required=False, allow_null=True)
    whatsapp = serializers.BooleanField(required=False, allow_null=True)
    voice = serializers.BooleanField(required=False, allow_null=True)
    social = serializers.BooleanField(required=False, allow_null=True)
    web = serializers.BooleanField(required=False, allow_null=True)


class ConsentVerbs(Reading):
    """Mixed into contacts."""

    def opt_out(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Record that a contact wants no messages.

        Consent, date and do-not-contact are set together.
        """
        access.contact(self.actor, pk)
        consent.opt_out([pk], by=self.actor, reason=body.get("reason", ""))
        return self.one(self.living(), pk)

    def opt_in(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Record that a contact agreed to messages.

        An earlier opt-out is cleared.
        """
        access.contact(self.actor, pk)
        consent.opt_in([pk], by=self.actor, reason=body.get("reason", ""))
        return self.one(self.living(), pk)

    def set_channels(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Say which channels a contact welcomes."""
        consent.set_channels(pk, body, by=self.actor, version=self.expected_version)
        return self.one(self.living(), pk)
