"""The tables of the room. Databases that were made before 0.1.0 have them from the steps that this replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("accounts", "0001_people_who_log_in"),
        ("accounts", "0003_visibility_of_teams"),
        ("accounts", "0004_last_day_of_a_member"),
        ("accounts", "0005_rotation_of_a_key"),
        ("accounts", "0006_rows_of_firms_of_user"),
    ]

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID version 7 (RFC 9562).",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        help_text="What the person logs in with, in lower case; unique in the installation.",
                        max_length=254,
                        unique=True,
                    ),
                ),
                (
                    "first_name",
                    models.CharField(
                        blank=True,
                        help_text="Given name as the person writes it; empty while only the address is known.",
                        max_length=100,
                    ),
                ),
                (
                    "last_name",
                    models.CharField(
                        blank=True,
                        help_text="Family name as the person writes it; empty while only the address is known.",
                        max_length=100,
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        help_text="IANA name; moments are shown, and quiet hours kept, in this zone.",
                        max_length=64,
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", help_text="BCP 47 tag, of those that Django knows.", max_length=10),
                ),
                (
                    "photo",
                    models.FileField(
                        blank=True,
                        help_text="Path below the media folder; the name changes with every photo, so browsers may keep it.",
                        upload_to="users/",
                    ),
                ),
                (
                    "preferences",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="date_format (kernel.dates.STYLES) and start_page (key of a navigation item); none is usual.",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="False bars every log-in to the installation; who leaves one firm loses the membership instead.",
                    ),
                ),
                (
                    "is_operator",
                    models.BooleanField(default=False, help_text="Runs this installation: sees its outbox and health."),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, help_text="When the person signed up or accepted the first invitation."
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, help_text="When the profile was last saved.")),
            ],
            options={
                "ordering": ["email"],
            },
        ),
        migrations.CreateModel(
            name="CustomRole",
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
                ("name", models.CharField(help_text="What the firm calls it, up to 80 characters.", max_length=80)),
                (
                    "description",
                    models.CharField(
                        blank=True, help_text="For whom it is meant, in the firm's words.", max_length=300
                    ),
                ),
                ("permissions", models.JSONField(default=list, help_text="Names of declared permissions.")),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "name"), name="accounts_role_name")],
            },
        ),
        migrations.CreateModel(
            name="LoginLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fairlead.kernel.ids.uuid7,
                        editable=False,
                        help_text="UUID version 7 (RFC 9562).",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="Whom pressing the button logs in.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(
                        help_text="SHA-256 of the token in the address, hexadecimal.", max_length=64, unique=True
                    ),
                ),
                ("expires_at", models.DateTimeField(help_text="15 minutes after it was made.")),
                (
                    "used_at",
                    models.DateTimeField(
                        blank=True, help_text="When the button was pressed; a link works once.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the command line printed it.")),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "user",
                    models.ForeignKey(
                        help_text="The login; it cannot be deleted while it belongs to a firm.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.TextField(default="member", help_text="Built-in role; a custom role narrows or widens it."),
                ),
                (
                    "custom_role",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="A role of the firm's own, whose permissions then count; empty for the built-in role's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.customrole",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="What the person does in this firm, such as Head of Sales; for people, it gives no rights.",
                        max_length=100,
                    ),
                ),
                (
                    "deactivated_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when the person may not work here; empty for active members, who take a seat.",
                        null=True,
                    ),
                ),
                (
                    "deactivated_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="The member who ended it; empty while active, and where the last day did.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "last_day",
                    models.DateField(
                        blank=True, help_text="After it, in the firm's time zone, the member is deactivated.", null=True
                    ),
                ),
                (
                    "successor",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who gets what the member owns after the last day; set and emptied together with it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "last_seen_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the member last opened a page of the firm, to within five minutes.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "user"), name="accounts_membership_once")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                    "email",
                    models.EmailField(
                        help_text="Whom the mail goes to, in lower case; only a login that has proven this address may accept.",
                        max_length=254,
                    ),
                ),
                (
                    "role",
                    models.TextField(default="member", help_text="Key of the built-in role that accepting gives."),
                ),
                (
                    "custom_role",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="The firm's own role that accepting gives in place of the built-in one's rights; mostly empty.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.customrole",
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(
                        help_text="SHA-256 of the token in the mail, hexadecimal; of an unknown token until the mail is sent.",
                        max_length=64,
                    ),
                ),
                (
                    "invited_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="In whose name the mail asks; the successor takes over when this member leaves.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("expires_at", models.DateTimeField(help_text="Seven days after it was last sent.")),
                (
                    "accepted_at",
                    models.DateTimeField(
                        blank=True, help_text="When the person joined; empty while it is open.", null=True
                    ),
                ),
                (
                    "accepted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="The membership that came of it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True, help_text="When somebody took it back; its seat is free from then on.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "token_hash"), name="accounts_invitation_token")
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
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
                    "name",
                    models.CharField(
                        help_text="What its maker calls it, to know later which program uses it.", max_length=100
                    ),
                ),
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="For whom it acts: never with more rights than this member has at that moment.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "hint",
                    models.CharField(help_text="The last six characters of the key, to recognise it by.", max_length=8),
                ),
                ("secret_hash", models.CharField(help_text="SHA-256 of 256 random bits, hexadecimal.", max_length=64)),
                (
                    "previous_hash",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="The secret before the last rotation.",
                        max_length=64,
                    ),
                ),
                (
                    "previous_until",
                    models.DateTimeField(blank=True, help_text="Until when the one before works too.", null=True),
                ),
                (
                    "scopes",
                    models.JSONField(default=list, help_text="Permission names; empty means all of the member's."),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True, help_text="Refused from this moment on; empty never expires.", null=True
                    ),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(
                        blank=True, help_text="Kept to within five minutes; empty while it was never used.", null=True
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was made useless, by hand or because its member left; empty while it works.",
                        null=True,
                    ),
                ),
                (
                    "revoked_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="The member who did that.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="Who made it; the same member as it acts for.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "previous_hash"], name="accounts_apikey_previous")],
                "constraints": [models.UniqueConstraint(fields=("firm", "secret_hash"), name="accounts_apikey_secret")],
            },
        ),
        migrations.CreateModel(
            name="Team",
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
                    "name",
                    models.CharField(
                        help_text="What the firm calls it, unique among its teams and departments.", max_length=100
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("team", "Team"), ("department", "Department")],
                        default="team",
                        help_text="Only a department may hold other teams.",
                        max_length=12,
                    ),
                ),
                (
                    "parent",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        help_text="The department it is in, at most five deep; empty at the top.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("everyone", "Everyone sees every record"),
                            ("team", "Members see the records of their teams"),
                            ("owner", "Members see only their own records"),
                        ],
                        default="",
                        help_text="Whose records its members see; empty is as its department says, or else the firm.",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("firm", "name"), name="accounts_team_name")],
            },
        ),
        migrations.CreateModel(
            name="TeamMembership",
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
                    "team",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="Where the member belongs; a member may be in several.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        help_text="Who belongs there; what visibility asks.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                ("is_lead", models.BooleanField(default=False, help_text="Whether the member leads this team.")),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["firm", "membership"], name="accounts_team_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("firm", "team", "membership"), name="accounts_team_once")
                ],
            },
        ),
    ]
