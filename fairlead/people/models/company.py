"""A company or account."""

from django.db import models
from django.db.models import Q

from fairlead.people.models.firmographics import BusinessModel, Industry, SizeBand
from fairlead.records.models import Record


class Company(Record):
    """An organisation the firm deals with."""

    name = models.TextField(help_text="As the firm writes it; two companies may have the same name.")
    sort_key = models.TextField(blank=True, default="", help_text="Folded name: also the key that imports match by.")
    domain = models.TextField(blank=True, default="", help_text="Lower case, without www.")
    website = models.TextField(
        blank=True, default="",
        help_text="Web address (http or https); https:// is put in front when somebody leaves it out.",
    )  # fmt: skip
    phone = models.TextField(blank=True, default="", help_text="E.164, or as typed.")
    email = models.TextField(
        blank=True, default="", help_text="The company's own address, such as info@; people's are with the contacts."
    )
    description = models.TextField(blank=True, default="", help_text="Free text of several lines.")
    street = models.TextField(
        blank=True, default="", help_text="Street and house number, or post-office box; several parts on one line."
    )
    postal_code = models.TextField(blank=True, default="", help_text="As written; territories compare its beginning.")
    city = models.TextField(blank=True, default="", help_text="Town of the address; spelt as people write it.")
    region = models.TextField(
        blank=True, default="", help_text="State, province or canton as people write it; territories compare it folded."
    )
    country = models.TextField(blank=True, default="", help_text="ISO 3166-1 alpha-2.")
    time_zone = models.TextField(blank=True, default="", help_text="IANA name.")
    lifecycle = models.TextField(default="lead", help_text="The same stages as a contact's.")
    size_band = models.TextField(
        choices=SizeBand, blank=True, default="", help_text="How many people work there, in bands; empty is unknown."
    )
    business_model = models.TextField(
        choices=BusinessModel, blank=True, default="", help_text="How it earns its money; empty is unknown."
    )
    industry = models.TextField(choices=Industry, blank=True, default="", help_text="What it does; empty is unknown.")
    employees = models.IntegerField(
        null=True, blank=True, help_text="Head count; empty is unknown. It does not move the size band."
    )
    last_activity_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When the latest activity took place, about it or about one of the people who are with it now.",
    )  # fmt: skip

    class Meta(Record.Meta):
        """Each index serves an offered order or a match."""

        verbose_name_plural = "companies"
        indexes = [
            models.Index(fields=["firm", "sort_key", "id"], name="company_name", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "created_at", "id"], name="company_created", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "updated_at", "id"], name="company_updated", condition=Q(deleted_at=None)),
            models.Index(
                fields=["firm", "last_activity_at", "id"],
                name="company_active",
                condition=Q(last_activity_at__isnull=False),
            ),
            models.Index(fields=["firm", "domain"], name="company_domain", condition=~Q(domain="")),
            models.Index(fields=["firm", "owner", "id"], name="company_owner", condition=Q(owner__isnull=False)),
            models.Index(fields=["firm", "external_id"], name="company_external", condition=~Q(external_id="")),
            models.Index(fields=["firm", "deleted_at"], name="company_bin", condition=Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
