"""The figures of the health check, over all firms and telling of none."""

from django.db import migrations

HEALTH = """
CREATE FUNCTION segments_health(since timestamptz, late timestamptz)
RETURNS TABLE (defects bigint, stale bigint, broken bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT (SELECT count(*) FROM segments_segmentdefect d WHERE d.settled_at IS NULL AND d.created_at >= since),
        count(*) FILTER (WHERE s.stale_since < late), count(*) FILTER (WHERE s.problem <> '')
    FROM segments_segment s WHERE s.status = 'active'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("segments", "0001_segments")]

    operations = [migrations.RunSQL(HEALTH, "DROP FUNCTION segments_health(timestamptz, timestamptz)")]
