"""The tables of the room. Databases that were made before 0.1.0 have them from the steps that this replaces."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.clock
import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("sales", "0001_pipelines_and_deals"),
        ("sales", "0002_sums_of_stays"),
        ("sales", "0003_worth_of_history"),
        ("sales", "0004_firm_currency"),
    ]

    dependencies = [
        ("accounts", "0001_initial"),
        ("people", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pipeline",
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
                ("name", models.TextField(help_text="What the firm calls it, up to 100 characters.")),
                ("name_norm", models.TextField(help_text="Folded name (kernel.text): unique among pipelines in use.")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("sales", "Sales"),
                            ("leads", "Leads"),
                            ("hiring", "Hiring"),
                            ("customer_onboarding", "Customer onboarding"),
                            ("employee_onboarding", "Employee onboarding"),
                            ("fulfilment", "Shipping and fulfilment"),
                            ("generic", "Process"),
                        ],
                        default="sales",
                        help_text="As its ready pipeline said; changed and found by, never a rule.",
                    ),
                ),
                (
                    "position",
                    models.IntegerField(default=0, help_text="Rank among the firm's pipelines, lowest first."),
                ),
                (
                    "item_label",
                    models.TextField(default="Deal", help_text="What goes through it: deal, candidate, order …"),
                ),
                (
                    "won_label",
                    models.TextField(default="Won", help_text="How success is called: won, hired, delivered …"),
                ),
                (
                    "lost_label",
                    models.TextField(default="Lost", help_text="How the other end is called: lost, rejected …"),
                ),
                (
                    "visible_from",
                    models.TextField(
                        default="read_only",
                        help_text="Key of the lowest built-in role that sees it; administrators do in any case.",
                    ),
                ),
                (
                    "editable_from",
                    models.TextField(
                        default="member", help_text="Key of the lowest built-in role that may change its deals."
                    ),
                ),
                (
                    "version",
                    models.IntegerField(
                        default=1, help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it."
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when it is out of use; its history stays in the analytics. Empty in use.",
                        null=True,
                    ),
                ),
                (
                    "archived_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who took it out of use.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name_norm"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)), fields=("firm", "name_norm"), name="pipeline_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PipelineTeam",
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
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What only its teams see.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "team",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose members see it.",
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
                    models.UniqueConstraint(fields=("firm", "pipeline", "team"), name="pipeline_team_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
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
                ("name", models.TextField(help_text="What the firm calls it, up to 200 characters.")),
                ("name_norm", models.TextField(help_text="Folded name (kernel.text): unique among products on offer.")),
                ("sku", models.TextField(blank=True, default="", help_text="The firm's own code.")),
                (
                    "description",
                    models.TextField(blank=True, default="", help_text="Free text of up to 2,000 characters."),
                ),
                ("unit", models.TextField(blank=True, default="", help_text="What is counted: hour, licence, piece …")),
                (
                    "unit_price",
                    models.BigIntegerField(
                        default=0, help_text="Minor units of its currency for one unit, such as cents."
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        help_text="ISO 4217; in deals of another currency the price is converted.", max_length=3
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when it is off the list; deals that hold it keep it. Empty on offer.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["name_norm"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)), fields=("firm", "name_norm"), name="product_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None), models.Q(("sku", ""), _negated=True)),
                        fields=("firm", "sku"),
                        name="product_sku_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reason",
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
                        choices=[("win", "Reason to win"), ("loss", "Reason to lose"), ("competitor", "Competitor")],
                        default="loss",
                        help_text="Whether deals are won by it, lost by it, or lost to it.",
                    ),
                ),
                (
                    "name",
                    models.TextField(
                        help_text="The firm's word, up to 100 characters; renaming shows in past ends too."
                    ),
                ),
                (
                    "name_norm",
                    models.TextField(help_text="Folded name (kernel.text): unique in its kind among those in use."),
                ),
                ("position", models.IntegerField(default=0, help_text="Rank within its kind, lowest first.")),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when it is no longer offered; past ends keep it. Empty in use.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name_norm"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)),
                        fields=("firm", "kind", "name_norm"),
                        name="reason_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesSettings",
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
                    "silent_days",
                    models.IntegerField(default=14, help_text="Days without a word after which a deal is unwell."),
                ),
                (
                    "loss_reason_required",
                    models.BooleanField(
                        default=True, help_text="Whether losing a deal needs a reason; imports may go without."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm",), name="sales_settings_once")],
            },
        ),
        migrations.CreateModel(
            name="ScoreRule",
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
                ("name", models.TextField(help_text="Shown as a reason beside the score, up to 120 characters.")),
                (
                    "criteria",
                    models.JSONField(
                        default=dict, help_text="A criteria tree over deals; closed ones keep the score they had."
                    ),
                ),
                (
                    "points",
                    models.IntegerField(
                        default=10, help_text="Added to the score of each deal that meets it, -1,000 to 1,000."
                    ),
                ),
                (
                    "position",
                    models.IntegerField(
                        default=0, help_text="Rank in the order in which reasons are shown, lowest first."
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Whether it counts; one that is switched off keeps its criteria."
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Stage",
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
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What it is a step of; never changes.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "name",
                    models.TextField(help_text="Up to 80 characters; the two ends are called as the pipeline says."),
                ),
                (
                    "position",
                    models.IntegerField(
                        help_text="Rank from the left, from 1; the two ends stand behind all others, from 1,000,000."
                    ),
                ),
                ("color", models.TextField(default="slate", help_text="A name of the palette.")),
                (
                    "kind",
                    models.TextField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        help_text="Whether deals stay open in it, or end there.",
                    ),
                ),
                (
                    "probability",
                    models.IntegerField(default=0, help_text="Percent of deals here that are won in the end."),
                ),
                (
                    "forecast",
                    models.TextField(
                        choices=[
                            ("pipeline", "Pipeline"),
                            ("best_case", "Best case"),
                            ("commit", "Committed"),
                            ("omit", "Left out"),
                        ],
                        default="pipeline",
                        help_text="What its deals count as in a forecast unless they say so themselves.",
                    ),
                ),
                (
                    "rotting_days",
                    models.IntegerField(
                        blank=True, help_text="Days after which a deal has stayed too long.", null=True
                    ),
                ),
                (
                    "shift_close_days",
                    models.IntegerField(
                        blank=True,
                        help_text="Days that entering moves the expected close date by; may be negative.",
                        null=True,
                    ),
                ),
                (
                    "required_fields",
                    models.JSONField(blank=True, default=list, help_text="Names of fields a deal needs to enter."),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was deleted: it is kept for the history of the deals that went through it.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "pipeline", "position"], name="stage_pipeline")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("kind", "open"), _negated=True), ("archived_at", None)),
                        fields=("firm", "pipeline", "kind"),
                        name="stage_end_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deal",
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
                ("name", models.TextField(help_text="Its title, in whatever words the firm uses.")),
                ("sort_key", models.TextField(blank=True, default="", help_text="Folded title.")),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The one that its stage is a step of.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where it stands; a closed deal is in the won or lost stage of its pipeline.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sales.stage",
                    ),
                ),
                (
                    "rank",
                    models.FloatField(
                        default=0.0,
                        help_text="Place of its card in the column, lowest on top: a number between those of its neighbours.",
                    ),
                ),
                (
                    "stage_entered_at",
                    models.DateTimeField(help_text="When it came into the stage; the beginning of its open stay."),
                ),
                (
                    "outcome",
                    models.TextField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        help_text="Open, or how it ended: moved by winning, losing and reopening alone.",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was won or lost; empty while it is open.", null=True
                    ),
                ),
                (
                    "value",
                    models.BigIntegerField(
                        blank=True, help_text="Minor units of its currency, such as cents; empty is unknown.", null=True
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        help_text="ISO 4217; the firm's own unless somebody says otherwise.", max_length=3
                    ),
                ),
                (
                    "base_value",
                    models.FloatField(
                        blank=True,
                        help_text="The value in major units of the firm's currency at today's rate: to filter and order by, never to sum.",
                        null=True,
                    ),
                ),
                (
                    "value_from_items",
                    models.BooleanField(default=False, help_text="The value is the sum of the line items."),
                ),
                (
                    "expected_close",
                    models.DateField(
                        blank=True,
                        help_text="Day on which it should be won; every change is kept. Empty is unknown.",
                        null=True,
                    ),
                ),
                (
                    "forecast",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("pipeline", "Pipeline"),
                            ("best_case", "Best case"),
                            ("commit", "Committed"),
                            ("omit", "Left out"),
                        ],
                        default="",
                        help_text="Empty: as the stage says.",
                    ),
                ),
                (
                    "priority",
                    models.TextField(
                        blank=True,
                        choices=[("low", "Low"), ("normal", "Normal"), ("high", "High"), ("urgent", "Urgent")],
                        default="",
                        help_text="How pressing it is; empty is unsaid.",
                    ),
                ),
                (
                    "next_step",
                    models.TextField(
                        blank=True, default="", help_text="What somebody is to do about it next, in words."
                    ),
                ),
                ("description", models.TextField(blank=True, default="", help_text="Free text of several lines.")),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The primary one of its people.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "company",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The primary one of its companies.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.company",
                    ),
                ),
                (
                    "regressions",
                    models.IntegerField(default=0, help_text="How often it went back to an earlier stage."),
                ),
                (
                    "score",
                    models.IntegerField(
                        default=0,
                        help_text="Sum of the points of the score rules it meets; derived, it moves no version.",
                    ),
                ),
                (
                    "last_activity_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When something last happened with it, by the log: a change or an activity.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("outcome", "open")),
                        fields=["firm", "stage", "rank", "id"],
                        include=("owner", "currency", "value"),
                        name="deal_board",
                    ),
                    models.Index(fields=["firm", "pipeline", "outcome", "expected_close"], name="deal_close_of"),
                    models.Index(
                        condition=models.Q(("deleted_at", None)), fields=["firm", "sort_key", "id"], name="deal_name"
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "created_at", "id"],
                        name="deal_created",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "updated_at", "id"],
                        name="deal_updated",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)), fields=["firm", "base_value", "id"], name="deal_value"
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "expected_close", "id"],
                        name="deal_close",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)), fields=["firm", "score", "id"], name="deal_score"
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "last_activity_at", "id"],
                        name="deal_active",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["firm", "stage_entered_at", "id"],
                        name="deal_entered",
                    ),
                    models.Index(
                        condition=models.Q(("owner__isnull", False)), fields=["firm", "owner", "id"], name="deal_owner"
                    ),
                    models.Index(
                        condition=models.Q(("contact__isnull", False)), fields=["firm", "contact"], name="deal_contact"
                    ),
                    models.Index(
                        condition=models.Q(("company__isnull", False)), fields=["firm", "company"], name="deal_company"
                    ),
                    models.Index(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=["firm", "external_id"],
                        name="deal_external",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["firm", "deleted_at"],
                        name="deal_bin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastEntry",
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
                    "taken_on",
                    models.DateField(help_text="First day of the month at whose beginning it was written down."),
                ),
                (
                    "month",
                    models.DateField(help_text="First day of the month in which the deal was expected to close."),
                ),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="An open one with a value, a close date and a rate for its currency.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.deal",
                    ),
                ),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where the deal was then.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who looked after the deal then; empty was nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "category",
                    models.TextField(
                        choices=[
                            ("pipeline", "Pipeline"),
                            ("best_case", "Best case"),
                            ("commit", "Committed"),
                            ("omit", "Left out"),
                        ],
                        default="pipeline",
                        help_text="The deal's own, else its stage's; what is left out has no entry.",
                    ),
                ),
                (
                    "probability",
                    models.IntegerField(default=0, help_text="Percent, of the stage in which the deal was."),
                ),
                (
                    "value",
                    models.BigIntegerField(
                        blank=True, help_text="The deal's value then, in minor units of its own currency.", null=True
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="ISO 4217, of the value; empty in what older versions kept, which is in the firm's.",
                        max_length=3,
                    ),
                ),
                (
                    "weighted_value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="The value times the probability in percent: hundredths of its minor units.",
                        null=True,
                    ),
                ),
                (
                    "base_value",
                    models.BigIntegerField(
                        default=0,
                        help_text="The deal's value in minor units of the firm's currency at that day's rate.",
                    ),
                ),
                (
                    "weighted",
                    models.BigIntegerField(
                        default=0, help_text="The value times the probability, in minor units of the firm's currency."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "pipeline", "taken_on", "month"], name="forecast_entry_month"),
                    models.Index(fields=["firm", "deal"], name="forecast_entry_deal"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "taken_on", "deal"), name="forecast_entry_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CloseDateChange",
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
                    "value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Minor units of the deal's currency at that moment; empty is unknown.",
                        null=True,
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True, db_default="", default="", help_text="ISO 4217: the value's.", max_length=3
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=10,
                        help_text="Rate of the day into the firm's currency; follows when the firm edits its rates. Empty without one.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "base_value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="The value at that rate, in minor units of the firm's currency.",
                        null=True,
                    ),
                ),
                (
                    "is_live",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="False while the deal is in the bin: the analytics leave it out.",
                    ),
                ),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose date it was; its history goes with it when it is purged.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="close_dates",
                        to="sales.deal",
                    ),
                ),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where the deal was then.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who looked after the deal then; empty was nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("changed_at", models.DateTimeField(help_text="When somebody moved the date.")),
                (
                    "changed_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who moved it; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "changed_by_label",
                    models.TextField(blank=True, default="", help_text="Who moved it, by the name of then."),
                ),
                (
                    "before",
                    models.DateField(
                        blank=True, help_text="The date there was; empty when it is the deal's first.", null=True
                    ),
                ),
                (
                    "after",
                    models.DateField(
                        blank=True, help_text="The date there is now; empty when it was taken away.", null=True
                    ),
                ),
                (
                    "days",
                    models.IntegerField(
                        blank=True,
                        help_text="How much later it became, negative for earlier; empty unless there are both dates.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "deal", "changed_at"], name="close_date_deal"),
                    models.Index(
                        condition=models.Q(("is_live", True)),
                        fields=["firm", "pipeline", "changed_at"],
                        include=("owner", "days", "deal", "base_value"),
                        name="close_date_slippage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineItem",
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
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What it is a part of; its currency is that of the prices.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="sales.deal",
                    ),
                ),
                (
                    "product",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Where name and price came from; empty for what was only written.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.product",
                    ),
                ),
                ("name", models.TextField(help_text="What was sold, as it was called then; up to 200 characters.")),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("1"),
                        help_text="How many units, to three decimal places.",
                        max_digits=14,
                    ),
                ),
                (
                    "unit_price",
                    models.BigIntegerField(
                        default=0, help_text="Minor units of the deal's currency for one unit, as agreed."
                    ),
                ),
                (
                    "discount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="Percent off the price, 0 to 100.",
                        max_digits=5,
                    ),
                ),
                (
                    "total",
                    models.BigIntegerField(
                        default=0, help_text="Quantity times price less the discount, rounded half up, in minor units."
                    ),
                ),
                ("position", models.IntegerField(default=0, help_text="Rank within the deal, from 0.")),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "deal", "position"], name="line_item_deal"),
                    models.Index(
                        condition=models.Q(("product__isnull", False)),
                        fields=["firm", "product"],
                        name="line_item_product",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
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
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What was taken up again.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopenings",
                        to="sales.deal",
                    ),
                ),
                ("occurred_at", models.DateTimeField(help_text="When it was taken up again.")),
                (
                    "reopened_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who did it; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "reopened_by_label",
                    models.TextField(blank=True, default="", help_text="Who did it, by the name of then."),
                ),
                (
                    "was",
                    models.TextField(
                        choices=[("won", "Won"), ("lost", "Lost")], default="lost", help_text="How the deal had ended."
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where it goes on.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.stage",
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, default="", help_text="Why, as plain text of up to 2,000 characters."),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "deal", "occurred_at"], name="reopening_deal")],
            },
        ),
        migrations.CreateModel(
            name="Loss",
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
                    "value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Minor units of the deal's currency at that moment; empty is unknown.",
                        null=True,
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=10,
                        help_text="Rate of the day into the firm's currency; follows when the firm edits its rates. Empty without one.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "base_value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="The value at that rate, in minor units of the firm's currency.",
                        null=True,
                    ),
                ),
                (
                    "is_live",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="False while the deal is in the bin: the analytics leave it out.",
                    ),
                ),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What was won or lost; its history goes with it when it is purged.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.deal",
                    ),
                ),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where the deal was.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The open stage in which it stood before.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.stage",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who looked after the deal then; empty was nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "occurred_at",
                    models.DateTimeField(
                        help_text="When it was decided; may lie before the row for deals that were imported."
                    ),
                ),
                (
                    "decided_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who closed it; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "decided_by_label",
                    models.TextField(blank=True, default="", help_text="Who closed it, by the name of then."),
                ),
                (
                    "reason",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="A word of the list of wins or of losses; empty is unsaid.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.reason",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, default="", help_text="More about why, as plain text of up to 2,000 characters."
                    ),
                ),
                ("currency", models.CharField(help_text="ISO 4217: that of the value.", max_length=3)),
                ("seconds", models.BigIntegerField(default=0, help_text="From the deal's creation to its end.")),
                (
                    "reopened_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the deal was taken up again, since when this end no longer counts; empty while it stands.",
                        null=True,
                    ),
                ),
                (
                    "competitor",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="To whom it was lost, one of the firm's list; empty is unsaid.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.reason",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_live", True), ("reopened_at", None)),
                        fields=["firm", "pipeline", "occurred_at"],
                        include=("owner", "reason", "competitor", "base_value", "seconds", "deal", "stage"),
                        name="loss_analytics",
                    ),
                    models.Index(fields=["firm", "deal", "occurred_at"], name="loss_deal"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reopened_at", None)), fields=("firm", "deal"), name="loss_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StageStay",
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
                    "value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Minor units of the deal's currency at that moment; empty is unknown.",
                        null=True,
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True, db_default="", default="", help_text="ISO 4217: the value's.", max_length=3
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=10,
                        help_text="Rate of the day into the firm's currency; follows when the firm edits its rates. Empty without one.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "base_value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="The value at that rate, in minor units of the firm's currency.",
                        null=True,
                    ),
                ),
                (
                    "is_live",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="False while the deal is in the bin: the analytics leave it out.",
                    ),
                ),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What stayed; its history goes with it when it is purged.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stays",
                        to="sales.deal",
                    ),
                ),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The stage's, kept beside it for indexes.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where it stayed; a stage that is deleted is only archived, so this names it for ever.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.stage",
                    ),
                ),
                (
                    "from_stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Where it came from; empty for the stay that a deal begins with.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.stage",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who looked after the deal when it came; empty was nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        help_text="When it came; may lie before the row for deals that were imported."
                    ),
                ),
                (
                    "left_at",
                    models.DateTimeField(
                        blank=True, help_text="When it left; empty for the one stay that goes on.", null=True
                    ),
                ),
                (
                    "seconds",
                    models.BigIntegerField(blank=True, help_text="How long it lasted, once it is over.", null=True),
                ),
                (
                    "exit",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("", "Still there"),
                            ("forward", "Went on"),
                            ("backward", "Went back"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                            ("elsewhere", "Went to another pipeline"),
                            ("reopened", "Reopened"),
                        ],
                        default="",
                        help_text="How it ended; empty while it goes on.",
                    ),
                ),
                (
                    "moved_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who brought it here; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "moved_by_label",
                    models.TextField(blank=True, default="", help_text="Who brought it here, by the name of then."),
                ),
                (
                    "visit",
                    models.IntegerField(
                        default=1, help_text="Which stay of this deal in this stage it is, counted from 1."
                    ),
                ),
                ("is_regression", models.BooleanField(default=False, help_text="It came from a later stage.")),
                (
                    "advanced_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the deal first got beyond this stage, or was won; only first visits tell it.",
                        null=True,
                    ),
                ),
                (
                    "is_foreign",
                    models.BooleanField(db_default=False, default=False, help_text="Not in the firm's currency."),
                ),
                (
                    "stalled_at",
                    models.DateTimeField(blank=True, help_text="When it was said that it stays too long.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "deal", "entered_at"], name="stage_stay_deal"),
                    models.Index(
                        condition=models.Q(("is_live", True)),
                        fields=["firm", "pipeline", "entered_at"],
                        include=(
                            "stage",
                            "owner",
                            "visit",
                            "is_regression",
                            "advanced_at",
                            "exit",
                            "seconds",
                            "deal",
                            "base_value",
                            "from_stage",
                        ),
                        name="stage_stay_funnel",
                    ),
                    models.Index(
                        condition=models.Q(("is_foreign", True), ("is_live", True)),
                        fields=["firm", "pipeline", "entered_at"],
                        include=("owner", "deal", "currency", "rate", "value", "base_value"),
                        name="stage_stay_foreign",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)), fields=("firm", "deal"), name="stage_stay_open_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StayTally",
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
                ("pipeline_id", models.UUIDField(help_text="Of the stays; no foreign key, the row is derived.")),
                ("day", models.DateField(help_text="Day in UTC on which the stays began.")),
                ("stage_id", models.UUIDField(help_text="Where the deals stayed.")),
                (
                    "back_from_id",
                    models.UUIDField(
                        help_text="The later stage that they came back from; empty for stays that are no regression.",
                        null=True,
                    ),
                ),
                (
                    "owner_id",
                    models.UUIDField(
                        help_text="Who looked after the deals when they came; empty was nobody.", null=True
                    ),
                ),
                ("regressed", models.BigIntegerField(help_text="Stays that came from a later stage.")),
                ("came", models.BigIntegerField(help_text="Stays of deals that were new in the pipeline.")),
                (
                    "came_value",
                    models.BigIntegerField(
                        help_text="What those deals were worth then, in minor units of the firm's currency."
                    ),
                ),
                ("entered", models.BigIntegerField(help_text="First visits of a deal to the stage.")),
                (
                    "entered_value",
                    models.BigIntegerField(
                        help_text="What those deals were worth then, in minor units of the firm's currency."
                    ),
                ),
                ("advanced", models.BigIntegerField(help_text="First visits that got beyond the stage.")),
                ("lost", models.BigIntegerField(help_text="Stays that ended because the deal was lost.")),
                ("staying", models.BigIntegerField(help_text="Stays that still go on.")),
                ("stayed", models.BigIntegerField(help_text="Stays that are over.")),
                ("seconds", models.BigIntegerField(help_text="How long those that are over lasted together.")),
            ],
            options={
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "pipeline_id", "day"], name="stay_tally_days")],
            },
        ),
        migrations.CreateModel(
            name="Win",
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
                    "value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Minor units of the deal's currency at that moment; empty is unknown.",
                        null=True,
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=10,
                        help_text="Rate of the day into the firm's currency; follows when the firm edits its rates. Empty without one.",
                        max_digits=20,
                        null=True,
                    ),
                ),
                (
                    "base_value",
                    models.BigIntegerField(
                        blank=True,
                        help_text="The value at that rate, in minor units of the firm's currency.",
                        null=True,
                    ),
                ),
                (
                    "is_live",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="False while the deal is in the bin: the analytics leave it out.",
                    ),
                ),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What was won or lost; its history goes with it when it is purged.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.deal",
                    ),
                ),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where the deal was.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The open stage in which it stood before.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.stage",
                    ),
                ),
                (
                    "owner",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who looked after the deal then; empty was nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "occurred_at",
                    models.DateTimeField(
                        help_text="When it was decided; may lie before the row for deals that were imported."
                    ),
                ),
                (
                    "decided_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who closed it; empty for the system's own work.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "decided_by_label",
                    models.TextField(blank=True, default="", help_text="Who closed it, by the name of then."),
                ),
                (
                    "reason",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="A word of the list of wins or of losses; empty is unsaid.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.reason",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, default="", help_text="More about why, as plain text of up to 2,000 characters."
                    ),
                ),
                ("currency", models.CharField(help_text="ISO 4217: that of the value.", max_length=3)),
                ("seconds", models.BigIntegerField(default=0, help_text="From the deal's creation to its end.")),
                (
                    "reopened_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the deal was taken up again, since when this end no longer counts; empty while it stands.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_live", True), ("reopened_at", None)),
                        fields=["firm", "pipeline", "occurred_at"],
                        include=("owner", "reason", "base_value", "seconds", "deal"),
                        name="win_analytics",
                    ),
                    models.Index(fields=["firm", "deal", "occurred_at"], name="win_deal"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reopened_at", None)), fields=("firm", "deal"), name="win_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CurrencyChange",
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
                    "before",
                    models.CharField(help_text="ISO 4217; what amounts that are not done yet are in.", max_length=3),
                ),
                (
                    "after",
                    models.CharField(help_text="ISO 4217; what amounts are in once they are done.", max_length=3),
                ),
                (
                    "changed_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who changed it, also through an API key.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "changed_by_label",
                    models.TextField(blank=True, default="", help_text="Who changed it, by the name of then."),
                ),
                (
                    "done",
                    models.BigIntegerField(default=0, help_text="Deals and rows of their history that are worked out."),
                ),
                (
                    "total",
                    models.BigIntegerField(
                        default=0, help_text="Deals and rows of their history there were at the start."
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When all was worked out, or another change took over; empty until then.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at", None)), fields=("firm",), name="currency_change_open_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CurrencyRate",
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
                ("currency", models.CharField(help_text="ISO 4217; never the firm's own.", max_length=3)),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=40,
                        default=Decimal("1"),
                        help_text="What one unit of it is worth in units of the firm's currency; beyond ten decimal places if carried.",
                        max_digits=60,
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        help_text="First day it holds, until the next one of the currency; before the first, the first holds."
                    ),
                ),
                (
                    "is_carried",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Its day comes from another rate, when the firm's currency changed.",
                    ),
                ),
                (
                    "set_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member who set it, also through an API key.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["currency", "-valid_from"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "currency", "valid_from"), name="currency_rate_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DealCompany",
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
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What the company has a part in.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="companies",
                        to="sales.deal",
                    ),
                ),
                (
                    "company",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Which organisation has a part in it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.company",
                    ),
                ),
                (
                    "role",
                    models.TextField(
                        blank=True, default="", help_text="As what: customer, partner, …; up to 80 characters."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "company", "deal"], name="deal_company_of")],
                "constraints": [models.UniqueConstraint(fields=("firm", "deal", "company"), name="deal_company_once")],
            },
        ),
        migrations.CreateModel(
            name="DealContact",
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
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What the person has a part in.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="sales.deal",
                    ),
                ),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who has a part in it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "role",
                    models.TextField(
                        blank=True, default="", help_text="As what: decision maker, champion, …; up to 80 characters."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "contact", "deal"], name="deal_contact_of")],
                "constraints": [models.UniqueConstraint(fields=("firm", "deal", "contact"), name="deal_contact_once")],
            },
        ),
    ]
