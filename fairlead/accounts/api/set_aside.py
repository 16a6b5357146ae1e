"""Events that a consumer could not handle."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.accounts import aside
from fairlead.events.public import discard_set_aside, retry_set_aside, set_aside_rows
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output
from fairlead.tenancy.public import one


class _Together(serializers.ListSerializer[Any]):
    """Rows whose records are looked up once for all of them."""

    def to_representation(self, data: Any) -> Any:
        """Return a page of them as the API gives it."""
        view = self.context["view"]
        return super().to_representation(aside.lines(list(data), view.actor, view.firm))


class SetAsideAbout(Output):
    """A record that an event was about."""

    noun = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField(help_text="What it is called now; empty when it is gone, or not yours to see.")


class SetAsideOutput(Output):
    """An event that a consumer could not handle."""

    by_itself = frozenset({"error", "attempts", "resolution", "resolved_at", "about"})
    id = serializers.UUIDField(source="row.id")
    consumer = serializers.CharField(source="row.consumer", help_text="What could not handle it.")
    event = serializers.UUIDField(source="row.event_id", help_text="The event's id in the audit.")
    type = serializers.CharField(source="row.event_type")
    recorded_at = serializers.DateTimeField(source="row.recorded_at")
    about = SetAsideAbout(many=True, help_text="The records that it was about: what it happened to comes first.")
    error = serializers.CharField(source="row.error", help_text="What the last try raised.")
    attempts = serializers.IntegerField(source="row.attempts")
    resolution = serializers.CharField(source="row.resolution", help_text="retried or discarded; empty while open.")
    resolved_at = serializers.DateTimeField(source="row.resolved_at", allow_null=True)

    class Meta:
        """A page's records are found together."""

        list_serializer_class = _Together

    def to_representation(self, instance: Any) -> Any:
        """Return one row with its records."""
        if not isinstance(instance, aside.Line):
            view = self.context["view"]
            [instance] = aside.lines([instance], view.actor, view.firm)
        return super().to_representation(instance)


class SetAsides(Resource):
    """What automatic follow-ups could not handle."""

    tag = "Events set aside"

    @endpoint(
        SetAsideOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at",
        params=(Param("settled", "Those that were retried or discarded, too.", "boolean"),),
    )  # fmt: skip
    def list(self) -> QuerySet[Any]:
        """List the events that a consumer could not handle."""
        return set_aside_rows(self.actor, settled=bool(self.query["settled"]))

    @endpoint(SetAsideOutput)
    def retrieve(self, pk: UUID) -> Any:
        """Read one of them."""
        return one(set_aside_rows(self.actor, settled=True), pk)

    @verb("retry", SetAsideOutput)
    def retry(self, pk: UUID) -> Any:
        """Have the consumer try it again, in the background."""
        return retry_set_aside(pk, by=self.actor)

    @verb("discard", SetAsideOutput)
    def discard(self, pk: UUID) -> Any:
        """Give it up for good."""
        return discard_set_aside(pk, by=self.actor)
