"""Looking for similar words reads a tenth of the words it read before."""

from django.db import migrations

# A word that shares a single trigram with the term is never near it, yet with a threshold at or below one in the
# number of the term's trigrams the index hands out each of them to be compared: a quarter of a large vocabulary for
# a term of four letters. Just above it, two must be shared.
SIMILAR = """
CREATE OR REPLACE FUNCTION search_similar(term text, most int) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET pg_trgm.similarity_threshold = 0.15 SET enable_seqscan = off AS $$
DECLARE
    trigrams int := cardinality(public.show_trgm(term));
BEGIN
    -- The function's own settings end with it, this one too.
    PERFORM set_config('pg_trgm.similarity_threshold', greatest(0.15, 1.0 / greatest(trigrams, 2) + 0.0001)::text, true);
    RETURN QUERY SELECT w.word FROM public.search_word w
    WHERE w.firm_id = nullif(current_setting('app.firm_id', true), '')::uuid AND w.word OPERATOR(public.%) term
    ORDER BY public.similarity(w.word, term) DESC, w.word LIMIT least(most, 200);
END $$;
"""
BACK = """
CREATE OR REPLACE FUNCTION search_similar(term text, most int) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET pg_trgm.similarity_threshold = 0.15 SET enable_seqscan = off AS $$
    SELECT w.word FROM public.search_word w
    WHERE w.firm_id = nullif(current_setting('app.firm_id', true), '')::uuid AND w.word OPERATOR(public.%) term
    ORDER BY public.similarity(w.word, term) DESC, w.word LIMIT least(most, 200)
$$;
"""


class Migration(migrations.Migration):
    """Compare a mistyped word with those that share something with it."""

    dependencies = [("search", "0002_finding")]
    operations = [migrations.RunSQL(SIMILAR, BACK)]
