"""The tables of the room. Databases that were made before 0.1.0 have them from the steps that this replaces."""

import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.clock
import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("people", "0001_contacts_and_companies"),
        ("people", "0002_live_taggings_and_conversion"),
        ("people", "0003_contacts_by_country"),
        ("people", "0004_contacts_in_order"),
        ("people", "0005_origins_and_referrals"),
        ("people", "0006_asking_to_confirm"),
        ("people", "0007_scores_by_hand"),
        ("people", "0008_contacts_by_score"),
        ("people", "0009_last_activity_rolled_up"),
        ("people", "0010_companies_by_activity"),
    ]

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Company",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=fairlead.kernel.clock.now,
                        help_text="When it was made; an import may set the day of the old system.",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who looks after it; empty is nobody. Decides who sees it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member, or whose API key, that made it; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "source",
                    models.TextField(
                        blank=True, default="", help_text="Where it came from: form, referral, import ..."
                    ),
                ),
                (
                    "external_id",
                    models.TextField(blank=True, default="", help_text="Its id in the system the firm came from."),
                ),
                (
                    "custom",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Values of the firm's own fields, {key: JSON value}; no value, no key.",
                    ),
                ),
                (
                    "version",
                    models.IntegerField(
                        default=1, help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it."
                    ),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it went into the bin, where it waits to be restored or purged; empty for the living.",
                        null=True,
                    ),
                ),
                (
                    "deleted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who put it into the bin; emptied when it is restored.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("name", models.TextField(help_text="As the firm writes it; two companies may have the same name.")),
                (
                    "sort_key",
                    models.TextField(
                        blank=True, default="", help_text="Folded name: also the key that imports match by."
                    ),
                ),
                ("domain", models.TextField(blank=True, default="", help_text="Lower case, without www.")),
                (
                    "website",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Web address (http or https); https:// is put in front when somebody leaves it out.",
                    ),
                ),
                ("phone", models.TextField(blank=True, default="", help_text="E.164, or as typed.")),
                (
                    "email",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The company's own address, such as info@; people's are with the contacts.",
                    ),
                ),
                ("description", models.TextField(blank=True, default="", help_text="Free text of several lines.")),
                (
                    "street",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Street and house number, or post-office box; several parts on one line.",
                    ),
                ),
                (
                    "postal_code",
                    models.TextField(
                        blank=True, default="", help_text="As written; territories compare its beginning."
                    ),
                ),
                (
                    "city",
                    models.TextField(
                        blank=True, default="", help_text="Town of the address; spelt as people write it."
                    ),
                ),
                (
                    "region",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="State, province or canton as people write it; territories compare it folded.",
                    ),
                ),
                ("country", models.TextField(blank=True, default="", help_text="ISO 3166-1 alpha-2.")),
                ("time_zone", models.TextField(blank=True, default="", help_text="IANA name.")),
                ("lifecycle", models.TextField(default="lead", help_text="The same stages as a contact's.")),
                (
                    "size_band",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("solopreneur", "Solopreneur (1)"),
                            ("emerging", "Emerging (2-5)"),
                            ("smb", "SMB (6-100)"),
                            ("commercial", "Commercial (101+)"),
                        ],
                        default="",
                        help_text="How many people work there, in bands; empty is unknown.",
                    ),
                ),
                (
                    "business_model",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("b2b", "Account/relationship based (B2B)"),
                            ("ecommerce", "Ecommerce"),
                            ("digital_first", "Digital-first"),
                        ],
                        default="",
                        help_text="How it earns its money; empty is unknown.",
                    ),
                ),
                (
                    "industry",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("luxury", "Luxury goods"),
                            ("telecom", "Telecommunications"),
                            ("manufacturing", "Manufacturing"),
                            ("software", "Software"),
                            ("hospitality", "Hospitality"),
                            ("real_estate", "Real estate"),
                            ("health_care", "Health care"),
                            ("fitness", "Fitness"),
                            ("finance", "Finance"),
                            ("consulting", "Consulting and agency"),
                            ("education", "Education and training"),
                            ("non_profit", "Non-profit"),
                            ("affiliate", "Internet and affiliate marketing"),
                            ("media", "Media, publishing, blogger"),
                        ],
                        default="",
                        help_text="What it does; empty is unknown.",
                    ),
                ),
                (
                    "employees",
                    models.IntegerField(
                        blank=True, help_text="Head count; empty is unknown. It does not move the size band.", null=True
                    ),
                ),
                (
                    "last_activity_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the latest activity took place, about it or about one of the people who are with it now.",
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "companies",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)), fields=["firm", "sort_key", "id"], name="company_name"
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "created_at", "id"],
                        name="company_created",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "updated_at", "id"],
                        name="company_updated",
                    ),
                    models.Index(
                        condition=models.Q(("last_activity_at__isnull", False)),
                        fields=["firm", "last_activity_at", "id"],
                        name="company_active",
                    ),
                    models.Index(
                        condition=models.Q(("domain", ""), _negated=True),
                        fields=["firm", "domain"],
                        name="company_domain",
                    ),
                    models.Index(
                        condition=models.Q(("owner__isnull", False)),
                        fields=["firm", "owner", "id"],
                        name="company_owner",
                    ),
                    models.Index(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=["firm", "external_id"],
                        name="company_external",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["firm", "deleted_at"],
                        name="company_bin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=fairlead.kernel.clock.now,
                        help_text="When it was made; an import may set the day of the old system.",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who looks after it; empty is nobody. Decides who sees it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member, or whose API key, that made it; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "source",
                    models.TextField(
                        blank=True, default="", help_text="Where it came from: form, referral, import ..."
                    ),
                ),
                (
                    "external_id",
                    models.TextField(blank=True, default="", help_text="Its id in the system the firm came from."),
                ),
                (
                    "custom",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Values of the firm's own fields, {key: JSON value}; no value, no key.",
                    ),
                ),
                (
                    "version",
                    models.IntegerField(
                        default=1, help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it."
                    ),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it went into the bin, where it waits to be restored or purged; empty for the living.",
                        null=True,
                    ),
                ),
                (
                    "deleted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who put it into the bin; emptied when it is restored.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("first_name", models.TextField(blank=True, default="", help_text="Given names; empty is unknown.")),
                ("last_name", models.TextField(blank=True, default="", help_text="Family name; empty is unknown.")),
                (
                    "name",
                    models.TextField(
                        blank=True, default="", help_text="Full name as shown; else the address or phone."
                    ),
                ),
                ("sort_key", models.TextField(blank=True, default="", help_text="Folded last and first name.")),
                (
                    "job_title",
                    models.TextField(blank=True, default="", help_text="What the person does at the company."),
                ),
                (
                    "company",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The main employer; emptied when the company is purged.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.company",
                    ),
                ),
                ("email", models.TextField(blank=True, default="", help_text="Primary address as written.")),
                (
                    "email_norm",
                    models.TextField(blank=True, default="", help_text="Primary address, trimmed, lower case."),
                ),
                ("phone", models.TextField(blank=True, default="", help_text="Primary phone: E.164, or as typed.")),
                (
                    "street",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Street and house number, or post-office box; several parts on one line.",
                    ),
                ),
                (
                    "postal_code",
                    models.TextField(
                        blank=True, default="", help_text="As written; territories compare its beginning."
                    ),
                ),
                (
                    "city",
                    models.TextField(
                        blank=True, default="", help_text="Town of the address; spelt as people write it."
                    ),
                ),
                (
                    "region",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="State, province or canton as people write it; territories compare it folded.",
                    ),
                ),
                ("country", models.TextField(blank=True, default="", help_text="ISO 3166-1 alpha-2.")),
                ("time_zone", models.TextField(blank=True, default="", help_text="IANA name.")),
                ("language", models.TextField(blank=True, default="", help_text="BCP 47.")),
                (
                    "website",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Web address (http or https); https:// is put in front when somebody leaves it out.",
                    ),
                ),
                (
                    "lifecycle",
                    models.TextField(
                        choices=[
                            ("subscriber", "Subscriber"),
                            ("lead", "Lead"),
                            ("marketing_qualified", "Marketing-qualified lead"),
                            ("sales_qualified", "Sales-qualified lead"),
                            ("prospect", "Prospect"),
                            ("client", "Client"),
                            ("former_client", "Former client"),
                            ("evangelist", "Evangelist"),
                            ("other", "Other"),
                        ],
                        default="lead",
                        help_text="How far the relation has come; becoming a client sets converted_at and converted_by.",
                    ),
                ),
                (
                    "status",
                    models.TextField(
                        blank=True, default="", help_text="The firm's word within the stage: new, open ..."
                    ),
                ),
                (
                    "score",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="How promising, as people judge it: -10,000 to 10,000, as other systems have it.",
                        null=True,
                    ),
                ),
                (
                    "client_type",
                    models.TextField(blank=True, default="", help_text="The firm's own word: retainer, project ..."),
                ),
                (
                    "converted_at",
                    models.DateTimeField(blank=True, help_text="When the person became a client.", null=True),
                ),
                (
                    "converted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who made the person a client; empty when no member did.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "medium",
                    models.TextField(
                        blank=True, default="", help_text="How the source reached the person: email, cpc ..."
                    ),
                ),
                ("campaign", models.TextField(blank=True, default="", help_text="Campaign that brought the person.")),
                (
                    "source_form",
                    models.TextField(blank=True, default="", help_text="Form in which the person wrote first."),
                ),
                (
                    "source_event",
                    models.TextField(blank=True, default="", help_text="Event at which the person was met."),
                ),
                ("referrer", models.TextField(blank=True, default="", help_text="Page that linked here.")),
                ("advocate", models.BooleanField(default=False, help_text="Speaks for the firm.")),
                (
                    "top_customer",
                    models.BooleanField(
                        default=False, help_text="Among the customers that the firm counts as its best; set by hand."
                    ),
                ),
                (
                    "birthday",
                    models.TextField(
                        blank=True, default="", help_text="ISO 8601: 1980-04-12, or --04-12 without a year."
                    ),
                ),
                ("anniversary", models.TextField(blank=True, default="", help_text="ISO 8601, like birthday.")),
                (
                    "opt_in_status",
                    models.TextField(
                        choices=[
                            ("UNKNOWN", "Unknown"),
                            ("PENDING", "Pending confirmation"),
                            ("OPTED_IN", "Opted in"),
                            ("OPTED_OUT", "Opted out"),
                        ],
                        default="UNKNOWN",
                        help_text="What the person has said about being written to; consent is recorded, never edited as a field.",
                    ),
                ),
                (
                    "opt_out_date",
                    models.DateTimeField(
                        blank=True, help_text="When the opt-out was recorded; empty for everybody else.", null=True
                    ),
                ),
                (
                    "do_not_contact",
                    models.BooleanField(
                        default=False,
                        help_text="Set and cleared together with the opt-out: nothing is sent to the person.",
                    ),
                ),
                (
                    "channels",
                    models.JSONField(blank=True, default=dict, help_text="Channel name to whether it is welcome."),
                ),
                (
                    "picture",
                    models.FileField(
                        blank=True,
                        help_text="Path below the media folder; drawn anew, small and without metadata.",
                        max_length=300,
                        upload_to="pictures/",
                    ),
                ),
                (
                    "last_activity_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the latest activity about the person took place; an import may bring an earlier one's date.",
                        null=True,
                    ),
                ),
                (
                    "size_band",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("solopreneur", "Solopreneur (1)"),
                            ("emerging", "Emerging (2-5)"),
                            ("smb", "SMB (6-100)"),
                            ("commercial", "Commercial (101+)"),
                        ],
                        default="",
                        help_text="The person's own, whatever the record of the company says; empty is unknown.",
                    ),
                ),
                (
                    "business_model",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("b2b", "Account/relationship based (B2B)"),
                            ("ecommerce", "Ecommerce"),
                            ("digital_first", "Digital-first"),
                        ],
                        default="",
                        help_text="The person's own, whatever the record of the company says; empty is unknown.",
                    ),
                ),
                (
                    "industry",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("luxury", "Luxury goods"),
                            ("telecom", "Telecommunications"),
                            ("manufacturing", "Manufacturing"),
                            ("software", "Software"),
                            ("hospitality", "Hospitality"),
                            ("real_estate", "Real estate"),
                            ("health_care", "Health care"),
                            ("fitness", "Fitness"),
                            ("finance", "Finance"),
                            ("consulting", "Consulting and agency"),
                            ("education", "Education and training"),
                            ("non_profit", "Non-profit"),
                            ("affiliate", "Internet and affiliate marketing"),
                            ("media", "Media, publishing, blogger"),
                        ],
                        default="",
                        help_text="The person's own, whatever the record of the company says; empty is unknown.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "sort_key", "id"],
                        include=("country", "lifecycle", "owner"),
                        name="contact_by_name",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "email_norm", "id"],
                        name="contact_email",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "created_at", "id"],
                        include=("country", "lifecycle", "owner"),
                        name="contact_by_created",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "updated_at", "id"],
                        name="contact_updated",
                    ),
                    models.Index(
                        condition=models.Q(("last_activity_at__isnull", False)),
                        fields=["firm", "last_activity_at", "id"],
                        name="contact_active",
                    ),
                    models.Index(
                        condition=models.Q(("score__isnull", False)),
                        fields=["firm", "score", "id"],
                        name="contact_score",
                    ),
                    models.Index(
                        condition=models.Q(("company__isnull", False)),
                        fields=["firm", "company", "id"],
                        name="contact_company",
                    ),
                    models.Index(
                        condition=models.Q(("owner__isnull", False)),
                        fields=["firm", "owner", "id"],
                        name="contact_owner",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "country", "id"],
                        name="contact_country",
                    ),
                    models.Index(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=["firm", "external_id"],
                        name="contact_external",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["firm", "deleted_at"],
                        name="contact_bin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactEmail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose address it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="emails",
                        to="people.contact",
                    ),
                ),
                ("address", models.TextField(help_text="As written.")),
                ("address_norm", models.TextField(help_text="Trimmed, lower case.")),
                (
                    "label",
                    models.TextField(
                        blank=True, default="", help_text="What the firm calls it: work, home, …; up to 40 characters."
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False,
                        help_text="Whether mail goes here; exactly one of a contact's addresses, copied into Contact.email.",
                    ),
                ),
                ("is_live", models.BooleanField(default=True, help_text="False while the contact is in the bin.")),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "contact"], name="contact_email_contact")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_live", True)),
                        fields=("firm", "address_norm"),
                        name="contact_email_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "name",
                    models.TextField(
                        help_text="Up to 100 characters; people see it in the letter that asks them to confirm."
                    ),
                ),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents."),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What is sent to the list, in the firm's words; up to 500 characters.",
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False,
                        help_text="True for All contacts alone, which holds everybody and stores no subscriptions.",
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when it is no longer offered or written to; empty for lists in use.",
                        null=True,
                    ),
                ),
                (
                    "confirm_subject",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Subject of the letter that asks to confirm; empty is Fairlead's own words.",
                    ),
                ),
                (
                    "confirm_text",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Text of the letter that asks to confirm; empty is Fairlead's own words.",
                    ),
                ),
                (
                    "confirm_days",
                    models.PositiveSmallIntegerField(
                        db_default=14, default=14, help_text="How many days the link in that letter works, at most 90."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "name_norm"), name="contact_list_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)), fields=("firm",), name="contact_list_primary"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPhone",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose number it is; the same number may be of several people.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="people.contact",
                    ),
                ),
                ("number", models.TextField(help_text="As typed.")),
                ("e164", models.TextField(blank=True, default="", help_text="ITU-T E.164 (+442079460011), or empty.")),
                (
                    "label",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What the firm calls it: mobile, work, …; up to 40 characters.",
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False,
                        help_text="Whether calls go here; exactly one of a contact's numbers, copied into Contact.phone.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "e164"], name="contact_phone_e164"),
                    models.Index(fields=["firm", "contact"], name="contact_phone_contact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListSubscription",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "list",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Any list but the primary one.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contactlist",
                    ),
                ),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose standing it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="people.contact",
                    ),
                ),
                (
                    "status",
                    models.TextField(
                        choices=[
                            ("subscribed", "Subscribed"),
                            ("pending", "Pending confirmation"),
                            ("unsubscribed", "Unsubscribed"),
                        ],
                        default="subscribed",
                        help_text="Whether the person is written to; who was taken off stays known as unsubscribed.",
                    ),
                ),
                (
                    "source",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Where the last change of the status came from: web, api, confirmation link, or what a caller names.",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        blank=True, help_text="When the contact was last asked to confirm.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "list", "status", "contact"], name="subscription_list")],
                "constraints": [models.UniqueConstraint(fields=("firm", "contact", "list"), name="subscription_once")],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "referrer",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who spoke for the firm; may have referred many.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "referred",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who came; never somebody by whom, over any steps, the referrer came.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "recorded_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who wrote it down; empty when no member did.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "referrer", "referred"], name="referral_by")],
                "constraints": [models.UniqueConstraint(fields=("firm", "referred"), name="referred_once")],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                ("channel", models.TextField(default="email", help_text="email, sms, whatsapp, voice, social or web.")),
                (
                    "address_norm",
                    models.TextField(
                        help_text="Email address in lower case, E.164 for sms, whatsapp and voice, else text in lower case."
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        choices=[
                            ("bounce", "Bounced"),
                            ("complaint", "Complaint"),
                            ("unsubscribe", "Unsubscribed"),
                            ("manual", "Added by hand"),
                        ],
                        help_text="What made the address unusable, or who blocked it.",
                    ),
                ),
                (
                    "detail",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="In the words of whoever blocked it, up to 500 characters; Import for those that came in a file.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "channel", "address_norm"), name="suppression_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                ("name", models.TextField(help_text="As first written, up to 80 characters.")),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents."),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, default="", help_text="When to use it, in the firm's words; up to 500 characters."
                    ),
                ),
                ("color", models.TextField(default="slate", help_text="A name of the palette.")),
                (
                    "category",
                    models.TextField(
                        choices=[
                            ("general", "General"),
                            ("industry", "Industry"),
                            ("service", "Service"),
                            ("status", "Status"),
                            ("behavior", "Behavior"),
                            ("campaign", "Campaign"),
                            ("interest", "Interest"),
                            ("engagement", "Engagement"),
                            ("promotion", "Promotional activity"),
                            ("custom", "Custom"),
                        ],
                        default="general",
                        help_text="What the tag is about: groups the tags in lists and forms.",
                    ),
                ),
                (
                    "usage_count",
                    models.IntegerField(
                        default=0,
                        help_text="How many records carry it that are not in the bin; moved in the transaction that tags.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "name_norm"), name="tag_once")],
            },
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "tag",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What the record carries; deleting the tag takes it off.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.tag",
                    ),
                ),
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                (
                    "record_id",
                    models.UUIDField(
                        help_text="The record that carries it; no foreign key, as it may be of any table."
                    ),
                ),
                (
                    "tagged_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who put it there; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "is_live",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="False while the record is in the bin: the tag is kept for its return but not counted.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "tag", "noun", "record_id"], name="tagging_tag")],
                "constraints": [models.UniqueConstraint(fields=("firm", "record_id", "tag"), name="tagging_once")],
            },
        ),
    ]
