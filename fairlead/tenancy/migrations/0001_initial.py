"""The tables of the room. Databases that were made before 0.1.0 have them from the steps that this replaces."""

import django.core.validators
import django.db.models.functions.datetime
from django.db import migrations, models

import fairlead.kernel.ids


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("tenancy", "0001_firms"),
        ("tenancy", "0003_muting"),
        ("tenancy", "0004_reply_address"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Firm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID version 7 (RFC 9562); what every row of the firm carries as firm_id.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="Stands in every address of the firm (/f/<slug>/); never changes after the founding.",
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$",
                                "Use 1 to 50 lower-case letters, digits and inner hyphens.",
                            )
                        ],
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As people call it; shown in the firm chooser and in mails, and not unique.",
                        max_length=200,
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        default="US",
                        help_text="ISO 3166-1 alpha-2; numbers without an international prefix are read as of this country.",
                        max_length=2,
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        help_text="IANA name; days and months of the firm's figures begin at midnight there.",
                        max_length=64,
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", help_text="BCP 47 tag, of those that Django knows.", max_length=10),
                ),
                (
                    "currency",
                    models.CharField(
                        default="USD",
                        help_text="ISO 4217; amounts in other currencies are converted to it for totals.",
                        max_length=3,
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone sees every record"),
                            ("team", "Members see the records of their teams"),
                            ("owner", "Members see only their own records"),
                        ],
                        default="everyone",
                        help_text="Whose records members see who may not see all; a team can say otherwise for its own.",
                        max_length=10,
                    ),
                ),
                (
                    "reply_to",
                    models.EmailField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Where answers to mail in the firm's name go; empty for nowhere.",
                        max_length=254,
                    ),
                ),
                (
                    "seats",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Active members and open invitations there may be; empty is unlimited.",
                        null=True,
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        default=False, help_text="Made by Fairlead to look around, and removed as a whole."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the firm was founded.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When its settings were last saved.")),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Muting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID version 7 (RFC 9562).",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="A sentence for the operator, such as that this is a restored copy.", max_length=200
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="Set by PostgreSQL's clock, not by Python's.",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, help_text="Empty while nothing may leave.", null=True)),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        help_text="Name of the person who ran `fairlead unmute`; empty until then.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1), condition=models.Q(("ended_at__isnull", True)), name="tenancy_muting_one_open"
                    )
                ],
            },
        ),
    ]
