"""In which firms a mail or a digest is due, and how many are in trouble: asked over all firms, without a row of any."""

from django.db import migrations

DUE = """
CREATE INDEX notice_mail_waiting ON notifications_noticemail (send_at, firm_id) WHERE state = 'waiting';
CREATE INDEX notice_mail_sending ON notifications_noticemail (updated_at) WHERE state IN ('sending', 'failed');
CREATE INDEX rhythm_digest_due ON notifications_rhythm (digest_due, firm_id) WHERE digest_due IS NOT NULL;
CREATE FUNCTION notifications_due(moment timestamptz) RETURNS TABLE (firm uuid) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT firm_id FROM public.notifications_noticemail WHERE state = 'waiting' AND send_at <= moment
    UNION
    SELECT firm_id FROM public.notifications_rhythm WHERE digest_due IS NOT NULL AND digest_due <= moment
$$;
CREATE FUNCTION notifications_troubles(moment timestamptz) RETURNS TABLE (held bigint, failed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(*) FILTER (WHERE state = 'sending' AND updated_at < moment - interval '10 minutes'),
        count(*) FILTER (WHERE state = 'failed' AND updated_at > moment - interval '1 day')
    FROM public.notifications_noticemail WHERE state IN ('sending', 'failed')
$$;
"""
UNDUE = """
DROP FUNCTION notifications_troubles(timestamptz);
DROP FUNCTION notifications_due(timestamptz);
DROP INDEX rhythm_digest_due;
DROP INDEX notice_mail_sending;
DROP INDEX notice_mail_waiting;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_notices")]

    operations = [migrations.RunSQL(DUE, UNDUE)]
