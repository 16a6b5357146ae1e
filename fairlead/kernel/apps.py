"""The kernel has no models."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """What every room may use and that needs no table: clock, ids, text, money, errors, files, crypto."""

    name = "fairlead.kernel"
    label = "kernel"
