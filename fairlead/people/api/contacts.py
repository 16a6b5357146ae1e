"""Contacts."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.people import access
from fairlead.people.api import parts
from fairlead.people.api.consent import ChannelsInput, ConsentInput, ConsentVerbs
from fairlead.people.api.tags import TagVerbs
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.api import shapes
from fairlead.records.api.declaring import ONE
from fairlead.records.api.noun_resource import NounResource
from fairlead.shell.api.endpoints import verb
from fairlead.shell.api.strict import Input


class EmailInput(Input):
    """An address to set. One may be primary; without, the first is."""

    address = serializers.CharField(max_length=320)
    label = serializers.CharField(max_length=40, required=False, allow_blank=True)  # type: ignore[assignment]
    is_primary = serializers.BooleanField(required=False)


class PhoneInput(Input):
    """A phone number to set. One may be primary; without, the first is."""

    number = serializers.CharField(max_length=60)
    label = serializers.CharField(max_length=40, required=False, allow_blank=True)  # type: ignore[assignment]
    is_primary = serializers.BooleanField(required=False)


ContactOutput = shapes.output(
    CONTACT,
    emails=parts.EmailOutput(many=True, required=False),
    phones=parts.PhoneOutput(many=True, required=False),
    tags=parts.TagRefOutput(many=True, required=False),
    lists=parts.SubscriptionRefOutput(many=True, required=False),
)
ContactInput = shapes.body(
    CONTACT,
    emails=EmailInput(many=True, required=False, help_text="Replaces all addresses; `email` only the primary one."),
    phones=PhoneInput(many=True, required=False, help_text="Replaces all numbers; `phone` only the primary one."),
)


class Contacts(TagVerbs, ConsentVerbs, NounResource, noun=CONTACT, output=ContactOutput, body=ContactInput):
    """The people the firm knows."""

    parts = {"emails": parts.emails, "phones": parts.phones, "tags": parts.tags, "lists": parts.lists}

    opt_out = verb("opt-out", ContactOutput, body=ConsentInput, **ONE)(ConsentVerbs.opt_out)
    opt_in = verb("opt-in", ContactOutput, body=ConsentInput, **ONE)(ConsentVerbs.opt_in)
    set_channels = verb("channels", ContactOutput, body=ChannelsInput, method="patch", **ONE)(ConsentVerbs.set_channels)

    def binned(self) -> QuerySet[Any]:
        """Return the contacts in the bin."""
        return access.binned_contacts(self.actor)
