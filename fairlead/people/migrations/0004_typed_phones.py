"""The function that finds phone numbers which are kept as typed. It runs as the tables' owner, of the firm in context.

Taking digits out of a text is not leakproof: under row-level security its index would not be used.
"""

from django.db import migrations

FIND = r"""
CREATE FUNCTION people_typed_phones(wanted text[]) RETURNS TABLE (phone uuid, contact uuid, digits text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public AS $$
    SELECT p.id, p.contact_id, regexp_replace(p.number, '\D', '', 'g') FROM public.people_contactphone p
    WHERE p.firm_id = nullif(current_setting('app.firm_id', true), '')::uuid AND p.e164 = ''
        AND regexp_replace(p.number, '\D', '', 'g') = ANY (wanted)
$$;
"""


class Migration(migrations.Migration):
    """Make them findable."""

    dependencies = [("people", "0003_index_of_typed_phones")]
    operations = [migrations.RunSQL(FIND, "DROP FUNCTION people_typed_phones(text[])")]
