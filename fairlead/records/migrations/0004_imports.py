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
                        help_text="When the row was last written.",
                    ),
                ),
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
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
                        help_text="How far it is; a dry run ends where it began, at being set up.",
                    ),
                ),
                ("file", models.TextField(help_text="Path below the media folder.")),
                ("file_name", models.TextField(help_text="As the person called it, without a path; for people only.")),
                ("file_size", models.BigIntegerField(help_text="Bytes.")),
                ("layout", models.JSONField(default=dict, help_text="Encoding, delimiter, header row, worksheet.")),
                ("columns", models.JSONField(default=list, help_text="What each column means.")),
                (
                    "options",
                    models.JSONField(
                        default=dict,
                        help_text="How rows meet records: mode, match, overwrite, clear, allow_without_address, tags, lists.",
                    ),
                ),
                (
                    "rows_total",
                    models.IntegerField(
                        null=True,
                        help_text="Rows of the file: an estimate from the start on, exact after a dry run and at the end.",
                    ),
                ),
                (
                    "rows_done",
                    models.IntegerField(
                        default=0, help_text="Rows dealt with so far, those that were left out included."
                    ),
                ),
                ("created", models.IntegerField(default=0, help_text="Records made.")),
                ("updated", models.IntegerField(default=0, help_text="Rows that changed a record that was there.")),
                ("unchanged", models.IntegerField(default=0, help_text="Rows whose record was like that already.")),
                (
                    "merged",
                    models.IntegerField(default=0, help_text="Rows folded into an earlier row for the same record."),
                ),
                ("skipped", models.IntegerField(default=0, help_text="Rows that the chosen mode leaves alone.")),
                (
                    "errors",
                    models.IntegerField(default=0, help_text="Rows left out because something in them is wrong."),
                ),
                ("dry_run", models.JSONField(help_text="What the last dry run found.", null=True)),
                (
                    "report",
                    models.JSONField(
                        default=dict, help_text="Made along the way: companies, tags, fields; left by a revert."
                    ),
                ),
                (
                    "failure",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Why the whole run was given up, for people; up to 1,000 characters.",
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(null=True, help_text="When it was told to write; empty after dry runs only."),
                ),
                ("finished_at", models.DateTimeField(null=True, help_text="When it ended, whichever way.")),
                (
                    "cancelled_at",
                    models.DateTimeField(
                        null=True, help_text="When it was told to stop; the chunk under way is still written."
                    ),
                ),
                (
                    "reverted_at",
                    models.DateTimeField(null=True, help_text="When it was told to be reverted, which takes a while."),
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
                    "reverted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member who had it reverted.",
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
                        help_text="The member who uploaded it, or who last rehearsed or started it.",
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
                        help_text="When the row was last written.",
                    ),
                ),
                ("line", models.IntegerField(help_text="Line of the file, from 1; for workbooks the row.")),
                (
                    "column",
                    models.TextField(
                        blank=True, default="", help_text="Header of the column, empty for the whole row."
                    ),
                ),
                ("message", models.TextField(help_text="What is wrong, for the person who mends the file.")),
                (
                    "cells",
                    models.JSONField(
                        default=list,
                        help_text="The row's texts in the order of the columns, each up to 2,000 characters.",
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.importrun",
                        help_text="The import that left it out.",
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
                        help_text="When the row was last written.",
                    ),
                ),
                ("number", models.IntegerField(help_text="From 0, in the order of the file.")),
                ("row_count", models.IntegerField(help_text="Rows of the file in it, at most 4,000.")),
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
                        help_text="The import that wrote it.",
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
                        help_text="When the row was last written.",
                    ),
                ),
                ("chunk", models.IntegerField(help_text="Number of the chunk; a revert goes through them backwards.")),
                (
                    "noun",
                    models.TextField(
                        help_text="The run's noun, company for those that contacts bring along, or extra:<name> for another room's row."
                    ),
                ),
                ("record_id", models.UUIDField(help_text="The record that was made or changed.")),
                ("is_new", models.BooleanField(help_text="True when the import made it: a revert then deletes it.")),
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
                        help_text="The import that did it.",
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
