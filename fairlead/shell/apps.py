"""The shell room."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The shell room has no models."""

    name = "fairlead.shell"
    label = "shell"
