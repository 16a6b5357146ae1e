"""Failures and steps of jobs, and what fair share needs in the queue's own table."""

import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.context

# The firm's last waiting job, for its fair share.
FIRM_LINE = """
CREATE INDEX jobs_firm_line ON procrastinate_jobs ((args->>'firm_id'), priority) WHERE status = 'todo';
"""

# The queue's own trigger notifies once for every job, with its number, which no worker reads. With one text for all,
# PostgreSQL sends one notification for a transaction, not 100,000.
NOTIFY_ONCE = """
CREATE OR REPLACE FUNCTION procrastinate_notify_queue_job_inserted_v1() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, '{"type": "job_inserted", "job_id": 0}');
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobFailure",
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
                ("job_id", models.BigIntegerField(help_text="The job's number in the queue.")),
                ("job", models.TextField(help_text="Registered name, such as people.import.")),
                (
                    "error",
                    models.TextField(help_text="Class and message of what the job raised, up to 2,000 characters."),
                ),
                ("attempts", models.PositiveIntegerField(help_text="Number of the run that failed, from 1.")),
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
                "constraints": [models.UniqueConstraint(fields=("firm", "job_id"), name="jobs_failure_once")],
            },
        ),
        migrations.CreateModel(
            name="JobStep",
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
                ("job_id", models.BigIntegerField(help_text="The job's number in the queue.")),
                ("name", models.TextField(help_text="What the job calls the step, unique within one job.")),
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
                "constraints": [models.UniqueConstraint(fields=("firm", "job_id", "name"), name="jobs_step_once")],
            },
        ),
        migrations.RunSQL(FIRM_LINE, "DROP INDEX jobs_firm_line"),
        migrations.RunSQL(NOTIFY_ONCE, migrations.RunSQL.noop),
    ]
