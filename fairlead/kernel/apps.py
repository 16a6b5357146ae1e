"""The kernel has no models."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Clock, ids, text, errors, mail outbox."""

    name = "fairlead.kernel"
    label = "kernel"
