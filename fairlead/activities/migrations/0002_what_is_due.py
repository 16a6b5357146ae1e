"""In which firms something is due: the one question over all firms, asked every minute. It gives away no row."""

from django.db import migrations

DUE = """
CREATE INDEX task_reminder_due ON activities_taskreminder (remind_at, firm_id) WHERE sent_at IS NULL;
CREATE INDEX task_falls_due ON activities_task (due_at, firm_id) WHERE overdue_at IS NULL AND deleted_at IS NULL;
CREATE FUNCTION activities_due(moment timestamptz) RETURNS TABLE (firm uuid) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT firm_id FROM public.activities_taskreminder WHERE sent_at IS NULL AND remind_at <= moment
    UNION
    SELECT firm_id FROM public.activities_task
    WHERE overdue_at IS NULL AND deleted_at IS NULL AND due_at <= moment
$$;
"""
UNDUE = """
DROP FUNCTION activities_due(timestamptz);
DROP INDEX task_falls_due;
DROP INDEX task_reminder_due;
"""


class Migration(migrations.Migration):
    replaces = [("activities", "0006_what_is_due")]
    dependencies = [("activities", "0001_initial")]

    operations = [migrations.RunSQL(DUE, UNDUE)]
