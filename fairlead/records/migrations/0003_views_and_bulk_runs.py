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
                        help_text="When the row was last written.",
                    ),
                ),
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                ("verb", models.TextField(help_text="A registered bulk verb.")),
                (
                    "params",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='What the verb was asked with, cleaned by it, such as {"owner": id}; the shape is the verb\'s.',
                    ),
                ),
                ("label", models.TextField(help_text="What it does, in words.")),
                (
                    "selection",
                    models.JSONField(default=dict, help_text="{ids} or {criteria, query}: what was asked for."),
                ),
                ("via", models.TextField(default="web", help_text="The door it was asked through, as in Event.via.")),
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
                        help_text="How far it is; what a stopped or failed run did stays, and can be undone.",
                    ),
                ),
                ("total", models.IntegerField(help_text="Known once the selection is frozen.", null=True)),
                (
                    "done",
                    models.IntegerField(
                        default=0,
                        help_text="Records that have been worked off, failed ones included; counted anew while undoing.",
                    ),
                ),
                (
                    "changed",
                    models.IntegerField(
                        default=0, help_text="Records that are now otherwise than before; undoing counts it down."
                    ),
                ),
                ("failed", models.IntegerField(default=0, help_text="Records that the verb, or its undoing, refused.")),
                (
                    "message",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Why the whole run was given up, for people; empty for all others.",
                    ),
                ),
                (
                    "result",
                    models.JSONField(blank=True, default=dict, help_text="What the verb hands over, such as a file."),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(
                        null=True, help_text="When it was told to stop; the chunk under way is still finished."
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(null=True, help_text="When it was told to be undone, which takes a while."),
                ),
                (
                    "finished_at",
                    models.DateTimeField(
                        null=True,
                        help_text="When it ended, whichever way; empty while it waits, works or is being undone.",
                    ),
                ),
                (
                    "cancelled_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member who stopped it.",
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
                        help_text="Who asked for it, and with whose present rights it runs.",
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
                        help_text="The member who took it back.",
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
                        help_text="When the row was last written.",
                    ),
                ),
                ("number", models.IntegerField(help_text="From 0; worked off upwards, undone downwards.")),
                (
                    "record_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        size=None,
                        help_text="Which records are meant, frozen at the start: what the verb changes does not move them.",
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[("todo", "To do"), ("done", "Done"), ("undone", "Undone")],
                        default="todo",
                        help_text="Written in the transaction of the work, so a killed worker knows where to go on.",
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
                        help_text="What it is a part of.",
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
                        help_text="When the row was last written.",
                    ),
                ),
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                ("name", models.TextField(help_text="Up to 80 characters; two views may have the same name.")),
                (
                    "scope",
                    models.TextField(
                        choices=[("private", "Only me"), ("team", "My team"), ("firm", "Everyone in the firm")],
                        default="private",
                        help_text="Who sees it; only members with the permission to share may set more than their own.",
                    ),
                ),
                ("criteria", models.JSONField(blank=True, help_text="A criteria tree, or nothing.", null=True)),
                ("query", models.TextField(blank=True, default="", help_text="Quick search.")),
                (
                    "sort",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="A column's key, with - in front for descending; empty is the noun's own order.",
                    ),
                ),
                ("columns", models.JSONField(blank=True, default=list, help_text="Names of columns in order.")),
                ("position", models.IntegerField(default=0, help_text="Rank among the noun's views, lowest first.")),
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
                        help_text="Who saved it; it goes when that membership does.",
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
                        help_text="Whose members see it; set when the scope is team, else empty.",
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
                        help_text="When the row was last written.",
                    ),
                ),
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                (
                    "columns",
                    models.JSONField(
                        blank=True, default=list, help_text="Keys of columns in order; empty is the noun's own choice."
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                        help_text="Whose taste it is.",
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
                        help_text="The view that the list opens with; empty is the plain list.",
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
