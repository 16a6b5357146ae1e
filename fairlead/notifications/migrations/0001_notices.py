import django.db.models.deletion
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whom it is for; nobody else reads it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("kind", models.TextField(help_text="Registered key, such as task_assigned.")),
                (
                    "key",
                    models.TextField(
                        help_text="Names its cause, <kind>:<event id> unless the rule says else; the second of a key is not made."
                    ),
                ),
                (
                    "title",
                    models.TextField(help_text="The line that the centre shows and the mail has as its subject."),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, default="", help_text="More, as plain text: a comment's beginning, for instance."
                    ),
                ),
                (
                    "link",
                    models.TextField(
                        blank=True, default="", help_text="Address within the firm, without a leading slash."
                    ),
                ),
                (
                    "actor_label",
                    models.TextField(
                        blank=True, default="", help_text="Who did it, by the name of then; empty when nobody did."
                    ),
                ),
                ("event", models.UUIDField(blank=True, help_text="The event of the log that it tells of.", null=True)),
                (
                    "occurred_at",
                    models.DateTimeField(
                        help_text="When it happened in the world, which may be before it was noticed."
                    ),
                ),
                (
                    "shown",
                    models.BooleanField(
                        default=True, help_text="Whether the centre shows it, or only mail carries it."
                    ),
                ),
                ("in_digest", models.BooleanField(default=False, help_text="Whether it waits for the next digest.")),
                (
                    "read_at",
                    models.DateTimeField(
                        blank=True, help_text="When the member read it, or marked it so; empty while unread.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["firm", "member", "-id"], name="notice_newest"),
                    models.Index(
                        condition=models.Q(("read_at", None), ("shown", True)),
                        fields=["firm", "member"],
                        name="notice_unread",
                    ),
                    models.Index(
                        condition=models.Q(("in_digest", True)), fields=["firm", "member", "id"], name="notice_digest"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("firm", "member", "key"), name="notice_once")],
            },
        ),
        migrations.CreateModel(
            name="NoticeMail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "notice",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="What it tells; the mail's words are made when it is sent.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="notifications.notice",
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        help_text="Set to sending before anything leaves; one that stays so may have gone and is not repeated.",
                    ),
                ),
                (
                    "send_at",
                    models.DateTimeField(
                        help_text="Not before this: the end of the member's quiet hours, or the pause after a refusal."
                    ),
                ),
                (
                    "tries",
                    models.IntegerField(
                        default=0, help_text="How often it was handed to the mail server; at five it is given up."
                    ),
                ),
                (
                    "error",
                    models.TextField(
                        blank=True, default="", help_text="What the mail server last said, up to 500 characters."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["firm", "send_at"], name="notice_mail_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("firm", "notice"), name="notice_mail_once")],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose wish it is; only they can change it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("kind", models.TextField(help_text="Registered key of a kind of notice, such as task_assigned.")),
                (
                    "in_app",
                    models.BooleanField(default=True, help_text="Whether the centre and the bell show this kind."),
                ),
                (
                    "mail",
                    models.TextField(
                        choices=[("never", "No mail"), ("now", "At once"), ("digest", "In the daily digest")],
                        default="never",
                        help_text="Whether, and when, this kind is mailed.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "member", "kind"), name="notice_preference_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rhythm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose rhythm it is; only they can change it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(
                        blank=True,
                        help_text="Mails wait from this wall-clock time on; empty together with the end: no quiet hours.",
                        null=True,
                    ),
                ),
                (
                    "quiet_until",
                    models.TimeField(
                        blank=True,
                        help_text="Until this wall-clock time, on the next day when it is earlier than the beginning.",
                        null=True,
                    ),
                ),
                (
                    "quiet_weekends",
                    models.BooleanField(default=False, help_text="Whether mails wait through Saturday and Sunday too."),
                ),
                ("digest_at", models.TimeField(blank=True, help_text="Empty: no digest.", null=True)),
                (
                    "digest_due",
                    models.DateTimeField(blank=True, help_text="The instant of the next digest.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "member"), name="notice_rhythm_once")],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        db_index=False,
                        help_text="Whose mail it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "day",
                    models.DateField(help_text="In the member's own time zone; at most one digest a day goes out."),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        help_text="Set to sending before anything leaves; never back to waiting.",
                    ),
                ),
                (
                    "count",
                    models.IntegerField(
                        default=0, help_text="How many unread notices it tells of; it names the newest 100."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "member", "day"), name="digest_once")],
            },
        ),
        migrations.CreateModel(
            name="LivePost",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=fairlead.tenancy.context.require_firm,
                        editable=False,
                        help_text="The firm that the row belongs to; row-level security shows it to no other.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.firm",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the row was last written.")),
                (
                    "member",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Whose open pages are told; empty for everybody in the firm.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "topic",
                    models.TextField(
                        help_text="What is to be read again, such as notices; no content, so nobody learns what they may not see."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "created_at"], name="live_post_newest")],
            },
        ),
    ]
