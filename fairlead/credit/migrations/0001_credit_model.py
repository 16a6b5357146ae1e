import django.db.models.deletion
from django.db import migrations, models

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
            name="CreditFactor",
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
                ("name", models.TextField(help_text="What it measures, such as Average age of the accounts.")),
                (
                    "explanation",
                    models.TextField(blank=True, default="", help_text="For people: what it is and why it counts."),
                ),
                (
                    "unit",
                    models.TextField(
                        blank=True, default="", help_text="What the number counts: %, years, payments ..."
                    ),
                ),
                (
                    "weight",
                    models.IntegerField(
                        default=10,
                        help_text="Its share of the score beside the weights of the others, 0 to 1,000; no percentage.",
                    ),
                ),
                (
                    "worst",
                    models.FloatField(
                        default=0,
                        help_text="The number at which, and beyond which, it counts not at all; may be above the best.",
                    ),
                ),
                (
                    "best",
                    models.FloatField(
                        default=1,
                        help_text="The number at which, and beyond which, it counts fully; in proportion between the two.",
                    ),
                ),
                (
                    "usual",
                    models.FloatField(default=0, help_text="What is assumed of a client of whom nothing is known."),
                ),
                ("position", models.IntegerField(default=0, help_text="Rank in the firm's order, lowest first.")),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "name"), name="credit_factor_once")],
            },
        ),
        migrations.CreateModel(
            name="CreditProfile",
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
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The client whose numbers these are.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                ("values", models.JSONField(default=dict, help_text="Id of a factor to its number.")),
                (
                    "known_score",
                    models.IntegerField(help_text="What a bureau says; estimates start from it.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "contact"), name="credit_profile_once")],
            },
        ),
        migrations.CreateModel(
            name="CreditScale",
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
                ("lowest", models.IntegerField(default=300, help_text="Points of the worst score there is.")),
                ("highest", models.IntegerField(default=850, help_text="Points of the best score there is.")),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm",), name="credit_scale_once")],
            },
        ),
        migrations.CreateModel(
            name="CreditStep",
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
                ("name", models.TextField(help_text="What a client would do, such as Pay cards down to 10 %.")),
                (
                    "explanation",
                    models.TextField(blank=True, default="", help_text="For people: how to do it and what to mind."),
                ),
                (
                    "factor",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose number the step changes; deleted with it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="credit.creditfactor",
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[("set", "becomes"), ("add", "changes by")],
                        default="add",
                        help_text="Whether the amount replaces the number or is added to it.",
                    ),
                ),
                (
                    "amount",
                    models.FloatField(default=0, help_text="In the unit of the factor; negative ones take away."),
                ),
                ("position", models.IntegerField(default=0, help_text="Rank in the firm's order, lowest first.")),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "factor"], name="credit_step_factor")],
                "constraints": [models.UniqueConstraint(fields=("firm", "name"), name="credit_step_once")],
            },
        ),
        migrations.CreateModel(
            name="CreditEstimate",
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
                    "contact",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The client for whom it was made.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.contact",
                    ),
                ),
                ("before", models.IntegerField(help_text="Points of the score as the client stands.")),
                ("after", models.IntegerField(help_text="Points of the score once the client has taken the steps.")),
                ("steps", models.JSONField(default=list, help_text="Names of what the client would do.")),
                (
                    "lines",
                    models.JSONField(default=list, help_text="Factor, weight, number and points before and after."),
                ),
                (
                    "made_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="The member who kept it.",
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
                "indexes": [models.Index(fields=["firm", "contact", "created_at"], name="credit_estimate_latest")],
            },
        ),
    ]
