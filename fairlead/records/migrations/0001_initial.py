"""The tables of the room. Databases that were made before 0.1.0 have them from the steps that this replaces."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("records", "0001_custom_fields"),
        ("records", "0003_views_and_bulk_runs"),
        ("records", "0004_imports"),
        ("records", "0005_exports"),
        ("records", "0006_duplicates"),
        ("records", "0007_duplicate_keys_without_kind"),
        ("records", "0008_exports_count"),
        ("records", "0009_view_names_once"),
        ("records", "0010_who_keeps_a_view"),
    ]

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
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
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who asked for it, and with whose present rights it runs.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
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
                    "cancelled_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who stopped it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(
                        help_text="When it was told to stop; the chunk under way is still finished.", null=True
                    ),
                ),
                (
                    "undone_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who took it back.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(help_text="When it was told to be undone, which takes a while.", null=True),
                ),
                (
                    "finished_at",
                    models.DateTimeField(
                        help_text="When it ended, whichever way; empty while it waits, works or is being undone.",
                        null=True,
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What it is a part of.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.bulkrun",
                    ),
                ),
                ("number", models.IntegerField(help_text="From 0; worked off upwards, undone downwards.")),
                (
                    "record_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        help_text="Which records are meant, frozen at the start: what the verb changes does not move them.",
                        size=None,
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "run", "number"), name="bulk_chunk_once")],
            },
        ),
        migrations.CreateModel(
            name="CustomField",
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
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                (
                    "key",
                    models.TextField(
                        help_text="Its name in the API, forms and merge fields.",
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]{0,59}$", "Use lower-case letters, digits and _, a letter first."
                            )
                        ],
                    ),
                ),
                ("label", models.TextField(help_text="What people read beside the value.")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("text", "Text input (short)"),
                            ("long_text", "Text area (long)"),
                            ("dropdown", "Drop-down (for 10 or more choices)"),
                            ("multi_select", "Multi-selection list"),
                            ("radio", "Radio buttons"),
                            ("checkboxes", "Checkboxes"),
                            ("hidden", "Hidden field"),
                            ("date", "Date"),
                            ("datetime", "Date and time"),
                            ("recurring_date", "Yearly date"),
                            ("number", "Number"),
                            ("money", "Money"),
                            ("boolean", "Yes or no"),
                            ("url", "Web address"),
                            ("email", "Email address"),
                            ("phone", "Phone number"),
                        ],
                        help_text="How it is asked for, which decides what its values are; never changes.",
                    ),
                ),
                ("group", models.TextField(default="Custom fields", help_text="The heading it stands under.")),
                (
                    "help",
                    models.TextField(
                        blank=True, default="", help_text="A sentence under the input, in the firm's words."
                    ),
                ),
                (
                    "options",
                    models.JSONField(blank=True, default=list, help_text="[{value, label, color, archived}] in order."),
                ),
                (
                    "is_required",
                    models.BooleanField(
                        default=False,
                        help_text="Whether new records need a value, and none can be emptied; older ones may go without.",
                    ),
                ),
                (
                    "is_unique",
                    models.BooleanField(
                        default=False,
                        help_text="Whether no two records may have the same value, those in the bin included.",
                    ),
                ),
                (
                    "default",
                    models.JSONField(
                        blank=True, help_text="What new records get when nothing is given; null is none.", null=True
                    ),
                ),
                (
                    "rules",
                    models.JSONField(blank=True, default=dict, help_text="min, max, min_length, max_length, pattern."),
                ),
                ("position", models.IntegerField(default=0, help_text="Rank within its group, lowest first.")),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who added it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when forms, lists and filters forget it, while its values stay; empty in use.",
                        null=True,
                    ),
                ),
                (
                    "archived_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who put it away.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "label", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "noun", "key"), name="custom_field_once")],
            },
        ),
        migrations.CreateModel(
            name="DuplicateCandidate",
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
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                ("low_id", models.UUIDField(help_text="The smaller id of the two.")),
                ("high_id", models.UUIDField(help_text="The larger id of the two.")),
                (
                    "score",
                    models.SmallIntegerField(
                        help_text="How likely they are one, 50 to 100; below 50 a pair is not kept."
                    ),
                ),
                ("reasons", models.JSONField(default=list, help_text="Sentences for people.")),
                (
                    "fingerprint",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Hash of what both looked like: a pair called different comes back only when it changes.",
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[("open", "To decide"), ("merged", "Merged"), ("dismissed", "Not a duplicate")],
                        default="open",
                        help_text="What somebody decided; undoing a merge opens the pair again.",
                    ),
                ),
                (
                    "decided_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who merged or dismissed it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, help_text="When that was; empty while the pair is open.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "noun", "state", "-score", "id"], name="candidate_queue"),
                    models.Index(fields=["firm", "high_id"], name="candidate_high"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "low_id", "high_id"), name="candidate_once"),
                    models.CheckConstraint(
                        condition=models.Q(("low_id__lt", models.F("high_id"))), name="candidate_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateKey",
            fields=[
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
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "firm_id",
                        "noun",
                        "key",
                        "record_id",
                        blank=True,
                        editable=False,
                        help_text="The order that a search reads them in.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                (
                    "key",
                    models.BigIntegerField(
                        help_text="First 64 bits of a BLAKE2b hash (RFC 7693) of the normalised value, signed."
                    ),
                ),
                ("record_id", models.UUIDField(help_text="The record that has the value; never one in the bin.")),
            ],
            options={
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "record_id"], name="duplicate_key_record")],
            },
        ),
        migrations.CreateModel(
            name="DuplicateScan",
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
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("queued", "Waiting"),
                            ("keys", "Reading"),
                            ("pairs", "Comparing"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        help_text="Which of the two passes it is in, or how it ended.",
                    ),
                ),
                (
                    "started_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who asked for it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("total", models.IntegerField(help_text="Records; known once it has begun.", null=True)),
                ("read", models.IntegerField(default=0, help_text="Records whose keys are up to date.")),
                ("after_id", models.UUIDField(help_text="The last record that was read.", null=True)),
                ("slices", models.IntegerField(default=0, help_text="Into how many ranges the keys are cut.")),
                ("slice", models.IntegerField(default=0, help_text="How many of them are compared.")),
                ("compared", models.BigIntegerField(default=0, help_text="Pairs that were looked at.")),
                ("found", models.IntegerField(default=0, help_text="Pairs that may be one.")),
                (
                    "passed_over",
                    models.IntegerField(default=0, help_text="Keys that too many records share to tell them apart."),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True, default="", help_text="Why it was given up, for people; empty for all others."
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(
                        blank=True, help_text="When it ended, whichever way; empty while it runs.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "noun", "created_at"], name="scan_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "keys", "pairs"])),
                        fields=("firm", "noun"),
                        name="scan_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportRun",
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
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                (
                    "format",
                    models.TextField(
                        choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)")],
                        default="csv",
                        help_text="Also the ending of the file's name.",
                    ),
                ),
                ("columns", models.JSONField(help_text="Keys of the columns, in their order.")),
                (
                    "selection",
                    models.JSONField(help_text='{"ids": [...]} or {"criteria": ..., "query": "...", "sort": "..."}.'),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Writing"),
                            ("done", "Ready"),
                            ("cancelled", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        help_text="How far the file is; a stopped or failed one leaves none.",
                    ),
                ),
                ("done", models.IntegerField(default=0, help_text="Records written so far.")),
                ("total", models.IntegerField(default=0, help_text="Records that matched at the start.")),
                (
                    "message",
                    models.TextField(
                        blank=True, default="", help_text="Why it failed, for people; empty for all others."
                    ),
                ),
                ("file", models.TextField(blank=True, default="", help_text="Its path below the media folder.")),
                ("size", models.BigIntegerField(default=0, help_text="Bytes.")),
                (
                    "expires_at",
                    models.DateTimeField(
                        help_text="24 hours after it was ready: the file is deleted then, the row stays. Empty until ready.",
                        null=True,
                    ),
                ),
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="Who asked for it: nobody else may fetch the file.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "membership", "created_at"], name="export_run_member"),
                    models.Index(fields=["firm", "expires_at"], name="export_run_expires"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldValue",
            fields=[
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
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "firm_id",
                        "field_id",
                        "key",
                        "record_id",
                        blank=True,
                        editable=False,
                        help_text="The only index: it serves equality, ranges and sorting within a field.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "field_id",
                    models.UUIDField(
                        help_text="The custom field; no foreign key, an import writes five of these rows a record."
                    ),
                ),
                (
                    "key",
                    models.TextField(
                        db_collation="C",
                        help_text="The value of any type as text whose byte order is the order of the values.",
                    ),
                ),
                ("record_id", models.UUIDField(help_text="The record that holds the value.")),
            ],
            options={
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
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
                    "started_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who uploaded it, or who last rehearsed or started it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "rows_total",
                    models.IntegerField(
                        help_text="Rows of the file: an estimate from the start on, exact after a dry run and at the end.",
                        null=True,
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
                    models.DateTimeField(help_text="When it was told to write; empty after dry runs only.", null=True),
                ),
                ("finished_at", models.DateTimeField(help_text="When it ended, whichever way.", null=True)),
                (
                    "cancelled_at",
                    models.DateTimeField(
                        help_text="When it was told to stop; the chunk under way is still written.", null=True
                    ),
                ),
                (
                    "reverted_at",
                    models.DateTimeField(help_text="When it was told to be reverted, which takes a while.", null=True),
                ),
                (
                    "reverted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who had it reverted.",
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The import that left it out.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.importrun",
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The import that wrote it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.importrun",
                    ),
                ),
                ("number", models.IntegerField(help_text="From 0, in the order of the file.")),
                ("row_count", models.IntegerField(help_text="Rows of the file in it, at most 4,000.")),
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
                    "run",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The import that did it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.importrun",
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "run", "chunk", "record_id"], name="import_change_run")],
            },
        ),
        migrations.CreateModel(
            name="Merge",
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
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                (
                    "winner_id",
                    models.UUIDField(help_text="The record that goes on; it may itself have gone into another since."),
                ),
                ("loser_id", models.UUIDField(help_text="The record that went into it, now out of sight.")),
                ("winner_name", models.TextField(blank=True, default="", help_text="What it was called at that time.")),
                ("loser_name", models.TextField(blank=True, default="", help_text="What it was called at that time.")),
                (
                    "choices",
                    models.JSONField(default=dict, help_text="Field name to winner or loser, as it was decided."),
                ),
                (
                    "undo",
                    models.JSONField(
                        default=dict, help_text="What undoing needs, by participant; emptied when it is too late."
                    ),
                ),
                (
                    "merged_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who decided it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was taken back, possible for 30 days; empty while it stands.",
                        null=True,
                    ),
                ),
                (
                    "undone_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who took it back.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "kept",
                    models.JSONField(default=list, help_text="What the undoing had to leave as it was, in words."),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "winner_id"], name="merge_winner"),
                    models.Index(fields=["firm", "noun", "created_at"], name="merge_latest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("firm", "loser_id"), name="merge_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("winner_id", models.F("loser_id")), _negated=True), name="merge_of_two"
                    ),
                ],
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
                ("noun", models.TextField(help_text="A registered noun: contact, company, deal, …")),
                ("name", models.TextField(help_text="Up to 80 characters; once for an owner and sharing of a list.")),
                ("name_norm", models.TextField(help_text="Folded name (kernel.text).")),
                (
                    "scope",
                    models.TextField(
                        choices=[("private", "Only me"), ("team", "My team"), ("firm", "Everyone in the firm")],
                        default="private",
                        help_text="Who sees it; only members with the permission to share may set more than their own.",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who saved it, or took it over from a member who left; it goes when that membership does.",
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
                        help_text="Whose members see it; set when the scope is team, else empty.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
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
            ],
            options={
                "ordering": ["position", "name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "noun", "position"], name="saved_view_noun")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("firm", "noun", "owner", "scope", "team", "name_norm"),
                        name="saved_view_name_once",
                        nulls_distinct=False,
                    )
                ],
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
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose taste it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
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
                    "default_view",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The view that the list opens with; empty is the plain list.",
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
