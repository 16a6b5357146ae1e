import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people_who_log_in"),
        ("records", "0002_fold"),
        ("tenancy", "0003_muting"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkRun",
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
                ("verb", models.TextField(help_text="A registered bulk verb.")),
                ("params", models.JSONField(blank=True, default=dict)),
                ("label", models.TextField(help_text="What it does, in words.")),
                (
                    "selection",
                    models.JSONField(default=dict, help_text="{ids} or {criteria, query}: what was asked for."),
                ),
                ("via", models.TextField(default="web")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                        ],
                        default="queued",
                    ),
                ),
                ("total", models.IntegerField(help_text="Known once the selection is frozen.", null=True)),
                ("done", models.IntegerField(default=0)),
                ("changed", models.IntegerField(default=0)),
                ("failed", models.IntegerField(default=0)),
                ("message", models.TextField(blank=True, default="")),
                (
                    "result",
                    models.JSONField(blank=True, default=dict, help_text="What the verb hands over, such as a file."),
                ),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "cancelled_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
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
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "undone_by",
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
                "indexes": [models.Index(fields=["firm", "membership", "created_at"], name="bulk_run_member")],
            },
        ),
        migrations.CreateModel(
            name="BulkChunk",
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
                ("number", models.IntegerField()),
                ("record_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                (
                    "state",
                    models.TextField(
                        choices=[("todo", "To do"), ("done", "Done"), ("undone", "Undone")], default="todo"
                    ),
                ),
                ("previous", models.JSONField(default=dict, help_text="Record id to what its undo needs.")),
                ("failures", models.JSONField(default=list, help_text="[{id, message}].")),
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
                        to="records.bulkrun",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "run", "number"), name="bulk_chunk_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
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
                ("name", models.TextField()),
                (
                    "scope",
                    models.TextField(
                        choices=[("private", "Only me"), ("team", "My team"), ("firm", "Everyone in the firm")],
                        default="private",
                    ),
                ),
                ("criteria", models.JSONField(blank=True, help_text="A criteria tree, or nothing.", null=True)),
                ("query", models.TextField(blank=True, default="", help_text="Quick search.")),
                ("sort", models.TextField(blank=True, default="")),
                ("columns", models.JSONField(blank=True, default=list, help_text="Names of columns in order.")),
                ("position", models.IntegerField(default=0)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "team",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "noun", "position"], name="saved_view_noun")],
            },
        ),
        migrations.CreateModel(
            name="ListPreference",
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
                ("columns", models.JSONField(blank=True, default=list)),
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
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "default_view",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.savedview",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "membership", "noun"), name="list_preference_once")
                ],
            },
        ),
    ]
