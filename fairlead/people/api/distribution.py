"""How contacts and companies spread."""

from typing import Any

from rest_framework import serializers

from fairlead.kernel.errors import InvalidInput
from fairlead.people import spread
from fairlead.records.api.public import FILTER
from fairlead.records.public import nouns
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output

OF = Param("of", "What is counted.", choices=["contacts", "companies"], default="contacts")
BY = Param("by", "What they are told apart by; `completeness` in steps of 20 percent, of contacts only.",
           choices=list(spread.DIMENSIONS), default="country")  # fmt: skip


class SpreadLineOutput(Output):
    """Those who share a value."""

    label = serializers.CharField(help_text="As people read it; empty for those of whom none is known.")  # type: ignore[assignment]
    count = serializers.IntegerField()
    share = serializers.FloatField(help_text="Of all, in percent.")
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2; empty when it is not known or not asked for.")
    filter = serializers.JSONField(help_text="Criteria of exactly those whom the line counts.")


class SpreadOutput(Output):
    """The most first; at most 100 lines."""

    data = SpreadLineOutput(many=True)  # type: ignore[assignment]
    total = serializers.IntegerField(help_text="All, those in lines that are left out too.")
    left_out = serializers.IntegerField(help_text="Lines left out.")
    mean_completeness = serializers.IntegerField(
        allow_null=True, help_text="Of profiles, in percent; only by completeness, null for nobody."
    )


class Distribution(Resource):
    """Where contacts and companies are, and how complete the profiles of contacts."""

    tag = "Contacts"

    @endpoint(SpreadOutput, params=(OF, BY, FILTER), sparse=False)
    def list(self) -> dict[str, Any]:
        """Read how contacts or companies spread over places, time zones or complete profiles."""
        noun, by, tree = nouns.get(self.query["of"]), self.query["by"], self.query["filter"]
        self.actor.require(noun.permission("view"))
        if not spread.DIMENSIONS[by].offered(noun):
            raise InvalidInput({"?by": [f"{noun.label_plural} are not told apart by this."]})
        try:
            found = spread.over(noun, by, actor=self.actor, criteria=tree)
        except InvalidInput as error:
            fields = {f"?filter:{path}" if path else "?filter": texts for path, texts in error.fields.items()}
            raise InvalidInput(fields, code=error.code) from None
        lines = [
            {"label": line.label, "count": line.count, "share": line.share, "country": line.country,
             "filter": {"all": list(line.conditions)}}
            for line in found.lines
        ]  # fmt: skip
        return {"data": lines, "total": found.total, "left_out": found.left_out, "mean_completeness": found.mean}
