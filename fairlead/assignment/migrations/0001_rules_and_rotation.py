import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rule",
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
                    "noun",
                    models.TextField(
                        choices=[("contact", "Contacts"), ("deal", "Deals")],
                        default="contact",
                        help_text="What it assigns; stays for good.",
                    ),
                ),
                (
                    "name",
                    models.TextField(
                        help_text="What the firm calls it, up to 80 characters; kept with what it assigned."
                    ),
                ),
                ("name_norm", models.TextField(help_text="Folded name (kernel.text): unique among the noun's rules.")),
                (
                    "position",
                    models.IntegerField(
                        default=0, help_text="Rank among the noun's rules, lowest first: the first that fits decides."
                    ),
                ),
                ("criteria", models.JSONField(default=dict, help_text="A criteria tree over the noun.")),
                (
                    "takers_from",
                    models.TextField(
                        choices=[
                            ("members", "Chosen people"),
                            ("team", "A team"),
                            ("territory", "The territory of the record"),
                            ("relation", "Who owns its company or contact"),
                        ],
                        default="members",
                        help_text="Where those who may take a record come from.",
                    ),
                ),
                (
                    "choice",
                    models.TextField(
                        choices=[("turn", "In turn"), ("load", "Who has the fewest open ones")],
                        default="turn",
                        help_text="Which of the free takers is next.",
                    ),
                ),
                (
                    "team",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Whose members take; set when the takers come from a team, else empty.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "paused_at",
                    models.DateTimeField(help_text="Since when it is not asked; empty while it is.", null=True),
                ),
                ("problem", models.TextField(blank=True, default="", help_text="Why it cannot be asked any more.")),
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
                    models.Index(fields=["firm", "noun", "position"], name="assignment_rule_order"),
                    models.Index(
                        condition=models.Q(("team__isnull", False)),
                        fields=["firm", "team"],
                        name="assignment_rule_team",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "noun", "name_norm"), name="assignment_rule_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
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
                    "noun",
                    models.TextField(
                        choices=[("contact", "Contacts"), ("deal", "Deals")],
                        help_text="What was given; with the id it names the record.",
                    ),
                ),
                (
                    "record_id",
                    models.UUIDField(
                        help_text="The record that was given; no foreign key, as it may be a contact or a deal."
                    ),
                ),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who got it; emptied when that membership goes.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "rule",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="By which rule; empty for a turn in a team, or when the rule was deleted.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assignment.rule",
                    ),
                ),
                (
                    "rule_name",
                    models.TextField(
                        blank=True, default="", help_text="What the rule was called then; empty for a turn in a team."
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, default="", help_text="A sentence for people: why this member."),
                ),
                (
                    "passed",
                    models.JSONField(
                        default=list,
                        help_text="Who was passed over and why, [[name, why], …], in all rules that were asked.",
                    ),
                ),
                (
                    "cause",
                    models.UUIDField(help_text="The event that asked for it; None when a person did.", null=True),
                ),
                (
                    "assigned_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who asked for it; empty when the rules acted by themselves.",
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
                    models.Index(fields=["firm", "noun", "record_id", "created_at"], name="assignment_of_record"),
                    models.Index(fields=["firm", "rule", "created_at"], name="assignment_of_rule"),
                    models.Index(fields=["firm", "member", "created_at"], name="assignment_of_member"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cause__isnull", False)),
                        fields=("firm", "cause"),
                        name="assignment_cause_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleTaker",
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
                        help_text="Who may be given a record.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "share",
                    models.SmallIntegerField(
                        default=1,
                        help_text="1 to 10: who has twice the share of another gets twice as many.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                (
                    "rule",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="By which rule, when its takers are chosen people.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takers",
                        to="assignment.rule",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "member"], name="assignment_taker_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "rule", "member"), name="assignment_taker_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Territory",
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
                ("name", models.TextField(help_text="What the firm calls it; several may overlap.")),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents."),
                ),
                ("countries", models.JSONField(default=list, help_text="ISO 3166-1 alpha-2.")),
                ("regions", models.JSONField(default=list, help_text="Regions as people write them; compared folded.")),
                (
                    "postal_codes",
                    models.JSONField(
                        default=list, help_text="Beginnings of postal codes, compared without spaces and hyphens."
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
                    models.UniqueConstraint(fields=("firm", "name_norm"), name="assignment_territory_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TerritoryTaker",
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
                        help_text="Who may be given a record.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "share",
                    models.SmallIntegerField(
                        default=1,
                        help_text="1 to 10: who has twice the share of another gets twice as many.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                (
                    "territory",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where the member looks after records.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takers",
                        to="assignment.territory",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "member"], name="assignment_in_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "territory", "member"), name="assignment_in_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
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
                    "pool",
                    models.TextField(
                        db_collation="C",
                        help_text="What takes turns: rule:<id>, rule:<id>:<territory> or team:<id>:<noun>.",
                    ),
                ),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who stands in the pool.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "tag",
                    models.BigIntegerField(
                        default=0,
                        help_text="The moment, in the pool's own time, until which the member has been served.",
                    ),
                ),
                (
                    "began",
                    models.BigIntegerField(
                        default=0, help_text="Where in the pool's time the last choice of the member began."
                    ),
                ),
                (
                    "served",
                    models.BigIntegerField(
                        default=0, help_text="The number of the pool's last choice that fell on the member."
                    ),
                ),
                ("count", models.BigIntegerField(default=0, help_text="How often it did.")),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "member"], name="assignment_turn_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "pool", "member"), name="assignment_turn_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
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
                    "noun",
                    models.TextField(
                        choices=[("contact", "Contacts"), ("deal", "Deals")],
                        help_text="What waits; with the id it names the record.",
                    ),
                ),
                (
                    "record_id",
                    models.UUIDField(
                        help_text="The record that nobody owns yet; no foreign key, as it may be a contact or a deal."
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The rule that it fits, and why none of its takers is free; up to 500 characters.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "noun", "record_id"), name="assignment_waiting_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                        help_text="Who gets nothing by rules in that time.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("first_day", models.DateField(help_text="Included, in the firm's time zone.")),
                (
                    "last_day",
                    models.DateField(
                        help_text="Included, in the firm's time zone; at most three years after the first."
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, default="", help_text="Why, for colleagues, up to 200 characters."),
                ),
                (
                    "set_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who said so: the member, or who manages assignment.",
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
                    models.Index(fields=["firm", "last_day", "member"], name="assignment_absence_until"),
                    models.Index(fields=["firm", "member"], name="assignment_absence_member"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="assignment_absence_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Capacity",
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
                        help_text="Whose limits they are.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "contacts",
                    models.IntegerField(
                        blank=True,
                        help_text="Open contacts at which nothing more comes by rules; empty is no limit.",
                        null=True,
                    ),
                ),
                (
                    "deals",
                    models.IntegerField(
                        blank=True,
                        help_text="Open deals at which nothing more comes by rules; empty is no limit.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "member"), name="assignment_capacity_once")],
            },
        ),
    ]
