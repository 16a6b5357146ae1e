"""The base of the records that people work with: owner, custom values, version, soft delete."""

from django.db import models

from fairlead.kernel import clock
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Record(FirmModel):
    """A record of any noun (contact, company, deal ...)."""

    created_at = models.DateTimeField(
        default=clock.now, help_text="When it was made; an import may set the day of the old system."
    )
    owner = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who looks after it; empty is nobody. Decides who sees it.",
    )  # fmt: skip
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member, or whose API key, that made it; empty for the system's own work.",
    )  # fmt: skip
    source = models.TextField(blank=True, default="", help_text="Where it came from: form, referral, import ...")
    external_id = models.TextField(blank=True, default="", help_text="Its id in the system the firm came from.")
    custom = models.JSONField(
        default=dict, blank=True, help_text="Values of the firm's own fields, {key: JSON value}; no value, no key."
    )
    version = models.IntegerField(
        default=1, help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it."
    )
    deleted_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When it went into the bin, where it waits to be restored or purged; empty for the living.",
    )  # fmt: skip
    deleted_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who put it into the bin; emptied when it is restored.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Abstract."""

        abstract = True
