"""Contacts."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from rest_framework import serializers

from fairlead.people import access
from fairlead.people.api import parts
from fairlead.people.api.consent import ChannelsInput, ConsentInput, ConsentVerbs
from fairlead.people.api.tags import TagVerbs
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.api import files, shapes
from fairlead.records.api.declaring import FILTER, ONE
from fairlead.records.api.files import FileImport
from fairlead.records.api.imports import ImportOutput
from fairlead.records.api.noun_resource import NounResource
from fairlead.records.public import ImportRun
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

    @verb("import", ImportOutput, body=FileImport, of="collection", status=202, upload=True, body_required=True)
    def import_file(self, body: dict[str, Any]) -> ImportRun:
        """Import contacts from a file.

        CSV or XLSX of any system. It runs in the background: read the import until its status is `done`.
        """
        return files.begin("contact", body, by=self.actor)

    @verb("export", method="get", of="collection", media_type="text/csv",
          params=(files.COLUMNS, FILTER, files.QUERY, files.SORT))  # fmt: skip
    def export(self) -> StreamingHttpResponse:
        """Export contacts as CSV.

        All that the criteria leave, as a stream. Cells that a spreadsheet would run as a formula begin with an
        apostrophe. Who exported what is kept in the audit.
        """
        return files.export(CONTACT, self.query, by=self.actor)

    def binned(self) -> QuerySet[Any]:
        """Return the contacts in the bin."""
        return access.binned_contacts(self.actor)
