from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.clock
import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_firms_of_a_user"),
        ("people", "0004_contacts_in_order"),
        ("tenancy", "0003_muting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deal",
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
                ("name", models.TextField()),
                ("sort_key", models.TextField(blank=True, default="", help_text="Folded title.")),
                ("rank", models.FloatField(default=0.0)),
                ("stage_entered_at", models.DateTimeField()),
                (
                    "outcome",
                    models.TextField(choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")], default="open"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("value", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("base_value", models.FloatField(blank=True, null=True)),
                (
                    "value_from_items",
                    models.BooleanField(default=False, help_text="The value is the sum of the line items."),
                ),
                ("expected_close", models.DateField(blank=True, null=True)),
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
                    ),
                ),
                ("next_step", models.TextField(blank=True, default="")),
                ("description", models.TextField(blank=True, default="")),
                (
                    "regressions",
                    models.IntegerField(default=0, help_text="How often it went back to an earlier stage."),
                ),
                ("score", models.IntegerField(default=0)),
                ("last_activity_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.company",
                    ),
                ),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.contact",
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
            },
        ),
        migrations.CreateModel(
            name="Pipeline",
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
                    ),
                ),
                ("position", models.IntegerField(default=0)),
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
                ("visible_from", models.TextField(default="read_only")),
                ("editable_from", models.TextField(default="member")),
                ("version", models.IntegerField(default=1)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "archived_by",
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
            name="ForecastEntry",
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
                ("taken_on", models.DateField()),
                ("month", models.DateField()),
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
                    ),
                ),
                ("probability", models.IntegerField(default=0)),
                ("base_value", models.BigIntegerField(default=0)),
                ("weighted", models.BigIntegerField(default=0)),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sales.deal"
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
                    ),
                ),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
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
        migrations.AddField(
            model_name="deal",
            name="pipeline",
            field=fairlead.tenancy.base.FirmForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sales.pipeline"
            ),
        ),
        migrations.CreateModel(
            name="CloseDateChange",
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
                ("changed_at", models.DateTimeField()),
                ("changed_by_label", models.TextField(blank=True, default="")),
                ("before", models.DateField(blank=True, null=True)),
                ("after", models.DateField(blank=True, null=True)),
                ("days", models.IntegerField(blank=True, null=True)),
                ("base_value", models.BigIntegerField(blank=True, null=True)),
                ("is_live", models.BooleanField(db_default=True, default=True)),
                (
                    "changed_by",
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
                    "owner",
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
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="close_dates",
                        to="sales.deal",
                    ),
                ),
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
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
            name="PipelineTeam",
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
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "team",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
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
                ("sku", models.TextField(blank=True, default="", help_text="The firm's own code.")),
                ("description", models.TextField(blank=True, default="")),
                ("unit", models.TextField(blank=True, default="", help_text="What is counted: hour, licence, piece …")),
                ("unit_price", models.BigIntegerField(default=0)),
                ("currency", models.CharField(max_length=3)),
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
            name="LineItem",
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
                ("quantity", models.DecimalField(decimal_places=3, default=Decimal("1"), max_digits=14)),
                ("unit_price", models.BigIntegerField(default=0, help_text="Minor units.")),
                (
                    "discount",
                    models.DecimalField(decimal_places=2, default=Decimal("0"), help_text="Percent.", max_digits=5),
                ),
                ("total", models.BigIntegerField(default=0, help_text="Minor units.")),
                ("position", models.IntegerField(default=0)),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="sales.deal",
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
                    "product",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.product",
                    ),
                ),
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
            name="Reason",
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
                        choices=[("win", "Reason to win"), ("loss", "Reason to lose"), ("competitor", "Competitor")],
                        default="loss",
                    ),
                ),
                ("name", models.TextField()),
                ("name_norm", models.TextField(help_text="Folded name.")),
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
                    "silent_days",
                    models.IntegerField(default=14, help_text="Days without a word after which a deal is unwell."),
                ),
                ("loss_reason_required", models.BooleanField(default=True)),
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
                ("criteria", models.JSONField(default=dict)),
                ("points", models.IntegerField(default=10)),
                ("position", models.IntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
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
                ("position", models.IntegerField()),
                ("color", models.TextField(default="slate", help_text="A name of the palette.")),
                (
                    "kind",
                    models.TextField(choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")], default="open"),
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
                (
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="sales.pipeline",
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
            name="Reopening",
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
                ("occurred_at", models.DateTimeField()),
                ("reopened_by_label", models.TextField(blank=True, default="")),
                ("was", models.TextField(choices=[("won", "Won"), ("lost", "Lost")], default="lost")),
                ("note", models.TextField(blank=True, default="")),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopenings",
                        to="sales.deal",
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
                    "reopened_by",
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
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Where it goes on.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.stage",
                    ),
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
                ("occurred_at", models.DateTimeField()),
                ("decided_by_label", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("value", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("rate", models.DecimalField(blank=True, decimal_places=10, max_digits=20, null=True)),
                ("base_value", models.BigIntegerField(blank=True, null=True)),
                ("seconds", models.BigIntegerField(default=0, help_text="From the deal's creation to its end.")),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("is_live", models.BooleanField(db_default=True, default=True)),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sales.deal"
                    ),
                ),
                (
                    "decided_by",
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
                    "owner",
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
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "competitor",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.reason",
                    ),
                ),
                (
                    "reason",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.reason",
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sales.stage"
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
        migrations.AddField(
            model_name="deal",
            name="stage",
            field=fairlead.tenancy.base.FirmForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sales.stage"
            ),
        ),
        migrations.CreateModel(
            name="StageStay",
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
                ("entered_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
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
                    ),
                ),
                (
                    "moved_by_label",
                    models.TextField(blank=True, default="", help_text="Who brought it here, by the name of then."),
                ),
                ("visit", models.IntegerField(default=1)),
                ("is_regression", models.BooleanField(default=False, help_text="It came from a later stage.")),
                ("advanced_at", models.DateTimeField(blank=True, null=True)),
                ("base_value", models.BigIntegerField(blank=True, null=True)),
                (
                    "stalled_at",
                    models.DateTimeField(blank=True, help_text="When it was said that it stays too long.", null=True),
                ),
                ("is_live", models.BooleanField(db_default=True, default=True)),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stays",
                        to="sales.deal",
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
                    "from_stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.stage",
                    ),
                ),
                (
                    "moved_by",
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
                    "owner",
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
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sales.stage"
                    ),
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
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)), fields=("firm", "deal"), name="stage_stay_open_once"
                    )
                ],
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
                ("occurred_at", models.DateTimeField()),
                ("decided_by_label", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("value", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("rate", models.DecimalField(blank=True, decimal_places=10, max_digits=20, null=True)),
                ("base_value", models.BigIntegerField(blank=True, null=True)),
                ("seconds", models.BigIntegerField(default=0, help_text="From the deal's creation to its end.")),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("is_live", models.BooleanField(db_default=True, default=True)),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sales.deal"
                    ),
                ),
                (
                    "decided_by",
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
                    "owner",
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
                    "pipeline",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sales.pipeline",
                    ),
                ),
                (
                    "reason",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sales.reason",
                    ),
                ),
                (
                    "stage",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sales.stage"
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
            name="CurrencyRate",
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
                ("currency", models.CharField(max_length=3)),
                ("rate", models.DecimalField(decimal_places=10, default=Decimal("1"), max_digits=20)),
                ("valid_from", models.DateField()),
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
                    "set_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
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
                ("role", models.TextField(blank=True, default="")),
                (
                    "company",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.company",
                    ),
                ),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="companies",
                        to="sales.deal",
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
                ("role", models.TextField(blank=True, default="")),
                (
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                (
                    "deal",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="sales.deal",
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
                "indexes": [models.Index(fields=["firm", "contact", "deal"], name="deal_contact_of")],
                "constraints": [models.UniqueConstraint(fields=("firm", "deal", "contact"), name="deal_contact_once")],
            },
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None), ("outcome", "open")),
                fields=["firm", "stage", "rank", "id"],
                include=("owner", "currency", "value"),
                name="deal_board",
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["firm", "pipeline", "outcome", "expected_close"], name="deal_close_of"),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "sort_key", "id"], name="deal_name"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "created_at", "id"], name="deal_created"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "updated_at", "id"], name="deal_updated"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "base_value", "id"], name="deal_value"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "expected_close", "id"], name="deal_close"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "score", "id"], name="deal_score"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "last_activity_at", "id"], name="deal_active"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["firm", "stage_entered_at", "id"], name="deal_entered"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("owner__isnull", False)), fields=["firm", "owner", "id"], name="deal_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)), fields=["firm", "contact"], name="deal_contact"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("company__isnull", False)), fields=["firm", "company"], name="deal_company"
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=["firm", "external_id"],
                name="deal_external",
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", False)), fields=["firm", "deleted_at"], name="deal_bin"
            ),
        ),
    ]
