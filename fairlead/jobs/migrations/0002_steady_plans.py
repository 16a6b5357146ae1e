"""The queue is read from the edge of an index, also before the planner has learnt that it is long.

A firm that enqueues 100,000 jobs does so faster than statistics follow. The planner, believing the queue short, would
then sort all of it for every single job.
"""

from django.db import migrations

FETCH = """
ALTER FUNCTION procrastinate_fetch_job_v2(varchar[], bigint) SET enable_sort = off;
ALTER FUNCTION procrastinate_fetch_job_v2(varchar[], bigint) SET enable_seqscan = off;
ALTER FUNCTION procrastinate_fetch_job_v2(varchar[], bigint) SET enable_bitmapscan = off;
ALTER FUNCTION procrastinate_fetch_job_v2(varchar[], bigint) SET enable_hashjoin = off;
"""

# The greater of the queue's virtual time and the firm's last tag + 1: see fairlead/jobs/fairness.py.
NEXT_TAG = """
CREATE FUNCTION jobs_next_tag(firm text, base integer, band integer) RETURNS integer LANGUAGE plpgsql STABLE
SET enable_sort = off SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
    RETURN greatest(
        0,
        (SELECT base - j.priority + 1 FROM procrastinate_jobs j
            WHERE j.status = 'todo' AND j.args->>'firm_id' = firm AND j.priority <= base AND j.priority > base - band
            ORDER BY j.priority LIMIT 1),
        (SELECT base - j.priority FROM procrastinate_jobs j
            WHERE j.status = 'todo' AND j.priority <= base AND j.priority > base - band
            AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
            ORDER BY j.priority DESC, j.id LIMIT 1));
END $$;
"""

# Rows come and go within seconds: clean up early and at full speed.
VACUUM = """
ALTER TABLE procrastinate_jobs SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 500, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE procrastinate_events SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0);
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_the_queue")]
    operations = [
        migrations.RunSQL(FETCH, migrations.RunSQL.noop),
        migrations.RunSQL(NEXT_TAG, "DROP FUNCTION jobs_next_tag(text, integer, integer)"),
        migrations.RunSQL(VACUUM, migrations.RunSQL.noop),
    ]
