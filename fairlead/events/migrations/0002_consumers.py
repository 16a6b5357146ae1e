"""Heads, cursors, what was set aside, and the functions that look across firms without giving an event away."""

import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.context

# Goes over new events below the horizon, at most `window` and whole transactions, and moves the heads of their firms.
# One at a time: the row lock also makes the numbers of heads grow in the order of their commits.
DISPATCH = """
CREATE TABLE log_dispatched (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    generation smallint NOT NULL,
    tx bigint NOT NULL,
    seq bigint NOT NULL
);
INSERT INTO log_dispatched (generation, tx, seq) VALUES (0, -1, 0);

CREATE FUNCTION log_dispatch(window_size integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    mark public.log_dispatched;
    here smallint := log_generation();
    -- Taken before the events are looked at: whatever is below it has ended and is visible from here on.
    horizon bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    until record;
    moved integer;
BEGIN
    SELECT * INTO mark FROM log_dispatched FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN -1;
    END IF;
    SELECT w.generation, w.tx INTO until FROM (
        SELECT e.generation, e.tx FROM events_event e
        WHERE (e.generation, e.tx) > (mark.generation, mark.tx) AND (e.generation, e.tx) < (here, horizon)
        ORDER BY e.generation, e.tx LIMIT window_size
    ) w ORDER BY w.generation DESC, w.tx DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    INSERT INTO events_head AS h (id, firm_id, generation, tx, seq, created_at, updated_at)
    SELECT log_uuid7(), n.firm_id, until.generation, until.tx, mark.seq + 1, now(), now()
    FROM (
        SELECT DISTINCT e.firm_id FROM events_event e
        WHERE (e.generation, e.tx) > (mark.generation, mark.tx)
            AND (e.generation, e.tx) <= (until.generation, until.tx)
    ) n JOIN tenancy_firm f ON f.id = n.firm_id
    ON CONFLICT (firm_id) DO UPDATE SET generation = excluded.generation, tx = excluded.tx, seq = excluded.seq,
        updated_at = excluded.updated_at;
    GET DIAGNOSTICS moved = ROW_COUNT;
    UPDATE log_dispatched SET generation = until.generation, tx = until.tx, seq = mark.seq + 1;
    RETURN greatest(moved, 1);
END $$;
"""

# Firms whose head lies beyond the consumer's cursor. On the way, `seq` of the consumer moves up to the last head that
# is consumed with all before it. Its row is locked first, so that a rewind, which moves it down, is never undone.
BEHIND = """
CREATE FUNCTION log_behind(consumer_name text, moment timestamptz, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    low bigint := (SELECT c.seq FROM events_consumer c WHERE c.name = consumer_name);
    locked bigint := (SELECT c.seq FROM events_consumer c WHERE c.name = consumer_name FOR UPDATE SKIP LOCKED);
    caught_up bigint;
BEGIN
    IF locked IS NOT NULL THEN
        low := locked;
        SELECT coalesce(min(h.seq) FILTER (WHERE h.behind) - 1, max(h.seq)) INTO caught_up
        FROM log_heads(consumer_name, low) h;
        IF caught_up > low THEN
            UPDATE events_consumer SET seq = caught_up WHERE name = consumer_name;
            low := caught_up;
        END IF;
    END IF;
    RETURN QUERY SELECT h.firm_id FROM log_heads(consumer_name, low) h
        WHERE h.behind AND (h.retry_at IS NULL OR h.retry_at <= moment)
        ORDER BY h.served_at NULLS FIRST, h.seq LIMIT most;
END $$;
"""

HEADS = """
CREATE FUNCTION log_heads(consumer_name text, low bigint)
RETURNS TABLE (firm_id uuid, seq bigint, behind boolean, retry_at timestamptz, served_at timestamptz,
    generation smallint, tx bigint, event_id uuid, head_generation smallint, head_tx bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT h.firm_id, h.seq,
        (coalesce(k.generation, c.start_generation), coalesce(k.tx, c.start_tx), coalesce(k.event_id, l.id))
            < (h.generation, h.tx, l.id),
        k.retry_at, k.served_at,
        coalesce(k.generation, c.start_generation), coalesce(k.tx, c.start_tx), coalesce(k.event_id, l.id),
        h.generation, h.tx
    FROM events_consumer c
    JOIN events_head h ON h.seq > low
    CROSS JOIN (SELECT 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) l(id)
    LEFT JOIN events_cursor k ON k.firm_id = h.firm_id AND k.consumer = consumer_name
    WHERE c.name = consumer_name
$$;
"""

