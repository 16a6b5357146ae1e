import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.clock
import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_firms_of_a_user"),
        ("activities", "0003_activities"),
        ("tenancy", "0003_muting"),
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
                    "kind",
                    models.TextField(
                        choices=[("note", "Note"), ("call", "Call"), ("email", "Email"), ("meeting", "Meeting")]
                    ),
                ),
                ("role", models.TextField(choices=[("type", "Type"), ("outcome", "Outcome")])),
                ("name", models.TextField()),
                ("name_norm", models.TextField(help_text="Folded name.")),
                ("color", models.TextField(default="slate")),
                ("position", models.IntegerField(default=0)),
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
                    models.UniqueConstraint(fields=("firm", "kind", "role", "name_norm"), name="activity_option_once")
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
                ("title", models.TextField()),
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
                    ),
                ),
                (
                    "priority",
                    models.TextField(
                        choices=[("1_urgent", "Urgent"), ("2_high", "High"), ("3_normal", "Normal"), ("4_low", "Low")],
                        default="3_normal",
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
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_time", models.TimeField(blank=True, null=True)),
                ("zone", models.TextField(default="UTC", help_text="IANA name.")),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "overdue_at",
                    models.DateTimeField(blank=True, help_text="When it was noticed that it is overdue.", null=True),
                ),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
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
                    ),
                ),
                ("series", models.UUIDField(blank=True, null=True)),
                ("series_number", models.IntegerField(default=1)),
                (
                    "series_start",
                    models.DateTimeField(blank=True, help_text="DTSTART as wall-clock time, stored as UTC.", null=True),
                ),
                (
                    "assigned_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "completed_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
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
            name="TaskAssignment",
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
                    "assigned_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
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
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="activities.task",
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
            name="TaskLink",
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
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
            name="TaskDependency",
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
                    "blocker",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocking",
                        to="activities.task",
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dependencies",
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
            name="ChecklistItem",
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
                ("text", models.TextField()),
                ("position", models.IntegerField(default=0)),
                ("ticked_at", models.DateTimeField(blank=True, null=True)),
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
                    "ticked_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="activities.task",
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
            name="TaskReminder",
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
                ("minutes_before", models.IntegerField()),
                ("remind_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="activities.task",
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
                ("title", models.TextField()),
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
                    ),
                ),
                (
                    "priority",
                    models.TextField(
                        choices=[("1_urgent", "Urgent"), ("2_high", "High"), ("3_normal", "Normal"), ("4_low", "Low")],
                        default="3_normal",
                    ),
                ),
                ("due_in_days", models.IntegerField(blank=True, null=True)),
                ("remind_minutes", models.IntegerField(blank=True, null=True)),
                ("rrule", models.TextField(blank=True, default="")),
                ("checklist", models.JSONField(blank=True, default=list, help_text="Texts of the steps.")),
                ("assignees", models.JSONField(blank=True, default=list, help_text="Ids of members.")),
                (
                    "created_by",
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "name_norm"), name="task_template_once")],
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
                ("body", models.TextField(help_text="Sanitised HTML.")),
                ("text", models.TextField(help_text="The body as plain text.")),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activity",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="activities.activity",
                    ),
                ),
                (
                    "author",
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
                    "task",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="activities.task",
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
            name="Snippet",
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
                ("shortcut", models.TextField(help_text="Without the #.")),
                ("shortcut_norm", models.TextField(help_text="Folded shortcut.")),
                ("name", models.TextField()),
                ("category", models.TextField(blank=True, default="")),
                ("body", models.TextField(help_text="Sanitised HTML with merge fields.")),
                ("text", models.TextField(help_text="The body as plain text, merge fields and all.")),
                ("usage_count", models.IntegerField(default=0)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
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
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
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
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                    ),
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
            name="Signature",
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
                ("html", models.TextField(help_text="Sanitised HTML.")),
                ("text", models.TextField(blank=True, default="", help_text="The same for plain mails.")),
                ("meeting_link", models.TextField(blank=True, default="")),
                ("design", models.TextField(default="classic")),
                ("values", models.JSONField(blank=True, default=dict)),
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
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.membership"
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
            name="CalendarFeed",
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
                ("secret_hash", models.CharField(max_length=64)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_read_at", models.DateTimeField(blank=True, null=True)),
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
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
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
        migrations.AddField(
            model_name="activity",
            name="direction",
            field=models.TextField(
                blank=True, choices=[("outbound", "Outbound"), ("inbound", "Inbound")], db_default="", default=""
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="duration_minutes",
            field=models.IntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="kind",
            field=models.TextField(
                choices=[("note", "Note"), ("call", "Call"), ("email", "Email"), ("meeting", "Meeting")],
                db_default="note",
                default="note",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="location",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="activity",
            name="scheduled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="started_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="subject",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="activityrevision",
            name="details",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="activity",
            name="outcome",
            field=fairlead.tenancy.base.FirmForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="activities.activityoption",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="type",
            field=fairlead.tenancy.base.FirmForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="activities.activityoption",
            ),
        ),
    ]
