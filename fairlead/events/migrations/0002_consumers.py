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
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsumerState",
            fields=[
                (
                    "name",
                    models.TextField(
                        primary_key=True, serialize=False, help_text="As the code registers it, such as search."
                    ),
                ),
                (
                    "seq",
                    models.BigIntegerField(
                        default=0,
                        help_text="Heads numbered up to this are consumed in every firm: looking for work starts behind it.",
                    ),
                ),
                (
                    "start_generation",
                    models.SmallIntegerField(
                        default=0, help_text="Generation of the place where firms without a cursor start."
                    ),
                ),
                (
                    "start_tx",
                    models.BigIntegerField(
                        default=0,
                        help_text="Transaction of the place where firms without a cursor start; 0 is the whole log.",
                    ),
                ),
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
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last written.",
                    ),
                ),
                ("consumer", models.TextField(help_text="Registered name, as in the table of consumers.")),
                (
                    "generation",
                    models.SmallIntegerField(
                        help_text="First part of the place up to which everything is done; see Event.generation."
                    ),
                ),
                ("tx", models.BigIntegerField(help_text="Second part of that place: PostgreSQL's transaction id.")),
                (
                    "event_id",
                    models.UUIDField(
                        help_text="Third part of that place; all bits set when the whole transaction is done."
                    ),
                ),
                (
                    "width",
                    models.IntegerField(
                        help_text="How many events the next batch may have after a failure; empty is the consumer's own size.",
                        null=True,
                    ),
                ),
                (
                    "attempts",
                    models.IntegerField(
                        default=0, help_text="How often the one bad event in front has failed; 0 while all goes well."
                    ),
                ),
                (
                    "retry_at",
                    models.DateTimeField(
                        null=True,
                        help_text="Before this moment the firm is passed over; set after a failure of a single event.",
                    ),
                ),
                (
                    "error",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What the last failed batch raised, and where; emptied by the next good one.",
                    ),
                ),
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
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
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
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last written.",
                    ),
                ),
                (
                    "generation",
                    models.SmallIntegerField(
                        help_text="First part of the place behind which no event of the firm has been seen."
                    ),
                ),
                ("tx", models.BigIntegerField(help_text="Second part of that place: PostgreSQL's transaction id.")),
                (
                    "seq",
                    models.BigIntegerField(
                        help_text="Number of the dispatch that moved it: grows, so firms with news are one short index scan."
                    ),
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
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
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
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        help_text="When the row was last written.",
                    ),
                ),
                ("consumer", models.TextField(help_text="Registered name of the one that failed.")),
                (
                    "event_id",
                    models.UUIDField(help_text="The event in the log; no foreign key, because the log is partitioned."),
                ),
                (
                    "event_type",
                    models.TextField(
                        help_text="Registered name, such as contact.created; kept here so that lists need no log."
                    ),
                ),
                ("recorded_at", models.DateTimeField(help_text="The event's, to find it in its month.")),
                (
                    "error",
                    models.TextField(help_text="What the last attempt raised, and where; up to 2,000 characters."),
                ),
                ("attempts", models.IntegerField(help_text="How often it failed, retries by hand included.")),
                (
                    "resolution",
                    models.TextField(
                        blank=True,
                        choices=[("retried", "Retried"), ("discarded", "Discarded")],
                        default="",
                        help_text="Empty while it is open; a retry settles it only once the consumer has handled it.",
                    ),
                ),
                (
                    "resolved_at",
                    models.DateTimeField(null=True, help_text="When it was settled; empty while it is open."),
                ),
                (
                    "resolved_by_id",
                    models.UUIDField(help_text="The membership that last asked to retry or discard it.", null=True),
                ),
                (
                    "resolved_by_label",
                    models.TextField(blank=True, default="", help_text="That member's name at the time."),
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
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
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
