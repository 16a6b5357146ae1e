"""Duplicates, merges and searches for duplicates."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.records.api.saved_views import noun_called
from fairlead.records.duplicates import actions, candidates, merging, scanning
from fairlead.records.duplicates.fields import LOSER, WINNER
from fairlead.records.models import DuplicateCandidate, DuplicateScan, Merge
from fairlead.records.nouns import Noun
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

NOUN = Param("noun", "Of which kind: contact or company.", default="contact")
STATE = Param("state", "In which state.", choices=list(DuplicateCandidate.State.values), default="open")
SORTS = {"score": "score", "created_at": "created_at"}


class CandidateOutput(Output):
    """Two records that may be one."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    one = serializers.UUIDField(source="low_id")
    other = serializers.UUIDField(source="high_id")
    score = serializers.IntegerField(help_text="How likely, 0 to 100.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why, in words.")
    state = serializers.CharField(help_text="open, merged or dismissed.")
    decided_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class CheckInput(Input):
    """What somebody is about to create."""

    noun = serializers.CharField(max_length=40, help_text="contact or company.")
    values = serializers.DictField(help_text="Fields as for creating.")


class SuspectOutput(Output):
    """A record that may be the one."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    score = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())


class SuspectsOutput(Output):
    """Records that may be the one, the likeliest first; at most five."""

    data = SuspectOutput(many=True)  # type: ignore[assignment]


class RecordMergeInput(Input):
    """Which record goes into this one. Without a choice this one's value stays, unless it is empty."""

    loser = serializers.UUIDField()
    choices = serializers.DictField(
        child=serializers.ChoiceField(choices=[WINNER, LOSER]),
        required=False,
        help_text="Field name to winner or loser.",
    )


class MergeOutput(Output):
    """One record that went into another."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    winner = serializers.UUIDField(source="winner_id")
    loser = serializers.UUIDField(source="loser_id")
    choices = serializers.DictField()
    created_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    kept = serializers.ListField(child=serializers.CharField(), help_text="What undoing left as it was, and why.")


class ScanInput(Input):
    """What to search."""

    noun = serializers.CharField(max_length=40, help_text="contact or company.")


class ScanOutput(Output):
    """A search for duplicates and how far it is."""

    id = serializers.UUIDField()
    noun = serializers.CharField()
    state = serializers.CharField(help_text="queued, keys, pairs, done, cancelled or failed.")
    total = serializers.IntegerField(allow_null=True)
    read = serializers.IntegerField(help_text="Records read.")
    compared = serializers.IntegerField(help_text="Pairs compared.")
    found = serializers.IntegerField(help_text="Pairs that may be one; known when it is done.")
    passed_over = serializers.IntegerField(help_text="Values that too many records share to tell them apart.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class Duplicates(Resource):
    """Records that may be one."""

    tag = "Duplicates"

    @endpoint(CandidateOutput, paged=True, sorts=SORTS, default_sort="-score", params=(NOUN, STATE))
    def list(self) -> QuerySet[DuplicateCandidate]:
        """List duplicates.

        Pairs of which the caller may see both records.
        """
        noun = mergeable(self.query["noun"], "?noun")
        return candidates.visible(noun, self.actor).filter(state=self.query["state"])

    @endpoint(CandidateOutput)
    def retrieve(self, pk: UUID) -> DuplicateCandidate:
        """Read one pair."""
        return candidates.one(pk, self.actor)

    @verb("dismiss", CandidateOutput)
    def dismiss(self, pk: UUID) -> DuplicateCandidate:
        """Say that two records are not one.

        The pair does not come back unless one of the two changes.
        """
        return candidates.dismiss(pk, by=self.actor)

    @verb("reopen", CandidateOutput)
    def reopen(self, pk: UUID) -> DuplicateCandidate:
        """Take back that two records are not one."""
        return candidates.reopen(pk, by=self.actor)

    @verb("check", SuspectsOutput, body=CheckInput, of="collection", body_required=True, sparse=False)
    def check(self, body: dict[str, Any]) -> dict[str, Any]:
        """Ask for duplicates before creating.

        Nothing is written.
        """
        found = candidates.suspects(mergeable(body["noun"], "noun"), body["values"], by=self.actor)
        shown = [{"id": s.record.pk, "name": str(s.record), "score": s.score, "reasons": s.reasons} for s in found]
        return {"data": shown}


class Scans(Resource):
    """Searches for duplicates through all records."""

    tag = "Duplicates"

    @endpoint(ScanOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at", params=(NOUN,))
    def list(self) -> QuerySet[DuplicateScan]:
        """List searches for duplicates."""
        found: QuerySet[DuplicateScan] = scanning.scans(mergeable(self.query["noun"], "?noun"), self.actor).order_by()
        return found

    @endpoint(ScanOutput, body=ScanInput, status=202)
    def create(self, body: dict[str, Any]) -> DuplicateScan:
        """Search all records for duplicates.

        It runs in the background: read it until its state is `done`. One at a time for each kind (409).
        """
        return scanning.start_scan(mergeable(body["noun"], "noun"), by=self.actor)

    @endpoint(ScanOutput)
    def retrieve(self, pk: UUID) -> DuplicateScan:
        """Read how far a search is."""
        return scanning.scan(pk, self.actor)

    @verb("cancel", ScanOutput)
    def cancel(self, pk: UUID) -> DuplicateScan:
        """Stop a search.

        What it found stays.
        """
        return scanning.cancel_scan(pk, by=self.actor)


class Merges(Resource):
    """Merges, whatever they are of."""

    tag = "Duplicates"

    @endpoint(MergeOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at", params=(NOUN,))
    def list(self) -> QuerySet[Merge]:
        """List merges."""
        noun = mergeable(self.query["noun"], "?noun")
        return Merge.rows().filter(noun=noun.name, winner_id__in=noun.visible(self.actor).values("pk"))

    @endpoint(MergeOutput)
    def retrieve(self, pk: UUID) -> Merge:
        """Read one merge."""
        return actions.merge_of(pk, self.actor)

    @verb("undo", MergeOutput)
    def undo(self, pk: UUID) -> Merge:
        """Undo a merge.

        Within 30 days. Both records are as they were, wherever nothing else changed since: `kept` names the rest.
        """
        return actions.undo_merge(pk, by=self.actor)


def mergeable(name: str, at: str) -> Noun:
    """Return the noun that can be merged; raise `InvalidInput` at that place of the request."""
    return noun_called(name, at, merging.mergeable())
