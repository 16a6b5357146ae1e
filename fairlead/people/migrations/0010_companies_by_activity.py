"""An index of a large table, made while it is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0009_last_activity_rolled_up")]

    operations = [
        AddIndexConcurrently(
            "company",
            models.Index(
                fields=["firm", "last_activity_at", "id"],
                name="company_active",
                condition=models.Q(last_activity_at__isnull=False),
            ),
        ),
    ]
