import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fairlead.kernel.ids
import fairlead.tenancy.base
import fairlead.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_firms"),
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID version 7 (RFC 9562).",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        max_length=254,
                        unique=True,
                        help_text="What the person logs in with, in lower case; unique in the installation.",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        help_text="Given name as the person writes it; empty while only the address is known.",
                    ),
                ),
                (
                    "last_name",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        help_text="Family name as the person writes it; empty while only the address is known.",
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
                    models.CharField(default="en", max_length=10, help_text="BCP 47 tag, of those that Django knows."),
                ),
                (
                    "photo",
                    models.FileField(
                        blank=True,
                        upload_to="users/",
                        help_text="Path below the media folder; the name changes with every photo, so browsers may keep it.",
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
                ("name", models.CharField(max_length=80, help_text="What the firm calls it, up to 80 characters.")),
                (
                    "description",
                    models.CharField(
                        blank=True, max_length=300, help_text="For whom it is meant, in the firm's words."
                    ),
                ),
                ("permissions", models.JSONField(default=list, help_text="Names of declared permissions.")),
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
                        primary_key=True,
                        serialize=False,
                        help_text="UUID version 7 (RFC 9562).",
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(
                        max_length=64, unique=True, help_text="SHA-256 of the token in the address, hexadecimal."
                    ),
                ),
                ("expires_at", models.DateTimeField(help_text="15 minutes after it was made.")),
                (
                    "used_at",
                    models.DateTimeField(
                        blank=True, null=True, help_text="When the button was pressed; a link works once."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, help_text="When the command line printed it.")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        help_text="Whom pressing the button logs in.",
                    ),
                ),
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
                    "role",
                    models.TextField(default="member", help_text="Built-in role; a custom role narrows or widens it."),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        help_text="What the person does in this firm, such as Head of Sales; for people, it gives no rights.",
                    ),
                ),
                (
                    "deactivated_at",
                    models.DateTimeField(
                        blank=True,
                        null=True,
                        help_text="Since when the person may not work here; empty for active members, who take a seat.",
                    ),
                ),
                (
                    "last_seen_at",
                    models.DateTimeField(
                        blank=True,
                        null=True,
                        help_text="When the member last opened a page of the firm, to within five minutes.",
                    ),
                ),
                (
                    "custom_role",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.customrole",
                        help_text="A role of the firm's own, whose permissions then count; empty for the built-in role's.",
                    ),
                ),
                (
                    "deactivated_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member who ended it; empty while active, and where the last day did.",
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        help_text="The login; it cannot be deleted while it belongs to a firm.",
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
                    "email",
                    models.EmailField(
                        max_length=254,
                        help_text="Whom the mail goes to, in lower case; only a login that has proven this address may accept.",
                    ),
                ),
                (
                    "role",
                    models.TextField(default="member", help_text="Key of the built-in role that accepting gives."),
                ),
                (
                    "token_hash",
                    models.CharField(
                        max_length=64,
                        help_text="SHA-256 of the token in the mail, hexadecimal; of an unknown token until the mail is sent.",
                    ),
                ),
                ("expires_at", models.DateTimeField(help_text="Seven days after it was last sent.")),
                (
                    "accepted_at",
                    models.DateTimeField(
                        blank=True, null=True, help_text="When the person joined; empty while it is open."
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True, null=True, help_text="When somebody took it back; its seat is free from then on."
                    ),
                ),
                (
                    "custom_role",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.customrole",
                        help_text="The firm's own role that accepting gives in place of the built-in one's rights; mostly empty.",
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
                (
                    "accepted_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The membership that came of it.",
                    ),
                ),
                (
                    "invited_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="In whose name the mail asks; the successor takes over when this member leaves.",
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
                    "name",
                    models.CharField(
                        max_length=100, help_text="What its maker calls it, to know later which program uses it."
                    ),
                ),
                (
                    "hint",
                    models.CharField(help_text="The last six characters of the key, to recognise it by.", max_length=8),
                ),
                ("secret_hash", models.CharField(help_text="SHA-256 of 256 random bits, hexadecimal.", max_length=64)),
                (
                    "scopes",
                    models.JSONField(default=list, help_text="Permission names; empty means all of the member's."),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True, null=True, help_text="Refused from this moment on; empty never expires."
                    ),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(
                        blank=True, null=True, help_text="Kept to within five minutes; empty while it was never used."
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True,
                        null=True,
                        help_text="When it was made useless, by hand or because its member left; empty while it works.",
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
                (
                    "created_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="Who made it; the same member as it acts for.",
                    ),
                ),
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                        help_text="For whom it acts: never with more rights than this member has at that moment.",
                    ),
                ),
                (
                    "revoked_by",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                        help_text="The member who did that.",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
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
                    "name",
                    models.CharField(
                        max_length=100, help_text="What the firm calls it, unique among its teams and departments."
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("team", "Team"), ("department", "Department")],
                        default="team",
                        max_length=12,
                        help_text="Only a department may hold other teams.",
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
                (
                    "parent",
                    fairlead.tenancy.base.FirmForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.team",
                        help_text="The department it is in, at most five deep; empty at the top.",
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
                ("is_lead", models.BooleanField(default=False, help_text="Whether the member leads this team.")),
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
                (
                    "membership",
                    fairlead.tenancy.base.FirmForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                        help_text="Who belongs there; what visibility asks.",
                    ),
                ),
                (
                    "team",
                    fairlead.tenancy.base.FirmForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                        help_text="Where the member belongs; a member may be in several.",
                    ),
                ),
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
