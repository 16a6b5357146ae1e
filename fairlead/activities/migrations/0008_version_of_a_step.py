"""Each step of a task has a version, so that who changes it over the API can say which one they read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0007_who_keeps_a_snippet")]

    operations = [
        migrations.AddField(
            model_name="checklistitem",
            name="version",
            field=models.IntegerField(
                db_default=1,
                default=1,
                help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it.",
            ),
        ),
    ]
