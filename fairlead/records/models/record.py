"""The base of the records that people work with: owner, custom values, version, soft delete."""

from django.db import models

from fairlead.kernel import clock
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Record(FirmModel):
    """A record of any noun (contact, company, deal ...).

    `version` grows by one with every change and is the entity tag; `custom` maps a custom field's key to its
    JSON value; a record with `deleted_at` is in the bin until it is restored or purged.
    """

    created_at = models.DateTimeField(default=clock.now, help_text="Kept from the old system on import.")
    updated_at = models.DateTimeField(auto_now=True)
    owner = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    created_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    source = models.TextField(blank=True, default="", help_text="Where it came from: form, referral, import ...")
    external_id = models.TextField(blank=True, default="", help_text="Its id in the system the firm came from.")
    custom = models.JSONField(default=dict, blank=True)
    version = models.IntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Abstract."""

        abstract = True
