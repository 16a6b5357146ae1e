"""Who has a snippet may have taken it over: words only, nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations

import fairlead.tenancy.base


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_rows_of_firms_of_user"),
        ("activities", "0006_what_is_due"),
    ]

    operations = [
        migrations.AlterField(
            model_name="snippet",
            name="created_by",
            field=fairlead.tenancy.base.FirmForeignKey(
                db_index=False,
                help_text="Who saved it first, or took it over from a member who left: may change it while it is shared.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.membership",
            ),
        ),
    ]
