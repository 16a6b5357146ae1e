"""Indexes of the largest table of the room, made while it is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("activities", "0004_tasks_and_snippets")]

    operations = [
        AddIndexConcurrently(
            "activity",
            models.Index(
                fields=["firm", "kind", "occurred_at"], name="activity_kind", condition=models.Q(deleted_at=None)
            ),
        ),
        AddIndexConcurrently(
            "activity",
            models.Index(
                fields=["firm", "scheduled_at"],
                name="activity_upcoming",
                condition=models.Q(deleted_at=None, ended_at=None, scheduled_at__isnull=False),
            ),
        ),
    ]
