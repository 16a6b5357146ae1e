from django.db import migrations, models


class Migration(migrations.Migration):
    """Every export says how many records it takes. The table is small: a day's files and the rows that tell of them."""

    dependencies = [
        ("records", "0007_duplicate_keys_without_kind"),
    ]

    operations = [
        migrations.RunSQL("UPDATE records_exportrun SET total = done WHERE total IS NULL", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="exportrun",
            name="total",
            field=models.IntegerField(default=0, help_text="Records that matched at the start."),
        ),
    ]
