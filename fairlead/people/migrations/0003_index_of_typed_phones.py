"""The index of phone numbers that could not be parsed, by their digits. Built beside who writes."""

from django.db import migrations

MAKE = r"""
CREATE INDEX CONCURRENTLY contact_phone_typed
ON people_contactphone (firm_id, regexp_replace(number, '\D', '', 'g')) WHERE e164 = ''
"""


# What an interrupted build has left: an index that nothing uses.
CLEAR = "DROP INDEX CONCURRENTLY IF EXISTS contact_phone_typed"


class Migration(migrations.Migration):
    """Each statement outside a transaction, so that the migration can be run again."""

    atomic = False
    dependencies = [("people", "0002_activity_floor")]
    operations = [
        migrations.RunSQL(CLEAR, migrations.RunSQL.noop),
        migrations.RunSQL(MAKE, "DROP INDEX contact_phone_typed"),
    ]
