"""What the events of the audit look like."""

from typing import Any

from rest_framework import serializers

from fairlead.accounts import audit_names
from fairlead.events.public import hide_purged, words
from fairlead.shell.api.strict import Output


class _NamedTogether(serializers.ListSerializer[Any]):
    """Events whose names, and whether they tell of what was purged, are looked up once for all of them."""

    def to_representation(self, data: Any) -> Any:
        """Return the events of a page as the API gives them."""
        found = list(data)
        hide_purged(found)
        if isinstance(self.child, AuditOutput) and {"names", "subject_name"} & set(self.child.fields):
            self.child.called = audit_names.names_in(found, self.context["view"].actor)
        return super().to_representation(found)


class AuditOutput(Output):
    """An event of the log."""

    called: audit_names.Names = {}
    id = serializers.UUIDField()
    type = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    occurred_at = serializers.DateTimeField()
    actor_kind = serializers.CharField()
    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    actor_label = serializers.CharField()
    key = serializers.UUIDField(source="key_id", allow_null=True)
    via = serializers.CharField()
    ip = serializers.CharField(allow_null=True)
    subject_noun = serializers.CharField()
    subject = serializers.UUIDField(source="subject_id", allow_null=True)
    subject_name = serializers.SerializerMethodField(
        help_text="What the subject is called now; empty when it is gone or no noun with a name."
    )
    contact = serializers.UUIDField(source="contact_id", allow_null=True, help_text="The contact that it concerns.")
    company = serializers.UUIDField(source="company_id", allow_null=True, help_text="The company that it concerns.")
    text = serializers.SerializerMethodField(help_text="What happened, in words.")
    data = serializers.JSONField(help_text="What else is known of it, by ids.")  # type: ignore[assignment]
    names = serializers.SerializerMethodField(
        help_text="What the ids in `subject`, `contact`, `company` and `data` are called now, by id, where it is known."
    )

    class Meta:
        """A page's names are found together."""

        list_serializer_class = _NamedTogether

    def get_text(self, event: Any) -> str:
        """Return the event's sentence."""
        return words(event.type, event.data)

    def get_subject_name(self, event: Any) -> str:
        """Return what it is about."""
        return str(self.called.get(event.subject_id, ""))

    def get_names(self, event: Any) -> dict[str, str]:
        """Return the names of what the event names by id."""
        return audit_names.of(event, self.called)
