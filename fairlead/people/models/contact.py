"""A contact: lead, prospect and client are stages of one person's life, not three tables."""

from django.db import models
from django.db.models import Q

from fairlead.people.models.firmographics import BusinessModel, Industry, SizeBand
from fairlead.records.models import Record
from fairlead.tenancy.public import FirmForeignKey


class Lifecycle(models.TextChoices):
    """How far the relation has come."""

    SUBSCRIBER = "subscriber", "Subscriber"
    LEAD = "lead", "Lead"
    MARKETING_QUALIFIED = "marketing_qualified", "Marketing-qualified lead"
    SALES_QUALIFIED = "sales_qualified", "Sales-qualified lead"
    PROSPECT = "prospect", "Prospect"
    CLIENT = "client", "Client"
    FORMER_CLIENT = "former_client", "Former client"
    EVANGELIST = "evangelist", "Evangelist"
    OTHER = "other", "Other"


class Consent(models.TextChoices):
    """What the person has said about being written to."""

    UNKNOWN = "UNKNOWN", "Unknown"
    PENDING = "PENDING", "Pending confirmation"
    OPTED_IN = "OPTED_IN", "Opted in"
    OPTED_OUT = "OPTED_OUT", "Opted out"


class Contact(Record):
    """A person the firm knows. The primary address and phone are kept here too, for lists without joins."""

    first_name = models.TextField(blank=True, default="", help_text="Given names; empty is unknown.")
    last_name = models.TextField(blank=True, default="", help_text="Family name; empty is unknown.")
    name = models.TextField(blank=True, default="", help_text="Full name as shown; else the address or phone.")
    sort_key = models.TextField(blank=True, default="", help_text="Folded last and first name.")
    job_title = models.TextField(blank=True, default="", help_text="What the person does at the company.")
    company = FirmForeignKey(
        "people.Company", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The main employer; emptied when the company is purged.",
    )  # fmt: skip
    email = models.TextField(blank=True, default="", help_text="Primary address as written.")
    email_norm = models.TextField(blank=True, default="", help_text="Primary address, trimmed, lower case.")
    phone = models.TextField(blank=True, default="", help_text="Primary phone: E.164, or as typed.")
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
    language = models.TextField(blank=True, default="", help_text="BCP 47.")
    website = models.TextField(
        blank=True, default="",
        help_text="Web address (http or https); https:// is put in front when somebody leaves it out.",
    )  # fmt: skip
    lifecycle = models.TextField(
        choices=Lifecycle, default=Lifecycle.LEAD,
        help_text="How far the relation has come; becoming a client sets converted_at and converted_by.",
    )  # fmt: skip
    status = models.TextField(blank=True, default="", help_text="The firm's word within the stage: new, open ...")
    score = models.SmallIntegerField(
        null=True,
        blank=True,
        help_text="How promising, as people judge it: -10,000 to 10,000, as other systems have it.",
    )
    client_type = models.TextField(blank=True, default="", help_text="The firm's own word: retainer, project ...")
    converted_at = models.DateTimeField(null=True, blank=True, help_text="When the person became a client.")
    converted_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who made the person a client; empty when no member did.",
    )  # fmt: skip
    medium = models.TextField(blank=True, default="", help_text="How the source reached the person: email, cpc ...")
    campaign = models.TextField(blank=True, default="", help_text="Campaign that brought the person.")
    source_form = models.TextField(blank=True, default="", help_text="Form in which the person wrote first.")
    source_event = models.TextField(blank=True, default="", help_text="Event at which the person was met.")
    referrer = models.TextField(blank=True, default="", help_text="Page that linked here.")
    advocate = models.BooleanField(default=False, help_text="Speaks for the firm.")
    top_customer = models.BooleanField(
        default=False, help_text="Among the customers that the firm counts as its best; set by hand."
    )
    birthday = models.TextField(blank=True, default="", help_text="ISO 8601: 1980-04-12, or --04-12 without a year.")
    anniversary = models.TextField(blank=True, default="", help_text="ISO 8601, like birthday.")
    opt_in_status = models.TextField(
        choices=Consent, default=Consent.UNKNOWN,
        help_text="What the person has said about being written to; consent is recorded, never edited as a field.",
    )  # fmt: skip
    opt_out_date = models.DateTimeField(
        null=True, blank=True, help_text="When the opt-out was recorded; empty for everybody else."
    )
    do_not_contact = models.BooleanField(
        default=False, help_text="Set and cleared together with the opt-out: nothing is sent to the person."
    )
    channels = models.JSONField(default=dict, blank=True, help_text="Channel name to whether it is welcome.")
    picture = models.FileField(
        upload_to="pictures/", blank=True, max_length=300,
        help_text="Path below the media folder; drawn anew, small and without metadata.",
    )  # fmt: skip
    last_activity_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When the latest activity about the person took place; an import may bring an earlier one's date.",
    )  # fmt: skip
    activity_floor_at = models.DateTimeField(
        null=True, blank=True,
        help_text="The last activity that an import brought, kept once a later one is logged: it stays when that goes.",
    )  # fmt: skip
    size_band = models.TextField(
        choices=SizeBand,
        blank=True,
        default="",
        help_text="The person's own, whatever the record of the company says; empty is unknown.",
    )
    business_model = models.TextField(
        choices=BusinessModel,
        blank=True,
        default="",
        help_text="The person's own, whatever the record of the company says; empty is unknown.",
    )
    industry = models.TextField(
        choices=Industry,
        blank=True,
        default="",
        help_text="The person's own, whatever the record of the company says; empty is unknown.",
    )

    class Meta(Record.Meta):
        """Each index serves an offered order or a frequent filter of the living."""

        indexes = [
            # With the commonest facets inside, a filtered list is tested along its order without the table.
            models.Index(
                fields=["firm", "sort_key", "id"],
                include=["country", "lifecycle", "owner"],
                name="contact_by_name",
                condition=Q(deleted_at=None),
            ),
            models.Index(fields=["firm", "email_norm", "id"], name="contact_email", condition=Q(deleted_at=None)),
            models.Index(
                fields=["firm", "created_at", "id"],
                include=["country", "lifecycle", "owner"],
                name="contact_by_created",
                condition=Q(deleted_at=None),
            ),
            models.Index(fields=["firm", "updated_at", "id"], name="contact_updated", condition=Q(deleted_at=None)),
            models.Index(
                fields=["firm", "last_activity_at", "id"],
                name="contact_active",
                condition=Q(last_activity_at__isnull=False),
            ),
            # Partial: a contact that nobody has scored, such as most of an import, costs nothing here.
            models.Index(fields=["firm", "score", "id"], name="contact_score", condition=Q(score__isnull=False)),
            models.Index(fields=["firm", "company", "id"], name="contact_company", condition=Q(company__isnull=False)),
            models.Index(fields=["firm", "owner", "id"], name="contact_owner", condition=Q(owner__isnull=False)),
            models.Index(fields=["firm", "country", "id"], name="contact_country", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "external_id"], name="contact_external", condition=~Q(external_id="")),
            models.Index(fields=["firm", "deleted_at"], name="contact_bin", condition=Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
