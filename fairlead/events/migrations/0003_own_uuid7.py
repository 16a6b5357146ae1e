"""PostgreSQL 18 makes version 7 UUIDs itself, many times faster than our function in PL/pgSQL."""

from django.db import migrations

# As plain SQL without settings of its own the planner puts the call in place of the function.
SQL = """
DO $outer$ BEGIN
    IF current_setting('server_version_num')::int >= 180000 THEN
        CREATE OR REPLACE FUNCTION log_uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
        AS 'SELECT pg_catalog.uuidv7()';
        ALTER FUNCTION log_uuid7() RESET ALL;
    END IF;
END $outer$
"""


class Migration(migrations.Migration):
    """Replace the body of `log_uuid7`; going back keeps it, both make the same."""

    dependencies = [("events", "0002_consumers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
