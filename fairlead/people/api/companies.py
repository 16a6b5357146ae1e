"""Companies."""

from typing import Any

from django.db.models import QuerySet

from fairlead.people import access
from fairlead.people.api import parts
from fairlead.people.api.merges import MergeOutput, MergeVerbs, RecordMergeInput
from fairlead.people.api.tags import TagVerbs
from fairlead.people.nouns.company import COMPANY
from fairlead.records.api.public import NounResource, shapes
from fairlead.shell.api.endpoints import verb

CompanyOutput = shapes.output(COMPANY, tags=parts.TagRefOutput(many=True, required=False))
CompanyInput = shapes.body(COMPANY)


class Companies(MergeVerbs, TagVerbs, NounResource, noun=COMPANY, output=CompanyOutput, body=CompanyInput):
    """The organisations that contacts work for."""

    parts = {"tags": parts.tags}

    merges = verb("merges", MergeOutput, body=RecordMergeInput, body_required=True)(MergeVerbs.merges)

    def binned(self) -> QuerySet[Any]:
        """Return the companies in the bin."""
        return access.binned_companies(self.actor)
