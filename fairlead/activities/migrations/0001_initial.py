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
        ("activities", "0001_notes"),
        ("activities", "0002_pins_and_templates"),
        ("activities", "0003_activities"),
        ("activities", "0004_tasks_and_snippets"),
        ("activities", "0005_activities_by_kind"),
        ("activities", "0007_who_keeps_a_snippet"),
        ("activities", "0008_version_of_a_step"),
    ]

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityOption",
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
                    "kind",
                    models.TextField(
                        choices=[("note", "Note"), ("call", "Call"), ("email", "Email"), ("meeting", "Meeting")],
                        help_text="Which activities offer it.",
                    ),
                ),
                (
                    "role",
                    models.TextField(
                        choices=[("type", "Type"), ("outcome", "Outcome")],
                        help_text="Whether it says what an activity is about or how it ended.",
                    ),
                ),
                (
                    "name",
                    models.TextField(
                        help_text="As the firm calls it, up to 60 characters; renaming shows on what was logged."
                    ),
                ),
                (
                    "name_norm",
                    models.TextField(
                        help_text="Folded name (kernel.text): unique in its kind and role whatever its case and accents."
                    ),
                ),
                ("color", models.TextField(default="slate", help_text="A name of the palette.")),
                (
                    "position",
                    models.IntegerField(default=0, help_text="Rank among those of its kind and role, lowest first."),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when it is no longer offered; what was logged with it keeps it.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "kind", "role", "name_norm"), name="activity_option_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                    "kind",
                    models.TextField(
                        choices=[("note", "Note"), ("call", "Call"), ("email", "Email"), ("meeting", "Meeting")],
                        db_default="note",
                        default="note",
                        help_text="What it was; decided when it is written and never changed.",
                    ),
                ),
                (
                    "subject",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="One line of up to 200 characters; a note may go without.",
                    ),
                ),
                ("body", models.TextField(help_text="Sanitised HTML.")),
                ("text", models.TextField(help_text="The body as plain text: for search and previews.")),
                (
                    "author",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who wrote it down, and with managers the only one who may change it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "occurred_at",
                    models.DateTimeField(
                        help_text="Where it stands on the timeline: when it began, else is planned, else was written."
                    ),
                ),
                (
                    "type",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="One of the firm's types for this kind, such as Assessment; empty is unsaid.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="activities.activityoption",
                    ),
                ),
                (
                    "outcome",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="One of the firm's outcomes for this kind, such as No answer; empty is unsaid.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="activities.activityoption",
                    ),
                ),
                (
                    "direction",
                    models.TextField(
                        blank=True,
                        choices=[("outbound", "Outbound"), ("inbound", "Inbound")],
                        db_default="",
                        default="",
                        help_text="Who called or wrote; calls are outbound unless said, notes and mails may be empty.",
                    ),
                ),
                (
                    "duration_minutes",
                    models.IntegerField(
                        blank=True,
                        help_text="Whole minutes it took, or is planned to take, at most a week; empty is unsaid.",
                        null=True,
                    ),
                ),
                (
                    "location",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Where a meeting is held: a place or a link, up to 200 characters.",
                    ),
                ),
                (
                    "scheduled_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When a call or meeting is to be held; with no end yet it is still to come.",
                        null=True,
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(
                        blank=True, help_text="When a call or meeting began; empty until it is held.", null=True
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="When a call or meeting ended; empty until it is held.", null=True
                    ),
                ),
                (
                    "version",
                    models.IntegerField(
                        default=1, help_text="Grows by one with every edit; its entity tag (RFC 9110) is made of it."
                    ),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was deleted, which can be taken back; empty for the living.",
                        null=True,
                    ),
                ),
                (
                    "deleted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who deleted it; emptied when it is restored.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "db_table": "activities_note",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)), fields=["firm", "occurred_at"], name="note_recent"
                    ),
                    models.Index(fields=["firm", "author", "occurred_at"], name="note_author"),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "kind", "occurred_at"],
                        name="activity_kind",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("ended_at", None), ("scheduled_at__isnull", False)),
                        fields=["firm", "scheduled_at"],
                        name="activity_upcoming",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityAttachment",
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
                    "activity",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_column="note_id",
                        help_text="The note, call, email or meeting that it belongs to, and goes with.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="activities.activity",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        help_text="Path below the media folder, in the firm's own; the name there is made up.",
                        max_length=300,
                        upload_to="attachments/",
                    ),
                ),
                (
                    "name",
                    models.TextField(
                        help_text="What the person called it, cleaned; it is offered under this name again."
                    ),
                ),
                ("content_type", models.TextField(help_text="Media type (RFC 6838), found by looking into the file.")),
                ("size", models.BigIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(help_text="SHA-256 of the bytes, hexadecimal.", max_length=64)),
            ],
            options={
                "db_table": "activities_noteattachment",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ActivityRevision",
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
                    "activity",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_column="note_id",
                        help_text="The note, call, email or meeting that it belongs to, and goes with.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="activities.activity",
                    ),
                ),
                ("body", models.TextField(help_text="Sanitised HTML, as it was before the edit.")),
                (
                    "details",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value({}, models.JSONField()),
                        default=dict,
                        help_text="Other values that the edit changed, by name, as they were before: subject, times, type, …",
                    ),
                ),
                (
                    "edited_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who made the edit that ended this text.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("version", models.IntegerField(help_text="The version that said so: the edit made the next one.")),
            ],
            options={
                "db_table": "activities_noterevision",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "activity", "version"), name="note_revision_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
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
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose tasks it shows.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "secret_hash",
                    models.CharField(help_text="SHA-256 of the secret in the address, hexadecimal.", max_length=64),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True, help_text="When the address stopped working; empty for the one in use.", null=True
                    ),
                ),
                (
                    "last_read_at",
                    models.DateTimeField(
                        blank=True, help_text="When a calendar last fetched it; empty is never.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "secret_hash"), name="calendar_feed_secret"),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)), fields=("firm", "member"), name="calendar_feed_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteTemplate",
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
                ("name", models.TextField(help_text="What members choose it by, up to 80 characters.")),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents."),
                ),
                ("body", models.TextField(help_text="Sanitised HTML.")),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who saved it first.",
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
                "constraints": [models.UniqueConstraint(fields=("firm", "name_norm"), name="note_template_once")],
            },
        ),
        migrations.CreateModel(
            name="Pin",
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
                ("record_id", models.UUIDField(help_text="On whose timeline it is pinned.")),
                (
                    "event_id",
                    models.UUIDField(help_text="The event of the log; no foreign key, because the log is partitioned."),
                ),
                (
                    "pinned_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who put it there; every member sees it.",
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
                "constraints": [models.UniqueConstraint(fields=("firm", "record_id", "event_id"), name="pin_once")],
            },
        ),
        migrations.CreateModel(
            name="Signature",
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
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="Under whose mails it stands.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("html", models.TextField(help_text="Sanitised HTML, drawn by the generator or written by hand.")),
                ("text", models.TextField(blank=True, default="", help_text="The same for plain mails.")),
                (
                    "meeting_link",
                    models.TextField(
                        blank=True, default="", help_text="Web address where a meeting can be booked; empty for none."
                    ),
                ),
                (
                    "design",
                    models.TextField(
                        default="classic",
                        help_text="Name of the drawing that the generator used last (signing.DESIGNS).",
                    ),
                ),
                (
                    "values",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What the generator was given: job title, phone, … (signing.FACTS).",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "member"), name="signature_once")],
            },
        ),
        migrations.CreateModel(
            name="Snippet",
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
                    "shortcut",
                    models.TextField(help_text="What is typed after #, up to 40 characters; stored without the #."),
                ),
                (
                    "shortcut_norm",
                    models.TextField(
                        help_text="Folded shortcut (kernel.text): unique for the owner, the team or the firm."
                    ),
                ),
                ("name", models.TextField(help_text="What it is for, in words, up to 80 characters.")),
                (
                    "category",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The heading it stands under in lists, up to 60 characters; empty is none.",
                    ),
                ),
                ("body", models.TextField(help_text="Sanitised HTML with merge fields.")),
                ("text", models.TextField(help_text="The body as plain text, merge fields and all.")),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Whose own it is: nobody else sees it; empty when it is shared.",
                        null=True,
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
                        help_text="Whose members see it; with neither owner nor team it is the whole firm's.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who saved it first, or took it over from a member who left: may change it while it is shared.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("usage_count", models.IntegerField(default=0, help_text="How often it was inserted, by anybody.")),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, help_text="When it was last inserted, by anybody.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("owner__isnull", False)),
                        fields=("firm", "owner", "shortcut_norm"),
                        name="snippet_own_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("team__isnull", False)),
                        fields=("firm", "team", "shortcut_norm"),
                        name="snippet_team_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner__isnull", True), ("team__isnull", True)),
                        fields=("firm", "shortcut_norm"),
                        name="snippet_firm_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                ("title", models.TextField(help_text="What is to be done, in up to 300 characters.")),
                ("sort_key", models.TextField(help_text="Folded title.")),
                ("description", models.TextField(blank=True, default="", help_text="Sanitised HTML.")),
                ("text", models.TextField(blank=True, default="", help_text="The description as plain text.")),
                (
                    "type",
                    models.TextField(
                        choices=[
                            ("todo", "To-do"),
                            ("call", "Call"),
                            ("email", "Email"),
                            ("meeting", "Meeting"),
                            ("lunch", "Lunch"),
                        ],
                        default="todo",
                        help_text="What kind of thing is to be done: lists are filtered by it.",
                    ),
                ),
                (
                    "priority",
                    models.TextField(
                        choices=[("1_urgent", "Urgent"), ("2_high", "High"), ("3_normal", "Normal"), ("4_low", "Low")],
                        default="3_normal",
                        help_text="How much it matters; the code's digit makes the order of the alphabet that of weight.",
                    ),
                ),
                (
                    "status",
                    models.TextField(
                        choices=[
                            ("open", "Open"),
                            ("in_progress", "In progress"),
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                        ],
                        default="open",
                        help_text="How far it is; done exactly while completed_at is set.",
                    ),
                ),
                (
                    "assigned_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who last said who is to do it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        help_text="Day in the task's zone; empty is never due, and such a task cannot repeat.",
                        null=True,
                    ),
                ),
                (
                    "due_time",
                    models.TimeField(
                        blank=True,
                        help_text="Wall-clock time in the task's zone; empty is the end of the day.",
                        null=True,
                    ),
                ),
                (
                    "zone",
                    models.TextField(
                        default="UTC",
                        help_text="IANA name; the owner's, or the firm's where that is UTC or nobody owns it.",
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="The instant that day, time and zone mean; worked out with every change of them.",
                        null=True,
                    ),
                ),
                (
                    "overdue_at",
                    models.DateTimeField(blank=True, help_text="When it was noticed that it is overdue.", null=True),
                ),
                (
                    "completed_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was done; emptied when it is reopened.", null=True
                    ),
                ),
                (
                    "completed_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who ticked it off; may be somebody it was not assigned to.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "rrule",
                    models.TextField(
                        blank=True, default="", help_text="RFC 5545 RRULE, empty when it does not repeat."
                    ),
                ),
                (
                    "repeat",
                    models.TextField(
                        choices=[
                            ("completion", "When this one is completed"),
                            ("schedule", "On schedule, whether done or not"),
                        ],
                        default="completion",
                        help_text="When the next of a series is made; without a rule it means nothing.",
                    ),
                ),
                (
                    "series",
                    models.UUIDField(
                        blank=True,
                        help_text="Id of the first task of the series, the same for all of them; empty when it never repeated.",
                        null=True,
                    ),
                ),
                (
                    "series_number",
                    models.IntegerField(default=1, help_text="Which of its series it is, counted from 1."),
                ),
                (
                    "series_start",
                    models.DateTimeField(blank=True, help_text="DTSTART as wall-clock time, stored as UTC.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(condition=models.Q(("deleted_at", None)), fields=["firm", "due_at"], name="task_due"),
                    models.Index(fields=["firm", "owner", "due_at"], name="task_owner"),
                    models.Index(fields=["firm", "sort_key"], name="task_sort"),
                    models.Index(fields=["firm", "created_at"], name="task_created"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("series__isnull", False)),
                        fields=("firm", "series", "series_number"),
                        name="task_series_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
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
                    "activity",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="What is commented on; empty when that is a task.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="activities.activity",
                    ),
                ),
                (
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="What is commented on; empty when that is an activity.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="activities.task",
                    ),
                ),
                ("body", models.TextField(help_text="Sanitised HTML.")),
                ("text", models.TextField(help_text="The body as plain text.")),
                (
                    "author",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who said it; nobody but this member and managers may change it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When its text last changed; empty as long as it is the first one.",
                        null=True,
                    ),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was deleted; the row stays, out of sight.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("activity__isnull", False)),
                        fields=["firm", "activity", "created_at"],
                        name="comment_activity",
                    ),
                    models.Index(
                        condition=models.Q(("task__isnull", False)),
                        fields=["firm", "task", "created_at"],
                        name="comment_task",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What it is a step of.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="activities.task",
                    ),
                ),
                ("text", models.TextField(help_text="One line of up to 300 characters.")),
                ("position", models.IntegerField(default=0, help_text="Rank within the task, from 0.")),
                (
                    "version",
                    models.IntegerField(
                        db_default=1,
                        default=1,
                        help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it.",
                    ),
                ),
                (
                    "ticked_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was ticked off; empty while it is to do.", null=True
                    ),
                ),
                (
                    "ticked_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who ticked it off; empty while it is to do.",
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
                "indexes": [models.Index(fields=["firm", "task", "position"], name="task_checklist")],
            },
        ),
        migrations.CreateModel(
            name="TaskAssignment",
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What is to be done.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="activities.task",
                    ),
                ),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who is to do it; one of them, the owner, answers for it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "assigned_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who gave it to this member.",
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
                "indexes": [models.Index(fields=["firm", "member", "task"], name="task_assignment_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "task", "member"), name="task_assignment_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskDependency",
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The one that has to wait.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dependencies",
                        to="activities.task",
                    ),
                ),
                (
                    "blocker",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The one that comes first; never one that waits for this, over any steps.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocking",
                        to="activities.task",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "blocker"], name="task_dependency_blocker")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "task", "blocker"), name="task_dependency_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskLink",
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
                    "record_id",
                    models.UUIDField(
                        help_text="The record that it is about; no foreign key, as it may be of any table."
                    ),
                ),
                (
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What is to be done about the record.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="activities.task",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "record_id", "task"], name="task_link_record")],
                "constraints": [models.UniqueConstraint(fields=("firm", "task", "record_id"), name="task_link_once")],
            },
        ),
        migrations.CreateModel(
            name="TaskReminder",
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What the assignees are reminded of.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="activities.task",
                    ),
                ),
                (
                    "minutes_before",
                    models.IntegerField(help_text="Minutes from the reminder to the due instant, 0 to 366 days."),
                ),
                (
                    "remind_at",
                    models.DateTimeField(
                        blank=True, help_text="The instant that comes to; empty while the task is never due.", null=True
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Set before anything leaves; emptied when the task becomes due later.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "task", "minutes_before"), name="task_reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskTemplate",
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
                ("name", models.TextField(help_text="What members choose it by, up to 80 characters.")),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents."),
                ),
                ("title", models.TextField(help_text="Becomes the title of the tasks made from it.")),
                ("description", models.TextField(blank=True, default="", help_text="Sanitised HTML.")),
                (
                    "type",
                    models.TextField(
                        choices=[
                            ("todo", "To-do"),
                            ("call", "Call"),
                            ("email", "Email"),
                            ("meeting", "Meeting"),
                            ("lunch", "Lunch"),
                        ],
                        default="todo",
                        help_text="What kind of thing the task is.",
                    ),
                ),
                (
                    "priority",
                    models.TextField(
                        choices=[("1_urgent", "Urgent"), ("2_high", "High"), ("3_normal", "Normal"), ("4_low", "Low")],
                        default="3_normal",
                        help_text="How much the task matters.",
                    ),
                ),
                (
                    "due_in_days",
                    models.IntegerField(
                        blank=True,
                        help_text="Days from the day it is used, in the firm's zone; empty is never due.",
                        null=True,
                    ),
                ),
                (
                    "remind_minutes",
                    models.IntegerField(
                        blank=True, help_text="Minutes before the due instant; empty is no reminder.", null=True
                    ),
                ),
                (
                    "rrule",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="RFC 5545 RRULE of the task; needs due_in_days. Empty does not repeat.",
                    ),
                ),
                ("checklist", models.JSONField(blank=True, default=list, help_text="Texts of the steps.")),
                ("assignees", models.JSONField(blank=True, default=list, help_text="Ids of members.")),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who saved it first.",
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
                "constraints": [models.UniqueConstraint(fields=("firm", "name_norm"), name="task_template_once")],
            },
        ),
        migrations.CreateModel(
            name="ActivityLink",
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
                    "record_id",
                    models.UUIDField(
                        help_text="The record that it is about; no foreign key, as it may be of any table."
                    ),
                ),
                (
                    "activity",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_column="note_id",
                        db_index=False,
                        help_text="The note, call, email or meeting that it belongs to, and goes with.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="activities.activity",
                    ),
                ),
            ],
            options={
                "db_table": "activities_notelink",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "record_id", "activity"], name="note_link_record")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "activity", "record_id"), name="note_link_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityMention",
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
                    "activity",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_column="note_id",
                        help_text="The note, call, email or meeting that it belongs to, and goes with.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="activities.activity",
                    ),
                ),
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="Who was named, and told once, however often the text is edited.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "db_table": "activities_notemention",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "activity", "membership"), name="note_mention_once")
                ],
            },
        ),
    ]
