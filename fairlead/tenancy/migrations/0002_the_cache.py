"""The table of the shared cache, which holds rate limits: what `createcachetable` would make."""

from django.db import migrations

CREATE = """
CREATE TABLE cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    """Create the cache table."""

    dependencies = [("tenancy", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE cache")]
