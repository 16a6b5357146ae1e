"""Errands: what is too long for a request, and how far it is."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.accounts import errands
from fairlead.accounts.models import Errand
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output
from fairlead.tenancy.public import one

STATES = Errand.State.values


class ErrandOutput(Output):
    """Work on many records, and how far it is."""

    by_itself = frozenset({"state", "done", "message", "finished_at"})
    id = serializers.UUIDField()
    kind = serializers.CharField(
        help_text="tag.delete, tag.merge, field.delete, field.merge_options, stage.delete, pipeline.archive or "
        "member.handover."
    )
    subject = serializers.UUIDField(source="subject_id", help_text="The id of what it is about: a tag, a member.")
    label = serializers.CharField(help_text="What it does, in words.")  # type: ignore[assignment]
    member = serializers.UUIDField(source="membership_id", allow_null=True, help_text="Who asked for it.")
    state = serializers.ChoiceField(choices=STATES)
    total = serializers.IntegerField(help_text="How many records there were when it was asked for.")
    done = serializers.IntegerField(help_text="How many records have passed.")
    message = serializers.CharField(help_text="Why it failed.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class Errands(Resource):
    """Work on many records that goes on in the background."""

    tag = "Errands"

    @endpoint(
        ErrandOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at",
        params=(Param("state", "Only those in this state.", choices=STATES),),
    )  # fmt: skip
    def list(self) -> QuerySet[Errand]:
        """List errands.

        Deleting or merging a tag, merging options of a custom field or deleting it, or handing over what a member
        owned, goes on as an errand when it takes more than 5,000 records; deleting a stage or archiving a pipeline when
        more than 1,000 open deals move.
        """
        rows, state = errands.seen_by(self.actor), self.query["state"]
        return rows.filter(state=state) if state else rows

    @endpoint(ErrandOutput)
    def retrieve(self, pk: UUID) -> Errand:
        """Read how far an errand is."""
        return one(errands.seen_by(self.actor), pk)

    @verb("cancel", ErrandOutput)
    def cancel(self, pk: UUID) -> Errand:
        """Stop an errand.

        What it did stays; ask for the rest again to go on.
        """
        return errands.stop_errand(pk, by=self.actor)
