from django.db import migrations, models


class Migration(migrations.Migration):
    """The secret before a rotation may work for a while, as the text of an API key may."""

    dependencies = [
        ("oauth", "0002_redeemed_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="previous_secret",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="The secret before the last rotation.", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="previous_until",
            field=models.DateTimeField(blank=True, help_text="Until when the one before works too.", null=True),
        ),
    ]
