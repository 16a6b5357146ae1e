"""An index of a large table, made while it is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0007_scores_by_hand")]

    operations = [
        AddIndexConcurrently(
            "contact",
            models.Index(fields=["firm", "score", "id"], name="contact_score", condition=models.Q(score__isnull=False)),
        ),
    ]
