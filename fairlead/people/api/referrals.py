"""Who referred a contact, and what brings leads."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from rest_framework import serializers

from fairlead.people import access, growth
from fairlead.people.actions import referrals
from fairlead.records.api.public import Reading
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

BY = Param("by", "By which of the fields that say how somebody came.", choices=list(growth.ORIGINS), default="source")
DAYS = Param("days", "Only contacts of the last days; without it all.", choices=["30", "90", "365"])


class ReferrerInput(Input):
    """Who referred the contact."""

    referrer = serializers.UUIDField(allow_null=True, help_text="A contact; null for nobody.")


class ReferralsOutput(Output):
    """By whose word a contact came, and who came by the contact's."""

    referrer = serializers.UUIDField(allow_null=True)
    referred = serializers.ListField(child=serializers.UUIDField(), help_text="Contacts, the latest first; up to 200.")


class LeadLineOutput(Output):
    """What one origin brought."""

    value = serializers.CharField(help_text="Empty for those of whom nothing is known.")
    leads = serializers.IntegerField(help_text="Contacts that came so.")
    clients = serializers.IntegerField(help_text="How many of them became clients.")
    rate = serializers.IntegerField(help_text="Clients of leads, in percent.")


class LeadGenerationOutput(Output):
    """What brought contacts, the most first; at most 100 lines."""

    data = LeadLineOutput(many=True)  # type: ignore[assignment]


class ReferralVerbs(Reading):
    """Mixed into contacts."""

    def referrals(self, pk: UUID) -> dict[str, Any]:
        """Read by whose word a contact came, and who came by the contact's."""
        return self._referrals(pk)

    def _referrals(self, pk: UUID) -> dict[str, Any]:
        contact = access.contact(self.actor, pk)
        referrer = growth.referrer_of(self.actor, contact)
        referred = growth.referred_by(self.actor, contact).values_list("pk", flat=True)[:200]
        return {"referrer": referrer.pk if referrer else None, "referred": list(referred)}

    def set_referrer(self, pk: UUID, body: dict[str, Any]) -> dict[str, Any]:
        """Say by whose word a contact came."""
        referrals.set_referrer(pk, body["referrer"], by=self.actor)
        return self._referrals(pk)


class LeadGeneration(Resource):
    """What brings contacts, and how many of them become clients."""

    tag = "Contacts"

    @endpoint(LeadGenerationOutput, params=(BY, DAYS), sparse=False)
    def list(self) -> dict[str, Any]:
        """Read what brings contacts."""
        lines, _ = growth.by_origin(self.actor, self.query["by"], growth.since(self.query["days"] or ""))
        return {"data": [{**asdict(line), "rate": line.rate} for line in lines]}
