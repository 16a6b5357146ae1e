"""The tenancy room: firms, firm tables and their isolation."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    """Puts policies in place whenever the owner role has migrated."""

    name = "fairlead.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Register the one hook that Django offers after a migrate; rooms themselves use no signals."""
        post_migrate.connect(_protect, sender=self, dispatch_uid="fairlead.tenancy.policies")


def _protect(*, using: str, **_: Any) -> None:
    """Run once, after the last migration of all rooms."""
    from django.conf import settings

    from fairlead.tenancy import policies

    policies.ensure(settings.APP_ROLE, using=using)
