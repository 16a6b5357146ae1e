"""The indexes and functions that find documents. They run as the tables' owner and filter by the firm in context."""

from django.db import migrations

INDEXES = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
-- The lexemes carry the firm's mark, so this index needs no firm of its own.
CREATE INDEX search_document_lexemes ON search_document USING gin (lexemes);
CREATE INDEX search_document_digits ON search_document USING gin (firm_id, digits gin_trgm_ops) WHERE digits <> '';
CREATE INDEX search_document_title ON search_document (firm_id, title_key);
CREATE INDEX search_word_similar ON search_word USING gin (firm_id, word gin_trgm_ops);
"""

# Full text and trigram operators are not leakproof: under row-level security they would lose their indexes.
# `owners` is NULL for everybody's records, else whose records may be found. `narrow` holds terms too
# short to look up: IS TRUE keeps them from the index, so that they only narrow what the others find. Without sequential scans a wrong estimate costs milliseconds.
FIND = r"""
CREATE FUNCTION search_find(query text, number text, start text, narrow text, owners uuid[], nouns text[], most int)
RETURNS TABLE (noun text, record_id uuid, title text, subtitle text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off SET work_mem = '32MB' AS $$
DECLARE
    firm uuid := nullif(current_setting('app.firm_id', true), '')::uuid;
BEGIN
    IF firm IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE $q$
        WITH found AS (
            (SELECT d.* FROM public.search_document d WHERE $2 <> '' AND d.lexemes @@ $2::tsquery
                AND d.firm_id IS NOT DISTINCT FROM $1
                AND ($6 IS NULL OR d.owner_id = ANY ($6)) AND ($7 IS NULL OR d.noun = ANY ($7))
                AND ($5 = '' OR (d.lexemes @@ $5::tsquery) IS TRUE)
                LIMIT 300)
            UNION
            (SELECT d.* FROM public.search_document d WHERE $3 <> '' AND d.digits <> ''
                AND d.digits LIKE '%' || $3 || '%' AND d.firm_id = $1
                AND ($6 IS NULL OR d.owner_id = ANY ($6)) AND ($7 IS NULL OR d.noun = ANY ($7)) LIMIT 300)
            UNION
            (SELECT d.* FROM public.search_document d WHERE $4 <> '' AND d.firm_id = $1
                AND d.title_key >= $4 AND d.title_key < $4 || chr(1114111)
                AND ($6 IS NULL OR d.owner_id = ANY ($6)) AND ($7 IS NULL OR d.noun = ANY ($7)) LIMIT 50)
        )
        SELECT f.noun, f.record_id, f.title, f.subtitle FROM found f
        ORDER BY f.title_key = $4 DESC, starts_with(f.title_key, $4) DESC,
            strpos(' ' || f.title_key, ' ' || split_part($4, ' ', 1)) > 0 DESC, f.title_key, f.record_id
        LIMIT $8
    $q$ USING firm, coalesce(query, ''), coalesce(number, ''), coalesce(start, ''), coalesce(narrow, ''), owners,
        nouns, least(most, 100);
END $$;

CREATE FUNCTION search_similar(term text, most int) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET pg_trgm.similarity_threshold = 0.15 SET enable_seqscan = off AS $$
    SELECT w.word FROM public.search_word w
    WHERE w.firm_id = nullif(current_setting('app.firm_id', true), '')::uuid AND w.word OPERATOR(public.%) term
    ORDER BY public.similarity(w.word, term) DESC, w.word LIMIT least(most, 200)
$$;
"""
BACK = """
DROP FUNCTION search_find(text, text, text, text, uuid[], text[], int);
DROP FUNCTION search_similar(text, int);
DROP INDEX search_document_lexemes, search_document_digits, search_document_title, search_word_similar;
"""


class Migration(migrations.Migration):
    """Make documents findable."""

    dependencies = [("search", "0001_documents")]
    operations = [migrations.RunSQL(INDEXES + FIND, BACK)]
