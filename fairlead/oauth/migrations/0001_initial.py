"""The tables of the room. Databases that were made before 0.1.0 have them from the steps that this replaces."""

import django.db.models.deletion
import oauth2_provider.models
from django.conf import settings
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("oauth", "0001_applications"),
        ("oauth", "0002_redeemed_codes"),
        ("oauth", "0003_grace_of_a_secret"),
    ]

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
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
                ("name", models.CharField(max_length=100)),
                (
                    "website",
                    models.URLField(
                        blank=True,
                        default="",
                        help_text="Where people read about it; shown when they are asked.",
                        max_length=300,
                    ),
                ),
                ("client_id", models.CharField(max_length=80)),
                (
                    "client_type",
                    models.CharField(
                        choices=[
                            ("confidential", "It runs on a server and keeps a secret"),
                            ("public", "It runs on people's devices and has no secret"),
                        ],
                        default="confidential",
                        max_length=32,
                    ),
                ),
                (
                    "client_secret",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of 256 random bits, hexadecimal; empty for a public application.",
                        max_length=64,
                    ),
                ),
                ("hint", models.CharField(blank=True, help_text="The last characters of the secret.", max_length=8)),
                (
                    "previous_secret",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="The secret before the last rotation.",
                        max_length=64,
                    ),
                ),
                (
                    "previous_until",
                    models.DateTimeField(blank=True, help_text="Until when the one before works too.", null=True),
                ),
                ("redirect_uris", models.TextField(help_text="Exact addresses, separated by spaces.")),
                ("scopes", models.JSONField(default=list, help_text="Permissions it may ask for; empty means any.")),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="The member who registered it.",
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
                "constraints": [models.UniqueConstraint(fields=("firm", "client_id"), name="oauth_application_client")],
            },
        ),
        migrations.CreateModel(
            name="Connection",
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
                    "application",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="Who may act.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="connections",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="For whom: the member who agreed.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "scopes",
                    models.JSONField(default=list, help_text="Permissions that the member agreed to, the last time."),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(
                        blank=True, help_text="When a token of it was shown last, to five minutes.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "membership", "application"), name="oauth_connection_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
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
                ("expires", models.DateTimeField(verbose_name="expires")),
                ("redirect_uri", models.TextField(verbose_name="redirect URI")),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                (
                    "code_challenge",
                    models.CharField(blank=True, default="", max_length=128, verbose_name="code challenge"),
                ),
                (
                    "code_challenge_method",
                    models.CharField(
                        blank=True,
                        choices=[("plain", "plain"), ("S256", "S256")],
                        default="",
                        max_length=10,
                        verbose_name="code challenge method",
                    ),
                ),
                (
                    "application",
                    fairlead.tenancy.base.FirmForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "connection",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="The consent it hangs on, and ends with.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="oauth.connection",
                    ),
                ),
                ("code", models.CharField(help_text="SHA-256 of the code, hexadecimal.", max_length=64)),
                (
                    "redeemed",
                    models.DateTimeField(
                        blank=True, help_text="When it became tokens; one that comes again ends them.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "code"), name="oauth_grant_code")],
            },
        ),
        migrations.CreateModel(
            name="AccessToken",
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
                ("expires", models.DateTimeField(verbose_name="expires")),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                (
                    "application",
                    fairlead.tenancy.base.FirmForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "connection",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="The consent it hangs on, and ends with.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="oauth.connection",
                    ),
                ),
                (
                    "token_checksum",
                    oauth2_provider.models.TokenChecksumField(
                        help_text="SHA-256 of the token, hexadecimal.", max_length=64
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "token_checksum"), name="oauth_access_token"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefreshToken",
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
                ("token_family", models.UUIDField(blank=True, editable=False, null=True, verbose_name="token family")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("revoked", models.DateTimeField(null=True, verbose_name="revoked")),
                (
                    "application",
                    fairlead.tenancy.base.FirmForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "connection",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="The consent it hangs on, and ends with.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="oauth.connection",
                    ),
                ),
                (
                    "access_token",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL,
                    ),
                ),
                (
                    "token_checksum",
                    oauth2_provider.models.TokenChecksumField(
                        help_text="SHA-256 of the token, hexadecimal.", max_length=64
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "token_family"], name="oauth_refresh_family")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "token_checksum"), name="oauth_refresh_token"),
                    models.UniqueConstraint(fields=("firm", "access_token"), name="oauth_refresh_access"),
                ],
            },
        ),
        migrations.AddField(
            model_name="accesstoken",
            name="source_refresh_token",
            field=fairlead.tenancy.base.FirmForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="accesstoken",
            constraint=models.UniqueConstraint(fields=("firm", "source_refresh_token"), name="oauth_access_source"),
        ),
    ]
