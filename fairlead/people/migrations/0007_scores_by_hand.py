from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_asking_to_confirm"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="score",
            field=models.SmallIntegerField(
                blank=True,
                help_text="How promising, as people judge it: -10,000 to 10,000, as other systems have it.",
                null=True,
            ),
        ),
    ]
