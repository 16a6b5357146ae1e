from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="activity_floor_at",
            field=models.DateTimeField(
                blank=True,
                help_text="The last activity that an import brought, kept once a later one is logged: it stays when that goes.",
                null=True,
            ),
        ),
    ]
