from django.db import migrations


class Migration(migrations.Migration):
    """What a key is of is part of its hash; nobody asked the column."""

    dependencies = [
        ("records", "0006_duplicates"),
    ]

    operations = [
        migrations.RemoveField(model_name="duplicatekey", name="kind"),
    ]