# How far each consumer is behind: counted up to a bound, because the answer to "how many" may be ten million.
LAG = """
CREATE FUNCTION log_lag(bound integer) RETURNS TABLE (consumer text, firms bigint, events bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH fresh AS (
        SELECT count(*) AS events, min(e.recorded_at) AS oldest FROM (
            SELECT e.recorded_at FROM log_dispatched m
            JOIN events_event e ON (e.generation, e.tx) > (m.generation, m.tx) LIMIT bound) e
    )
    SELECT c.name, coalesce(known.firms, 0), coalesce(known.events, 0) + fresh.events, least(known.oldest, fresh.oldest)
    FROM events_consumer c CROSS JOIN fresh LEFT JOIN LATERAL (
        SELECT count(*) AS firms, sum(unread.events)::bigint AS events, min(unread.oldest) AS oldest
        FROM (SELECT * FROM log_heads(c.name, c.seq) h WHERE h.behind LIMIT 100) h CROSS JOIN LATERAL (
            SELECT count(*) AS events, min(e.recorded_at) AS oldest FROM (
                SELECT e.recorded_at FROM events_event e
                WHERE e.firm_id = h.firm_id AND (e.generation, e.tx, e.id) > (h.generation, h.tx, h.event_id)
                    AND (e.generation, e.tx) <= (h.head_generation, h.head_tx)
                ORDER BY e.generation, e.tx, e.id LIMIT bound) e
        ) unread
    ) known ON true
$$;
"""

# Rows in the default partition mean that a month was missing when they were written.
PARTITIONS = """
CREATE FUNCTION log_partitions(OUT months text[], OUT strays bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT
        (SELECT array_agg(substr(c.relname, 14) ORDER BY c.relname) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'public.events_event'::regclass AND c.relname ~ '^events_event_[0-9]{4}_[0-9]{2}$'),
        (SELECT count(*) FROM (SELECT 1 FROM events_event_default LIMIT 1000) s)
$$;

-- Deletes the months that ended before `moment`. Nothing calls it unless a retention is set.
CREATE FUNCTION log_drop_before(moment timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC' AS $$
DECLARE
    name text;
    dropped integer := 0;
BEGIN
    FOR name IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'public.events_event'::regclass AND c.relname ~ '^events_event_[0-9]{4}_[0-9]{2}$'
            AND to_date(substr(c.relname, 14), 'YYYY_MM') + interval '1 month' <= moment
    LOOP
        EXECUTE format('DROP TABLE public.%I', name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_the_log"),
        ("tenancy", "0001_firms"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsumerState",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("start_generation", models.SmallIntegerField(default=0)),
                ("start_tx", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "events_consumer",
            },
        ),
        migrations.CreateModel(
            name="Cursor",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("consumer", models.TextField()),
                ("generation", models.SmallIntegerField()),
                ("tx", models.BigIntegerField()),
                ("event_id", models.UUIDField()),
                ("width", models.IntegerField(help_text="Empty is the consumer's own batch size.", null=True)),
                ("attempts", models.IntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("error", models.TextField(blank=True, default="")),
                (
                    "served_at",
                    models.DateTimeField(help_text="When it last had its turn: the firms rotate.", null=True),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "consumer"), name="events_cursor_once")],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("generation", models.SmallIntegerField()),
                ("tx", models.BigIntegerField()),
                ("seq", models.BigIntegerField()),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["seq"], name="events_head_seq")],
                "constraints": [models.UniqueConstraint(fields=("firm",), name="events_head_once")],
            },
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("consumer", models.TextField()),
                ("event_id", models.UUIDField()),
                ("event_type", models.TextField()),
                ("recorded_at", models.DateTimeField(help_text="The event's, to find it in its month.")),
                ("error", models.TextField()),
                ("attempts", models.IntegerField()),
                (
                    "resolution",
                    models.TextField(
                        blank=True, choices=[("retried", "Retried"), ("discarded", "Discarded")], default=""
                    ),
                ),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "resolved_by_id",
                    models.UUIDField(help_text="The membership that retried or discarded it.", null=True),
                ),
                ("resolved_by_label", models.TextField(blank=True, default="")),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("resolved_at", None)), fields=["firm", "id"], name="events_set_aside_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "consumer", "event_id"), name="events_set_aside_once")
                ],
            },
        ),
        *(migrations.RunSQL(statement) for statement in (DISPATCH, HEADS, BEHIND, LAG, PARTITIONS)),
    ]
