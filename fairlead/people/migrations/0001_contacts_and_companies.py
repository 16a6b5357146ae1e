import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.clock
import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_people_who_log_in"),
        ("tenancy", "0001_firms"),
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=fairlead.kernel.clock.now,
                        help_text="When it was made; an import may set the day of the old system.",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
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
                        null=True,
                        help_text="When it went into the bin, where it waits to be restored or purged; empty for the living.",
                    ),
                ),
                ("name", models.TextField()),
                (
                    "sort_key",
                    models.TextField(
                        blank=True, default="", help_text="Folded name: also the key that imports match by."
                    ),
                ),
                ("domain", models.TextField(blank=True, default="", help_text="Lower case, without www.")),
                ("website", models.TextField(blank=True, default="")),
                ("phone", models.TextField(blank=True, default="", help_text="E.164, or as typed.")),
                ("email", models.TextField(blank=True, default="")),
                ("description", models.TextField(blank=True, default="")),
                ("street", models.TextField(blank=True, default="")),
                ("postal_code", models.TextField(blank=True, default="")),
                ("city", models.TextField(blank=True, default="")),
                ("region", models.TextField(blank=True, default="")),
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
                    ),
                ),
                ("employees", models.IntegerField(blank=True, null=True)),
                ("last_activity_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member, or whose API key, that made it; empty for the system's own work.",
                    ),
                ),
                (
                    "deleted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="Who put it into the bin; emptied when it is restored.",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member who looks after it; empty is nobody. Decides who sees it.",
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=fairlead.kernel.clock.now,
                        help_text="When it was made; an import may set the day of the old system.",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
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
                        null=True,
                        help_text="When it went into the bin, where it waits to be restored or purged; empty for the living.",
                    ),
                ),
                ("first_name", models.TextField(blank=True, default="")),
                ("last_name", models.TextField(blank=True, default="")),
                (
                    "name",
                    models.TextField(
                        blank=True, default="", help_text="Full name as shown; else the address or phone."
                    ),
                ),
                ("sort_key", models.TextField(blank=True, default="", help_text="Folded last and first name.")),
                ("job_title", models.TextField(blank=True, default="")),
                ("email", models.TextField(blank=True, default="", help_text="Primary address as written.")),
                (
                    "email_norm",
                    models.TextField(blank=True, default="", help_text="Primary address, trimmed, lower case."),
                ),
                ("phone", models.TextField(blank=True, default="", help_text="Primary phone: E.164, or as typed.")),
                ("street", models.TextField(blank=True, default="")),
                ("postal_code", models.TextField(blank=True, default="")),
                ("city", models.TextField(blank=True, default="")),
                ("region", models.TextField(blank=True, default="")),
                ("country", models.TextField(blank=True, default="", help_text="ISO 3166-1 alpha-2.")),
                ("time_zone", models.TextField(blank=True, default="", help_text="IANA name.")),
                ("language", models.TextField(blank=True, default="", help_text="BCP 47.")),
                ("website", models.TextField(blank=True, default="")),
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
                    ),
                ),
                (
                    "status",
                    models.TextField(
                        blank=True, default="", help_text="The firm's word within the stage: new, open ..."
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
                    ),
                ),
                ("opt_out_date", models.DateTimeField(blank=True, null=True)),
                ("do_not_contact", models.BooleanField(default=False)),
                (
                    "channels",
                    models.JSONField(blank=True, default=dict, help_text="Channel name to whether it is welcome."),
                ),
                ("picture", models.FileField(blank=True, max_length=300, upload_to="pictures/")),
                ("last_activity_at", models.DateTimeField(blank=True, null=True)),
                ("size_band", models.TextField(blank=True, default="")),
                ("business_model", models.TextField(blank=True, default="")),
                ("industry", models.TextField(blank=True, default="")),
                (
                    "company",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.company",
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member, or whose API key, that made it; empty for the system's own work.",
                    ),
                ),
                (
                    "deleted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="Who put it into the bin; emptied when it is restored.",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member who looks after it; empty is nobody. Decides who sees it.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)), fields=["firm", "sort_key", "id"], name="contact_name"
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "email_norm", "id"],
                        name="contact_email",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "created_at", "id"],
                        name="contact_created",
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
                    ),
                ),
                ("address", models.TextField(help_text="As written.")),
                ("address_norm", models.TextField(help_text="Trimmed, lower case.")),
                ("label", models.TextField(blank=True, default="")),
                ("is_primary", models.BooleanField(default=False)),
                ("is_live", models.BooleanField(default=True, help_text="False while the contact is in the bin.")),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="emails",
                        to="people.contact",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                    ),
                ),
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
                    ),
                ),
                ("name", models.TextField()),
                ("name_norm", models.TextField(help_text="Folded name.")),
                ("description", models.TextField(blank=True, default="")),
                ("is_primary", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
                    ),
                ),
                ("number", models.TextField(help_text="As typed.")),
                ("e164", models.TextField(blank=True, default="", help_text="ITU-T E.164 (+442079460011), or empty.")),
                ("label", models.TextField(blank=True, default="")),
                ("is_primary", models.BooleanField(default=False)),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="people.contact",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
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
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="people.contact",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                    ),
                ),
                (
                    "list",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contactlist",
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
            name="Suppression",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
                    ),
                ),
                ("channel", models.TextField(default="email")),
                ("address_norm", models.TextField()),
                (
                    "reason",
                    models.TextField(
                        choices=[
                            ("bounce", "Bounced"),
                            ("complaint", "Complaint"),
                            ("unsubscribe", "Unsubscribed"),
                            ("manual", "Added by hand"),
                        ]
                    ),
                ),
                ("detail", models.TextField(blank=True, default="")),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
                    ),
                ),
                ("name", models.TextField()),
                ("name_norm", models.TextField(help_text="Folded name.")),
                ("description", models.TextField(blank=True, default="")),
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
                    ),
                ),
                ("usage_count", models.IntegerField(default=0)),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last saved; an update of many rows at once must set it itself.",
                    ),
                ),
                ("noun", models.TextField()),
                ("record_id", models.UUIDField()),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                    ),
                ),
                (
                    "tag",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.tag"
                    ),
                ),
                (
                    "tagged_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
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
                "indexes": [models.Index(fields=["firm", "tag", "noun", "record_id"], name="tagging_tag")],
                "constraints": [models.UniqueConstraint(fields=("firm", "record_id", "tag"), name="tagging_once")],
            },
        ),
    ]
