"""The index of phone numbers that could not be parsed, by their digits. Built beside who writes."""

from django.db import migrations

MAKE = r"""
CREATE INDEX CONCURRENTLY contact_phone_typed
ON people_contactphone (firm_id, regexp_replace(number, '\D', '', 'g')) WHERE e164 = ''
"""


class Migration(migrations.Migration):
    """One statement, outside a transaction."""

    atomic = False
    dependencies = [("people", "0002_activity_floor")]
    operations = [migrations.RunSQL(MAKE, "DROP INDEX contact_phone_typed")]
