"""The firm's long jobs share a lock: whether one is ahead of another is the first entry of this index."""

from django.db import migrations

LOCK_LINE = """
CREATE INDEX jobs_lock_line ON procrastinate_jobs (lock, priority DESC, id)
    WHERE lock IS NOT NULL AND status IN ('todo', 'doing');
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_steady_plans")]
    operations = [migrations.RunSQL(LOCK_LINE, "DROP INDEX jobs_lock_line")]
