from django.db import migrations, models

ASKED = "What asked in the member's name: kind, id, label, scopes; empty where they asked."


class Migration(migrations.Migration):
    dependencies = [("records", "0004_all_faults_of_a_row")]

    operations = [
        migrations.AddField("bulkrun", "program", models.JSONField(null=True, help_text=ASKED)),
        migrations.AddField("exportrun", "program", models.JSONField(null=True, help_text=ASKED)),
        migrations.AddField(
            "importrun",
            "program",
            models.JSONField(
                null=True,
                help_text="What started, or reverts, it in the member's name: kind, id, label, scopes; else empty.",
            ),
        ),
    ]
