"""Roles that a firm defines itself."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class CustomRole(FirmModel):
    """A named set of declared permissions."""

    name = models.CharField(max_length=80, help_text="What the firm calls it, up to 80 characters.")
    description = models.CharField(max_length=300, blank=True, help_text="For whom it is meant, in the firm's words.")
    permissions = models.JSONField(default=list, help_text="Names of declared permissions.")

    class Meta(FirmModel.Meta):
        """Names are unique in a firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="accounts_role_name")]

    def __str__(self) -> str:
        return self.name
