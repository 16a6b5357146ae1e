"""What the resources of this room look like."""

from typing import Any

from rest_framework import serializers

from fairlead.accounts import grants
from fairlead.accounts.actions.members import Deactivation
from fairlead.accounts.models import Invitation, Membership, Team
from fairlead.shell.api.strict import Input, Output
from fairlead.tenancy.public import Role, Visibility

ROLES = [r.key for r in Role]


class FirmOutput(Output):
    """The firm of the key."""

    by_itself = frozenset({"seats"})
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    country = serializers.CharField()
    time_zone = serializers.CharField()
    language = serializers.CharField()
    currency = serializers.CharField()
    visibility = serializers.ChoiceField(choices=Visibility.choices)
    reply_to = serializers.CharField(help_text="Where answers to mail in the firm's name go; empty for nowhere.")
    seats = serializers.IntegerField(allow_null=True)


class FirmInput(Input):
    """The settings that can change."""

    name = serializers.CharField(max_length=200, required=False)
    country = serializers.CharField(max_length=2, required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    language = serializers.CharField(max_length=10, required=False)
    currency = serializers.CharField(max_length=3, required=False)
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)
    reply_to = serializers.CharField(max_length=254, required=False, allow_blank=True)
    seats = serializers.IntegerField(min_value=1, max_value=1_000_000, allow_null=True, required=False)


class SeatsOutput(Output):
    """How many people may work in the firm, and how many do."""

    limit = serializers.IntegerField(allow_null=True)
    members = serializers.IntegerField()
    invited = serializers.IntegerField()
    used = serializers.IntegerField()
    free = serializers.IntegerField(allow_null=True)
    idle = serializers.IntegerField(help_text="Members who were not seen for 30 days.")


class MemberOutput(Output):
    """A member of the firm."""

    by_itself = frozenset({"last_seen_at"})
    id = serializers.UUIDField()
    name = serializers.CharField(source="user.name")
    email = serializers.CharField(source="user.email")
    title = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    custom_role = serializers.UUIDField(source="custom_role_id", allow_null=True)
    role_label = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    last_day = serializers.DateField(allow_null=True, help_text="After it the member is deactivated.")
    successor = serializers.UUIDField(source="successor_id", allow_null=True)
    deactivated_at = serializers.DateTimeField(allow_null=True)

    def get_role_label(self, member: Membership) -> str:
        """Return the role's name for people."""
        return grants.role_label(member.role, member.custom_role)


class MeOutput(MemberOutput):
    """Who the key acts for, in which firm, and what it may do."""

    firm = FirmOutput()
    permissions = serializers.ListField(child=serializers.CharField())


class MemberInput(Input):
    """What can change of a member."""

    title = serializers.CharField(max_length=100, allow_blank=True, required=False)
    role = serializers.ChoiceField(choices=ROLES, required=False)
    custom_role = serializers.UUIDField(allow_null=True, required=False)


class DeactivationOutput(MemberOutput):
    """A member who has left, or is about to."""

    handed_over = serializers.DictField(
        child=serializers.IntegerField(), default=dict,
        help_text="How much the successor got, by kind; empty while the last day is still to come.",
    )  # fmt: skip
    errand = serializers.UUIDField(
        allow_null=True, default=None, help_text="The errand that passes on the records, when they are many."
    )

    def to_representation(self, instance: Deactivation) -> dict[str, Any]:
        """Return the member, and what passed on."""
        shown: dict[str, Any] = super().to_representation(instance.member)
        if "handed_over" in shown:  # a caller may ask for fewer fields
            shown["handed_over"] = instance.handed_over
        if "errand" in shown:
            shown["errand"] = instance.errand.pk if instance.errand else None
        return shown


class DeactivateInput(Input):
    """Who takes over."""

    successor = serializers.UUIDField(help_text="The active member who gets everything the leaver owned.")
    last_day = serializers.DateField(
        required=False, allow_null=True, help_text="The day after which it happens by itself; null: at once."
    )


class HandoverInput(Input):
    """Who takes over."""

    successor = serializers.UUIDField(help_text="The active member who gets what the former member still owns.")


class InvitationOutput(Output):
    """An invitation to join the firm."""

    id = serializers.UUIDField()
    email = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    custom_role = serializers.UUIDField(source="custom_role_id", allow_null=True)
    invited_by = serializers.UUIDField(source="invited_by_id", allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    mail_failed_at = serializers.DateTimeField(
        allow_null=True, help_text="When its mail was given up: nobody got the link. `sending` sends it again."
    )
    state = serializers.SerializerMethodField()

    def get_state(self, invitation: Invitation) -> str:
        """Return `open`, `accepted` or `revoked`."""
        return "accepted" if invitation.accepted_at else "revoked" if invitation.revoked_at else "open"


class InvitationInput(Input):
    """Whom to invite, as what."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=ROLES, required=False)
    custom_role = serializers.UUIDField(allow_null=True, required=False)


class TeamOutput(Output):
    """A team or department."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Team.Kind.choices)
    parent = serializers.UUIDField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    visibility = serializers.SerializerMethodField(
        help_text="everyone, team or owner. Null: as its department says, or else the firm."
    )
    created_at = serializers.DateTimeField()

    def get_visibility(self, team: Team) -> str | None:
        """Return the team's own rule."""
        return team.visibility or None


class TeamInput(Input):
    """What can be said of a team."""

    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=Team.Kind.choices, required=False)
    parent = serializers.UUIDField(allow_null=True, required=False)  # type: ignore[assignment]
    visibility = serializers.ChoiceField(choices=Visibility.choices, allow_null=True, required=False)


class TeamPeople(Output):
    """Who is in a team, and who of them leads it."""

    members = serializers.ListField(child=serializers.UUIDField())
    leads = serializers.ListField(child=serializers.UUIDField())


class TeamPeopleInput(Input):
    """Who shall be in a team; leads are members too."""

    members = serializers.ListField(child=serializers.UUIDField(), max_length=10_000)
    leads = serializers.ListField(child=serializers.UUIDField(), max_length=10_000, required=False)


class RoleOutput(Output):
    """A role that the firm defined."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    permissions = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()


class RoleInput(Input):
    """What can be said of a role."""

    name = serializers.CharField(max_length=80)
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    permissions = serializers.ListField(
        child=serializers.CharField(max_length=100), max_length=500, required=False,
        help_text="Names of rights, at least one; a new role needs them.",
    )  # fmt: skip


class PermissionOutput(Output):
    """A right that a role or a key may hold."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    group = serializers.CharField()
    since = serializers.SerializerMethodField(help_text="The lowest built-in role that holds it.")

    def get_since(self, permission: Any) -> str:
        """Return the role's key."""
        return str(permission.since.key)


class KeyOutput(Output):
    """An API key, without its text."""

    by_itself = frozenset({"last_used_at"})
    id = serializers.UUIDField()
    name = serializers.CharField()
    hint = serializers.CharField(help_text="The last characters.")
    member = serializers.UUIDField(source="membership_id")
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)
    previous_until = serializers.DateTimeField(
        allow_null=True, help_text="Until when the text before the last rotation works too."
    )
    revoked_at = serializers.DateTimeField(allow_null=True)


class NewKeyOutput(KeyOutput):
    """An API key with its text, which is never shown again."""

    key = serializers.CharField()


class KeyInput(Input):
    """A new key; without scopes it may do all that its member may."""

    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(child=serializers.CharField(max_length=100), max_length=500, required=False)
    expires_at = serializers.DateTimeField(allow_null=True, required=False)
