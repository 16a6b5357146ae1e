import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
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
                ("caller", models.UUIDField(help_text="The API key, or the membership, that sent the request.")),
                (
                    "key",
                    models.CharField(
                        help_text="The request's Idempotency-Key header, up to 255 characters.", max_length=255
                    ),
                ),
                ("fingerprint", models.CharField(help_text="SHA-256 of method, address and body.", max_length=64)),
                ("status", models.SmallIntegerField(help_text="HTTP status code (RFC 9110) of the answer.")),
                (
                    "headers",
                    models.JSONField(default=dict, help_text="Those that belong to the answer, {name: value}."),
                ),
                ("body", models.BinaryField(help_text="The bytes that were sent.")),
                (
                    "expires_at",
                    models.DateTimeField(help_text="24 hours after the request; the key may then be used anew."),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "expires_at"], name="api_answer_expiry")],
                "constraints": [models.UniqueConstraint(fields=("firm", "caller", "key"), name="api_answer_once")],
            },
        ),
    ]
