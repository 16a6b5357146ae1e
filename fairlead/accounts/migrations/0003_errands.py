"""What is too long for a request, and how far it is."""

import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_firms_of_a_user"),
        ("tenancy", "0002_the_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
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
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "kind",
                    models.TextField(
                        help_text="Which verb: a kind of errand that a room registered, such as tag.delete."
                    ),
                ),
                (
                    "subject_id",
                    models.UUIDField(help_text="What it is about (a tag, a member), which has one running of a kind."),
                ),
                (
                    "params",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the verb was asked with, and where it goes on."
                    ),
                ),
                ("label", models.TextField(help_text="What it does, in words.")),
                ("asked_by", models.TextField(help_text="Who asked for it, as events name them.")),
                ("via", models.TextField(help_text="The door it was asked through, as in Event.via.")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("cancelled", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="running",
                        help_text="What a stopped or failed errand did stays; ask for the rest.",
                    ),
                ),
                ("total", models.IntegerField(help_text="How many records there were when it was asked for.")),
                (
                    "done",
                    models.IntegerField(
                        default=0, help_text="How many have passed; more than the total when some were added."
                    ),
                ),
                (
                    "message",
                    models.TextField(blank=True, default="", help_text="Why it was given up, for people; else empty."),
                ),
                (
                    "finished_at",
                    models.DateTimeField(help_text="When it ended, whichever way; empty while it runs.", null=True),
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
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Who asked for it; empty where Fairlead did, by a member's last day.",
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
                "indexes": [models.Index(fields=["firm", "created_at"], name="errand_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("firm", "kind", "subject_id"),
                        name="errand_once",
                    )
                ],
            },
        ),
    ]
