"""The log: a table partitioned by month, the generation counter, and the first partitions."""

import django.db.models.expressions
from django.db import migrations, models

import fairlead.kernel.clock
import fairlead.kernel.ids
import fairlead.tenancy.context

TABLE = """
CREATE TABLE log_generation (
    generation smallint PRIMARY KEY,
    system_identifier bigint NOT NULL,
    since timestamptz NOT NULL DEFAULT now()
);
-- Transaction ids start over when a dump is restored into a fresh cluster. The cluster is known by its system
-- identifier: the first write in another one than the last opens a new generation, so that (generation, tx) keeps
-- growing, also when a dump travels back to the cluster it once came from. The answer is kept in the session: it
-- cannot change while the session lives, and reading the control file costs as much as inserting several events.
CREATE FUNCTION log_generation() RETURNS smallint LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    known text := current_setting('fairlead.generation', true);
    here bigint;
    latest public.log_generation;
BEGIN
    IF known <> '' THEN
        RETURN known::smallint;
    END IF;
    here := (SELECT system_identifier FROM pg_control_system());
    SELECT * INTO latest FROM public.log_generation ORDER BY generation DESC LIMIT 1;
    IF latest.system_identifier IS DISTINCT FROM here THEN
        PERFORM pg_advisory_xact_lock(hashtext('log_generation'));
        SELECT * INTO latest FROM public.log_generation ORDER BY generation DESC LIMIT 1;
        IF latest.system_identifier IS DISTINCT FROM here THEN
            INSERT INTO public.log_generation (generation, system_identifier)
                VALUES (coalesce(latest.generation, 0) + 1, here) RETURNING * INTO latest;
        END IF;
    END IF;
    PERFORM set_config('fairlead.generation', latest.generation::text, false);
    RETURN latest.generation;
END $$;

-- A version 7 UUID (RFC 9562) with microseconds in rand_a, so that statements of one transaction keep their order.
CREATE FUNCTION log_uuid7() RETURNS uuid LANGUAGE plpgsql VOLATILE PARALLEL SAFE
SET search_path = pg_catalog AS $$
DECLARE
    micros bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
    head bigint := ((micros / 1000) << 16) | 28672 | (micros % 1000) * 4096 / 1000;
BEGIN
    RETURN encode(int8send(head) || set_byte(substring(uuid_send(gen_random_uuid()) FROM 9), 0,
        128 | (get_byte(uuid_send(gen_random_uuid()), 0) & 63)), 'hex')::uuid;
END $$;

CREATE TABLE events_event (
    id uuid NOT NULL,
    firm_id uuid NOT NULL,
    type text NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    key_id uuid,
    actor_label text NOT NULL,
    via text NOT NULL,
    ip text,
    subject_noun text NOT NULL,
    subject_id uuid,
    contact_id uuid,
    company_id uuid,
    data jsonb NOT NULL,
    cause uuid,
    verdict text NOT NULL,
    generation smallint NOT NULL DEFAULT log_generation(),
    tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);

CREATE INDEX events_firm_line ON events_event (firm_id, generation, tx, id);
CREATE INDEX events_line ON events_event (generation, tx);
CREATE INDEX events_contact ON events_event (firm_id, contact_id, occurred_at, type) INCLUDE (recorded_at)
    WHERE contact_id IS NOT NULL;
CREATE INDEX events_subject ON events_event (firm_id, subject_id, occurred_at, type) WHERE subject_id IS NOT NULL;
CREATE INDEX events_company ON events_event (firm_id, company_id, occurred_at, type) WHERE company_id IS NOT NULL;
CREATE INDEX events_type ON events_event (firm_id, type, occurred_at, contact_id) INCLUDE (recorded_at);
CREATE INDEX events_recorded ON events_event (firm_id, recorded_at);

CREATE TABLE events_event_default PARTITION OF events_event DEFAULT;
"""

