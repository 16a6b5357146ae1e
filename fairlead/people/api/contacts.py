"""Contacts."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework import serializers

from fairlead.kernel import uploads
from fairlead.kernel.errors import NotFound
from fairlead.people import access, reads
from fairlead.people.actions import pictures
from fairlead.people.api import parts
from fairlead.people.api.consent import ChannelsInput, ConsentInput, ConsentVerbs
from fairlead.people.api.engagement import EngagementOutput, EngagementVerbs
from fairlead.people.api.merges import MergeOutput, MergeVerbs, RecordMergeInput
from fairlead.people.api.referrals import ReferralsOutput, ReferralVerbs, ReferrerInput
from fairlead.people.api.tags import TagVerbs
from fairlead.people.nouns.contact import CONTACT
from fairlead.people.profile import COMPLETENESS
from fairlead.records.api.public import FILTER, ONE, FileImport, ImportOutput, NounResource, Record, files, shapes
from fairlead.records.public import ImportRun
from fairlead.shell.api.endpoints import verb
from fairlead.shell.api.strict import Input


class EmailInput(Input):
    """An address to set. One may be primary; without, the first is."""

    address = serializers.CharField(max_length=320)
    label = serializers.CharField(max_length=40, required=False, allow_blank=True)  # type: ignore[assignment]
    is_primary = serializers.BooleanField(required=False)


class PictureInput(Input):
    """A picture."""

    picture = serializers.FileField(help_text="At most 10 MiB and 50 million pixels.")


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
    channels=parts.ChannelsOutput(required=False),
    completeness=serializers.IntegerField(required=False, help_text=COMPLETENESS.help),
)
ContactInput = shapes.body(
    CONTACT,
    emails=EmailInput(many=True, required=False, help_text="Replaces all addresses; `email` only the primary one."),
    phones=PhoneInput(many=True, required=False, help_text="Replaces all numbers; `phone` only the primary one."),
    company_name=parts.company_name(),
)


class Contacts(
    MergeVerbs, TagVerbs, ConsentVerbs, ReferralVerbs, EngagementVerbs, NounResource,
    noun=CONTACT, output=ContactOutput, body=ContactInput,
):  # fmt: skip
    """The people the firm knows."""

    parts = {
        "emails": parts.emails, "phones": parts.phones, "tags": parts.tags, "lists": parts.lists,
        "channels": parts.channels, "completeness": reads.completeness,
    }  # fmt: skip

    opt_out = verb("opt-out", ContactOutput, body=ConsentInput, **ONE)(ConsentVerbs.opt_out)
    opt_in = verb("opt-in", ContactOutput, body=ConsentInput, **ONE)(ConsentVerbs.opt_in)
    set_channels = verb("channels", ContactOutput, body=ChannelsInput, method="patch", **ONE)(ConsentVerbs.set_channels)

    engagement = verb("engagement", EngagementOutput, method="get", sparse=False)(EngagementVerbs.engagement)
    referrals = verb("referrals", ReferralsOutput, method="get")(ReferralVerbs.referrals)
    set_referrer = verb("referrer", ReferralsOutput, body=ReferrerInput, method="put", body_required=True)(
        ReferralVerbs.set_referrer
    )
    merges = verb("merges", MergeOutput, body=RecordMergeInput, body_required=True)(MergeVerbs.merges)

    @verb("picture", ContactOutput, body=PictureInput, method="put", upload=True, body_required=True,
          **ONE)  # fmt: skip
    def set_picture(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Set a contact's picture.

        JPEG, PNG, WebP or GIF; it is drawn anew, at most 512 pixels wide and high, without metadata.
        """
        pictures.set_picture(pk, body["picture"], by=self.actor, version=self.expected_version)
        return self.one(self.living(), pk)

    @verb("picture", method="delete", versioned=True)
    def remove_picture(self, pk: UUID) -> None:
        """Take a contact's picture away."""
        pictures.remove_picture(pk, by=self.actor, version=self.expected_version)

    @verb("picture", method="get", media_type="image/webp")
    def picture(self, pk: UUID) -> HttpResponseBase:
        """Fetch a contact's picture."""
        found = access.contact(self.actor, pk)
        if not found.picture:
            raise NotFound
        return uploads.serve(str(found.picture.name), name="picture.webp", content_type="image/webp", inline=True)

    @verb("import", ImportOutput, body=FileImport, of="collection", status=202, upload=True, body_required=True)
    def import_file(self, body: dict[str, Any]) -> ImportRun:
        """Import contacts from a file.

        CSV or XLSX of any system. It runs in the background: read the import until its status is `done`.
        """
        return files.begin("contact", body, by=self.actor)

    @verb("export", method="get", of="collection", media_type="text/csv",
          params=(files.FORMAT, files.COLUMNS, FILTER, files.QUERY, files.SORT))  # fmt: skip
    def export(self) -> StreamingHttpResponse:
        """Export contacts as CSV or XLSX.

        All that the criteria leave, as a stream. Cells that a spreadsheet would run as a formula begin with an
        apostrophe. Who exported what is kept in the audit.
        """
        return files.export(CONTACT, self.query, by=self.actor)

    def binned(self) -> QuerySet[Any]:
        """Return the contacts in the bin."""
        return access.binned_contacts(self.actor)
