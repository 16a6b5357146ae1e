"""Searching over the API."""

from typing import Any

from rest_framework import serializers

from fairlead.kernel.errors import InvalidInput
from fairlead.search import actions, sources
from fairlead.search.reads import find
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output


class HitOutput(Output):
    """A found record."""

    noun = serializers.CharField(help_text="contact, company, note ...")
    record_id = serializers.UUIDField()
    title = serializers.CharField()
    subtitle = serializers.CharField()
    corrected = serializers.BooleanField(help_text="True when it only fits after a typing error was assumed.")


class SearchOutput(Output):
    """What was found, best first."""

    data = HitOutput(many=True)  # type: ignore[assignment]


class Search(Resource):
    """Find records by what is remembered of them."""

    tag = "Search"

    @endpoint(
        SearchOutput,
        params=(
            Param("q", "Words by their beginnings in any order, or part of a phone number.", example="ada lon"),
            Param(
                "nouns",
                "Only these kinds of record: contact, company, deal, task or note.",
                many=True,
                example="contact,company",
            ),
            Param("limit", "At most so many results.", "integer", default=20, minimum=1, maximum=100),
        ),
    )
    def list(self) -> dict[str, Any]:
        """Find records.

        Typing errors are forgiven when little fits as written.
        """
        query = self.query
        wanted, known = query.get("nouns") or None, [source.noun for source in sources.registered()]
        if not set(wanted or ()) <= set(known):
            raise InvalidInput({"?nouns": [f"Use some of: {', '.join(sorted(known))}."]})
        hits = find(query.get("q") or "", by=self.actor, nouns=wanted, limit=query["limit"])
        return {"data": HitOutput(hits, many=True).data}

    @verb("rebuild", of="collection", status=202)
    def rebuild(self) -> None:
        """Write the search index anew, in the background."""
        actions.rebuild(by=self.actor)
