"""The api room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The api room has no models."""

    name = "fairlead.api"
    label = "api"