# Makes the partition of the month that holds `moment`. Rows that fell into the default partition move over.
PARTITION = """
CREATE FUNCTION log_make_partition(moment timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC' AS $$
DECLARE
    first timestamptz := date_trunc('month', moment);
    next timestamptz := date_trunc('month', moment) + interval '1 month';
    name text := 'events_event_' || to_char(first, 'YYYY_MM');
BEGIN
    IF to_regclass('public.' || name) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('log_make_partition'));
    IF to_regclass('public.' || name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.events_event INCLUDING DEFAULTS)', name);
    EXECUTE format('WITH moved AS (DELETE FROM public.events_event_default WHERE recorded_at >= %L AND recorded_at < %L
        RETURNING *) INSERT INTO public.%I SELECT * FROM moved', first, next, name);
    EXECUTE format('ALTER TABLE public.events_event ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        name, first, next);
    RETURN true;
END $$;
SELECT log_make_partition(now() + n * interval '1 month') FROM generate_series(-1, 3) n;
"""


class Migration(migrations.Migration):
    """Create the log."""

    initial = True
    dependencies = [("tenancy", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE), migrations.RunSQL(PARTITION)],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
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
                        ("type", models.TextField(help_text="Registered name, such as contact.created.")),
                        (
                            "occurred_at",
                            models.DateTimeField(
                                default=fairlead.kernel.clock.now, help_text="When it happened in the world."
                            ),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                default=fairlead.kernel.clock.now, help_text="When Fairlead wrote it down."
                            ),
                        ),
                        (
                            "actor_kind",
                            models.TextField(
                                default="system", help_text="member, key (an API key), application (OAuth 2) or system."
                            ),
                        ),
                        (
                            "actor_id",
                            models.UUIDField(
                                help_text="The membership that acted, also through a key; empty for the system.",
                                null=True,
                            ),
                        ),
                        (
                            "key_id",
                            models.UUIDField(
                                help_text="The API key, or the connection of the application, it acted through.",
                                null=True,
                            ),
                        ),
                        (
                            "actor_label",
                            models.TextField(
                                default="", help_text="The actor's name at that time, with the key's name in brackets."
                            ),
                        ),
                        (
                            "via",
                            models.TextField(default="system", help_text="web, api, cli, job, import or system."),
                        ),
                        (
                            "ip",
                            models.TextField(
                                null=True,
                                help_text="Address of the client (IPv4 or IPv6) as text; empty where no request was behind it.",
                            ),
                        ),
                        ("subject_noun", models.TextField(help_text="contact, company, note, ...")),
                        (
                            "subject_id",
                            models.UUIDField(
                                null=True,
                                help_text="What it happened to; empty for what has no id, such as a consumer.",
                            ),
                        ),
                        (
                            "contact_id",
                            models.UUIDField(null=True, help_text="The contact on whose timeline it stands, if any."),
                        ),
                        (
                            "company_id",
                            models.UUIDField(null=True, help_text="The company on whose timeline it stands, if any."),
                        ),
                        (
                            "data",
                            models.JSONField(
                                default=dict,
                                help_text="Details by the type of event, as JSON; passwords, tokens and the like are masked.",
                            ),
                        ),
                        ("cause", models.UUIDField(help_text="The event that led to this one.", null=True)),
                        (
                            "verdict",
                            models.TextField(
                                choices=[("human", "Human"), ("machine", "Machine"), ("unknown", "Unknown")],
                                default="human",
                                help_text="Whether a person or a program was behind it; writers that do not say otherwise mean a person.",
                            ),
                        ),
                        (
                            "generation",
                            models.SmallIntegerField(
                                db_default=django.db.models.expressions.RawSQL("log_generation()", []),
                                help_text="Counts the clusters this log has lived in: transaction ids start over in a fresh one.",
                            ),
                        ),
                        (
                            "tx",
                            models.BigIntegerField(
                                db_default=django.db.models.expressions.RawSQL(
                                    "pg_current_xact_id()::text::bigint", []
                                ),
                                help_text="PostgreSQL's id of the transaction that wrote it (pg_current_xact_id).",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                default=fairlead.tenancy.context.require_firm,
                                editable=False,
                                on_delete=models.deletion.CASCADE,
                                related_name="+",
                                to="tenancy.firm",
                                help_text="The firm that the row belongs to; row-level security shows it to no other.",
                            ),
                        ),
                    ],
                    options={"base_manager_name": "objects"},
                ),
            ],
        ),
    ]
