"""Addresses that nothing is sent to."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.people import access
from fairlead.people.actions import consent
from fairlead.people.models import Suppression
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

CHANNEL = Param("channel", "Only this channel.", choices=list(consent.CHANNELS))


class SuppressionInput(Input):
    """An address to block."""

    channel = serializers.ChoiceField(choices=list(consent.CHANNELS))
    address = serializers.CharField(max_length=320, help_text="An email address or a phone number.")
    reason = serializers.ChoiceField(choices=Suppression.Reason.choices, required=False)
    detail = serializers.CharField(max_length=consent.REASON_LENGTH, required=False, allow_blank=True)


class SuppressionOutput(Output):
    """A blocked address. It outlives the contact it belonged to."""

    id = serializers.UUIDField()
    channel = serializers.CharField()
    address = serializers.CharField(source="address_norm")
    reason = serializers.CharField(help_text="bounce, complaint, unsubscribe or manual.")
    detail = serializers.CharField()
    created_at = serializers.DateTimeField()


class Suppressions(Resource):
    """Addresses that nothing is sent to."""

    tag = "Suppressions"

    @endpoint(
        SuppressionOutput, paged=True, sorts={"created_at": "created_at", "address": "address_norm"},
        default_sort="-created_at", params=(CHANNEL,),
    )  # fmt: skip
    def list(self) -> QuerySet[Suppression]:
        """List blocked addresses."""
        found = access.suppressions(self.actor)
        return found.filter(channel=self.query["channel"]) if self.query["channel"] else found

    @endpoint(
        SuppressionOutput, body=SuppressionInput, status=201,
        example={"channel": "email", "address": "no-more@example.com"},
    )  # fmt: skip
    def create(self, body: dict[str, Any]) -> Suppression:
        """Block an address.

        Blocking it a second time changes nothing.
        """
        return consent.suppress(body.pop("channel"), body.pop("address"), **body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Allow an address again."""
        consent.release(pk, by=self.actor)
