"""Merging contacts and companies."""

from typing import Any
from uuid import UUID

from fairlead.records.api.public import MergeOutput, Reading, RecordMergeInput
from fairlead.records.duplicates.public import merge_records
from fairlead.records.public import Merge

__all__ = ["MergeOutput", "MergeVerbs", "RecordMergeInput"]


class MergeVerbs(Reading):
    """Mixed into contacts and companies."""

    def merges(self, pk: UUID, body: dict[str, Any]) -> Merge:
        """Merge another record into this one.

        Every address, number, tag, list, note, deal and event stays, of consent the stricter. The other record's
        address leads here from then on. It can be undone for 30 days: `POST /merges/{id}/undo`.
        """
        return merge_records(self.noun, pk, body["loser"], body.get("choices", {}), by=self.actor)
