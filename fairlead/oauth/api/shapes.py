"""What the resources of this room look like."""

from rest_framework import serializers

from fairlead.oauth.models import Application
from fairlead.shell.api.strict import Input, Output


class ApplicationOutput(Output):
    """An application of the firm, without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    website = serializers.CharField(help_text="Where people read about it.")
    kind = serializers.ChoiceField(source="client_type", choices=Application.Kind.choices)
    client_id = serializers.CharField()
    hint = serializers.CharField(help_text="The last characters of the secret.")
    previous_until = serializers.DateTimeField(
        allow_null=True, help_text="Until when the secret before the last rotation works too."
    )
    redirect_uris = serializers.ListField(source="redirects", child=serializers.CharField())
    scopes = serializers.ListField(
        child=serializers.CharField(), help_text="What it may ask for; empty means anything."
    )
    created_at = serializers.DateTimeField()


class NewApplicationOutput(ApplicationOutput):
    """An application with its secret, which is never shown again."""

    client_secret = serializers.CharField(source="shown_secret", help_text="Empty for a public application.")


class ApplicationInput(Input):
    """What can be said of an application."""

    name = serializers.CharField(max_length=100)
    website = serializers.CharField(max_length=300, allow_blank=True, required=False)
    redirect_uris = serializers.ListField(child=serializers.CharField(max_length=500), min_length=1, max_length=10)
    scopes = serializers.ListField(child=serializers.CharField(max_length=100), max_length=500, required=False)


class NewApplicationInput(ApplicationInput):
    """A new application."""

    kind = serializers.ChoiceField(choices=Application.Kind.choices, required=False)


class ConnectionOutput(Output):
    """An application that may act for the caller."""

    id = serializers.UUIDField()
    application = serializers.UUIDField(source="application_id")
    name = serializers.CharField(source="application.name")
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
