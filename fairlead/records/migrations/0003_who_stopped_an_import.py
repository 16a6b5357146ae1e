import django.db.models.deletion
from django.db import migrations

import fairlead.tenancy.base


class Migration(migrations.Migration):
    dependencies = [("records", "0002_fold"), ("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="cancelled_by",
            field=fairlead.tenancy.base.FirmForeignKey(
                db_index=False,
                help_text="The member who stopped it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.membership",
            ),
        ),
    ]
