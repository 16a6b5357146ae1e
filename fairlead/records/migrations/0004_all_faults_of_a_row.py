from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_who_stopped_an_import")]

    operations = [
        migrations.AddField(
            model_name="importrowerror",
            name="faults",
            field=models.JSONField(
                db_default=[],
                default=list,
                help_text="All that is wrong: column, value and message each; `column` and `message` are the first of "
                "them.",
            ),
        ),
    ]
