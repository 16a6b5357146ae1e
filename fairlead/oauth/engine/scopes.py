"""Scopes are the declared permissions: what a role may hold, an application may ask for."""

from typing import Any

from fairlead.oauth.models import Application
from fairlead.tenancy.public import declared


class Scopes:
    """What the toolkit asks about scopes."""

    def get_all_scopes(self) -> dict[str, str]:
        """Return every scope with its words."""
        return {p.name: p.label for p in declared()}

    def get_available_scopes(self, application: Application | None = None, **_: Any) -> list[str]:
        """Return what an application may ask for."""
        names = self.get_all_scopes()
        return [n for n in names if application is None or not application.scopes or n in application.scopes]

    def get_default_scopes(self, application: Application | None = None, **_: Any) -> list[str]:
        """Return what is meant when an application names no scope: those it was registered with."""
        return [n for n in self.get_all_scopes() if application is not None and n in application.scopes]
