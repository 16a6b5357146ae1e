"""Who has a view may have taken it over: words only, nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations

import fairlead.tenancy.base


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_rows_of_firms_of_user"),
        ("records", "0009_view_names_once"),
    ]

    operations = [
        migrations.AlterField(
            model_name="savedview",
            name="owner",
            field=fairlead.tenancy.base.FirmForeignKey(
                db_index=False,
                help_text="Who saved it, or took it over from a member who left; it goes when that membership does.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.membership",
            ),
        ),
    ]
