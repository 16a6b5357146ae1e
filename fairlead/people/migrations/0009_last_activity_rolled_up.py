from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_contacts_by_score"),
    ]

    operations = [
        migrations.AlterField(
            model_name="company",
            name="last_activity_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the latest activity took place, about it or about one of the people who are with it now.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="last_activity_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the latest activity about the person took place; an import may bring an earlier one's date.",
                null=True,
            ),
        ),
    ]
