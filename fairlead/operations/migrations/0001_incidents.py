import django.db.models.functions.datetime
from django.db import migrations, models

import fairlead.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID version 7 (RFC 9562).",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "check_name",
                    models.CharField(help_text="The name of the check, as /health shows it.", max_length=100),
                ),
                ("status", models.CharField(help_text="The worst that was found: degraded or failing.", max_length=20)),
                ("problem", models.TextField(help_text="What was found last, in a sentence.")),
                ("remedy", models.TextField(blank=True, help_text="What the operator can do about it.")),
                (
                    "began_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="When a check first found it, by PostgreSQL's clock.",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the operators were told by mail; empty while it is not bad for long enough.",
                        null=True,
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="When the check was well again; empty while it lasts.", null=True
                    ),
                ),
                (
                    "end_told_at",
                    models.DateTimeField(blank=True, help_text="When they were told that it is over.", null=True),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("check_name",),
                        name="operations_incident_one_open",
                    )
                ],
            },
        ),
    ]
