import django.db.models.deletion
from django.db import migrations, models

import fairlead.tenancy.base


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_visibility_of_teams"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="last_day",
            field=models.DateField(
                blank=True, help_text="After it, in the firm's time zone, the member is deactivated.", null=True
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="successor",
            field=fairlead.tenancy.base.FirmForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.membership",
                help_text="Who gets what the member owns after the last day; set and emptied together with it.",
            ),
        ),
    ]
