"""Tell the planner that a person has a few firms, not the thousand that it takes a set-returning function for."""

from django.db import migrations


class Migration(migrations.Migration):
    """Set the estimate."""

    dependencies = [("accounts", "0005_rotation_of_a_key")]
    operations = [
        migrations.RunSQL("ALTER FUNCTION firms_of_user(uuid) ROWS 3", "ALTER FUNCTION firms_of_user(uuid) ROWS 1000"),
    ]
