import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_firms_of_a_user"),
        ("records", "0003_views_and_bulk_runs"),
        ("tenancy", "0003_muting"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
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
                (
                    "status",
                    models.TextField(
                        choices=[
                            ("uploaded", "Being set up"),
                            ("checking", "Dry run"),
                            ("queued", "Waiting"),
                            ("running", "Importing"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                            ("reverting", "Being reverted"),
                            ("reverted", "Reverted"),
                        ],
                        default="uploaded",
                    ),
                ),
                ("file", models.TextField(help_text="Path below the media folder.")),
                ("file_name", models.TextField()),
                ("file_size", models.BigIntegerField(help_text="Bytes.")),
                ("layout", models.JSONField(default=dict, help_text="Encoding, delimiter, header row, worksheet.")),
                ("columns", models.JSONField(default=list, help_text="What each column means.")),
                ("options", models.JSONField(default=dict)),
                ("rows_total", models.IntegerField(null=True)),
                ("rows_done", models.IntegerField(default=0)),
                ("created", models.IntegerField(default=0)),
                ("updated", models.IntegerField(default=0)),
                ("unchanged", models.IntegerField(default=0)),
                (
                    "merged",
                    models.IntegerField(default=0, help_text="Rows folded into an earlier row for the same record."),
                ),
                ("skipped", models.IntegerField(default=0, help_text="Rows that the chosen mode leaves alone.")),
                ("errors", models.IntegerField(default=0)),
                ("dry_run", models.JSONField(help_text="What the last dry run found.", null=True)),
                (
                    "report",
                    models.JSONField(
                        default=dict, help_text="Made along the way: companies, tags, fields; left by a revert."
                    ),
                ),
                ("failure", models.TextField(blank=True, default="")),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("reverted_at", models.DateTimeField(null=True)),
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
                    "reverted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "started_by",
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
                "indexes": [models.Index(fields=["firm", "noun", "created_at"], name="import_run_recent")],
            },
        ),
        migrations.CreateModel(
            name="ImportRowError",
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
                ("line", models.IntegerField(help_text="Line of the file, from 1; for workbooks the row.")),
                (
                    "column",
                    models.TextField(
                        blank=True, default="", help_text="Header of the column, empty for the whole row."
                    ),
                ),
                ("message", models.TextField()),
                ("cells", models.JSONField(default=list)),
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.importrun",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "run", "line"], name="import_error_line")],
            },
        ),
        migrations.CreateModel(
            name="ImportChunk",
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
                ("number", models.IntegerField(help_text="From 0, in the order of the file.")),
                ("row_count", models.IntegerField()),
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.importrun",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "run", "number"), name="import_chunk_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
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
                ("chunk", models.IntegerField()),
                ("noun", models.TextField()),
                ("record_id", models.UUIDField()),
                ("is_new", models.BooleanField()),
                ("version", models.IntegerField(help_text="The record's version when the chunk was written.")),
                ("before", models.JSONField(default=dict, help_text="Old values by attribute, and what was added.")),
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.importrun",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "run", "chunk", "record_id"], name="import_change_run")],
            },
        ),
    ]
