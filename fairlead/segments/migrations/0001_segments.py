import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.clock
import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("people", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Segment",
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
                    "name",
                    models.TextField(
                        help_text="Up to 100 characters; one that serves a rule or persona is called after it."
                    ),
                ),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique among the segments that are listed."),
                ),
                (
                    "description",
                    models.TextField(blank=True, default="", help_text="What it is for, up to 500 characters."),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[("dynamic", "Dynamic"), ("static", "Static")],
                        default="dynamic",
                        help_text="Whether criteria decide who is in it or hands pick; stays for good.",
                    ),
                ),
                (
                    "status",
                    models.TextField(
                        choices=[("active", "Active"), ("paused", "Paused"), ("archived", "Archived")],
                        default="active",
                        help_text="Only an active one is kept up to date.",
                    ),
                ),
                (
                    "purpose",
                    models.TextField(
                        choices=[("segment", "Segment"), ("rule", "Tag rule"), ("persona", "Persona")],
                        default="segment",
                        help_text="What it serves; only those that serve people as such are listed.",
                    ),
                ),
                ("criteria", models.JSONField(default=dict, help_text="A criteria tree over contacts.")),
                (
                    "version",
                    models.IntegerField(default=1, help_text="Grows with every change; each criteria is kept."),
                ),
                (
                    "size",
                    models.IntegerField(
                        default=0,
                        help_text="How many members it has; moves with the rows and is counted anew by every recount.",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=fairlead.kernel.clock.now, help_text="When somebody last entered or left."
                    ),
                ),
                (
                    "timed_at",
                    models.DateTimeField(
                        default=fairlead.kernel.clock.now,
                        help_text="The moment up to which it is accounted for what time alone changes.",
                    ),
                ),
                ("counted_at", models.DateTimeField(help_text="When all contacts were last compared.", null=True)),
                (
                    "stale_since",
                    models.DateTimeField(
                        help_text="Since when a recount of all contacts is due; empty while none is.", null=True
                    ),
                ),
                (
                    "problem",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Why its criteria can no longer be asked, for people; empty while they can.",
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who made it, also through an API key.",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("purpose", "segment")), fields=("firm", "name_norm"), name="segment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Persona",
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
                ("name", models.TextField(help_text="What the firm calls such people, up to 80 characters.")),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents."),
                ),
                (
                    "description",
                    models.TextField(blank=True, default="", help_text="Who they are, up to 2,000 characters."),
                ),
                ("goals", models.TextField(blank=True, default="", help_text="What they want to reach.")),
                ("challenges", models.TextField(blank=True, default="", help_text="What stands in their way.")),
                ("color", models.TextField(default="violet", help_text="A name of the palette.")),
                (
                    "segment",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose members are one by rule; empty when only hands assign.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="segments.segment",
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        help_text="Since when nobody becomes one any more; empty for personas in use.", null=True
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who made it, also through an API key.",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("segment__isnull", False)),
                        fields=["firm", "segment"],
                        name="persona_segment",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("firm", "name_norm"), name="persona_once")],
            },
        ),
        migrations.CreateModel(
            name="SegmentDefect",
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
                    "segment",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where the difference was.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="segments.segment",
                    ),
                ),
                ("missing", models.IntegerField(help_text="Contacts that matched and were no members.")),
                ("extra", models.IntegerField(help_text="Members that no longer matched.")),
                ("sample", models.JSONField(default=list, help_text="Ids of some of them.")),
                (
                    "settled_at",
                    models.DateTimeField(
                        help_text="When somebody said that they have looked into it; empty while it is open.", null=True
                    ),
                ),
                (
                    "settled_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who said so.",
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
                "indexes": [models.Index(fields=["firm", "segment", "created_at"], name="segment_defect_of")],
            },
        ),
        migrations.CreateModel(
            name="SegmentDependency",
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
                    "segment",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose criteria speak of it; static segments have none.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dependencies",
                        to="segments.segment",
                    ),
                ),
                (
                    "key",
                    models.TextField(
                        db_collation="C",
                        help_text="field:city, company:industry, tag:<id>, list:<id>, segment:<id>, event:email.opened or time.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "segment"], name="segment_dependency_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "key", "segment"), name="segment_dependency_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentMember",
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
                        "segment_id",
                        "contact_id",
                        blank=True,
                        editable=False,
                        help_text="One of the two indexes; the other leads from the contact to its segments.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "segment_id",
                    models.UUIDField(
                        help_text="Of whichever kind; no foreign key, there is a row for everybody in every segment."
                    ),
                ),
                (
                    "contact_id",
                    models.UUIDField(
                        help_text="Never one in the bin: who goes there leaves, and enters again when restored."
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        help_text="When the row was written: moments after what brought the contact here."
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        help_text="Type of the event that brought the contact here, or a word of ours: time, recount, repair, …"
                    ),
                ),
                ("cause", models.UUIDField(help_text="That event; empty when no single event did it.", null=True)),
            ],
            options={
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "contact_id", "segment_id"], name="segment_member_contact")],
            },
        ),
        migrations.CreateModel(
            name="SegmentPick",
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
                    "segment",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="A static one: the others go by criteria.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="segments.segment",
                    ),
                ),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who was picked; a row outlives the bin, so who is restored is a member again.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "picked_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who put the contact there, also through an API key.",
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
                "indexes": [models.Index(fields=["firm", "contact", "segment"], name="segment_pick_contact")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "segment", "contact"), name="segment_pick_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentSize",
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
                    "segment",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Which one was this large.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="segments.segment",
                    ),
                ),
                (
                    "day",
                    models.DateField(
                        help_text="In the firm's time zone; a day without a row is like the last one before it."
                    ),
                ),
                ("size", models.IntegerField(help_text="Members at the end of the day, or now if it is today.")),
                (
                    "entered",
                    models.IntegerField(
                        default=0,
                        help_text="How often somebody came in during the day; the same contact may count twice.",
                    ),
                ),
                (
                    "left",
                    models.IntegerField(
                        default=0, help_text="How often somebody went during the day; the same contact may count twice."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "segment", "day"), name="segment_size_once")],
            },
        ),
        migrations.CreateModel(
            name="SegmentVersion",
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
                    "segment",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose criteria they are or were.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="segments.segment",
                    ),
                ),
                (
                    "number",
                    models.IntegerField(
                        help_text="Segment.version at that time; numbers are left out where something else changed."
                    ),
                ),
                ("criteria", models.JSONField(help_text="A criteria tree over contacts.")),
                (
                    "note",
                    models.TextField(
                        blank=True, default="", help_text="Why: restored from version 2, created from a starter."
                    ),
                ),
                (
                    "set_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who set these criteria, also through an API key.",
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
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "segment", "number"), name="segment_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TagRule",
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
                ("name", models.TextField(help_text="What the firm calls it, up to 80 characters.")),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents."),
                ),
                (
                    "description",
                    models.TextField(blank=True, default="", help_text="What it is for, up to 500 characters."),
                ),
                (
                    "segment",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose entering and leaving it follows; made for it when it has criteria of its own.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="segments.segment",
                    ),
                ),
                ("add", models.JSONField(default=list, help_text="Ids of tags that are put on contacts who enter.")),
                (
                    "remove",
                    models.JSONField(default=list, help_text="Ids of tags that are taken off contacts who enter."),
                ),
                (
                    "undo_on_leaving",
                    models.BooleanField(
                        default=True,
                        help_text="Whether a contact who leaves loses the tags that this rule put on, and no others.",
                    ),
                ),
                (
                    "paused_at",
                    models.DateTimeField(
                        help_text="Since when it does nothing, by hand or because it went round in circles; empty while it works.",
                        null=True,
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who made it, also through an API key.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "problem",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Why it stopped itself, for people; emptied when it is resumed.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "segment"], name="tag_rule_segment")],
                "constraints": [models.UniqueConstraint(fields=("firm", "name_norm"), name="tag_rule_once")],
            },
        ),
        migrations.CreateModel(
            name="TagRuleApplication",
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
                    "rule",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="By whose word; the row goes with the rule.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="segments.tagrule",
                    ),
                ),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who got the tag by it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "tag",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="One of those that the rule adds.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.tag",
                    ),
                ),
                ("cause", models.UUIDField(help_text="The event of entering.", null=True)),
                (
                    "is_put",
                    models.BooleanField(
                        default=True,
                        help_text="Whether the rule put it there: one that was there already is not the rule's to take off.",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="When the contact left the segment; empty while it is in.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "contact", "created_at"], name="tag_rule_contact"),
                    models.Index(fields=["firm", "tag"], name="tag_rule_tag"),
                    models.Index(fields=["firm", "rule", "created_at"], name="tag_rule_history"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("firm", "rule", "contact", "tag"),
                        name="tag_rule_stands",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonaAssignment",
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
                    "persona",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What the contact is, or by a hand's word is not.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="segments.persona",
                    ),
                ),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who it is said of.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "source",
                    models.TextField(
                        choices=[("hand", "By hand"), ("rule", "By its criteria"), ("refused", "Taken away by hand")],
                        default="hand",
                        help_text="Who said so; what a hand said, no rule changes. Refused rows say that the contact is none.",
                    ),
                ),
                (
                    "assigned_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member whose hand it was; empty for rules.",
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
                "indexes": [models.Index(fields=["firm", "persona", "source", "contact"], name="persona_assigned")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "contact", "persona"), name="persona_assigned_once")
                ],
            },
        ),
    ]
