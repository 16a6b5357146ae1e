"""Whether the mail of an invitation went out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_errands"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="mail_failed_at",
            field=models.DateTimeField(
                blank=True, help_text="When its mail was given up; empty once it is sent again, or went out.", null=True
            ),
        ),
    ]
