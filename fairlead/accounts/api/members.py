"""Members and invitations."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts import access, seats
from fairlead.accounts.actions import departures, factors, invitations, members
from fairlead.accounts.api import shapes
from fairlead.accounts.models import Invitation, Membership
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource


class Members(Resource):
    """The people who work in the firm."""

    tag = "Members"

    @endpoint(
        shapes.MemberOutput,
        paged=True,
        sorts={"created_at": "created_at"},
        default_sort="created_at",
        params=(
            Param("active", "Only those who work here now, or only those who left.", "boolean"),
            Param("unseen_since", "Only those who were not seen at work since this time.", "datetime"),
        ),
    )
    def list(self) -> QuerySet[Membership]:
        """List members."""
        rows = access.members(self.actor)
        active, moment = self.query["active"], self.query["unseen_since"]
        if active is not None:
            rows = rows.filter(deactivated_at__isnull=active)
        return rows if moment is None else seats.idle(rows, moment)

    @endpoint(shapes.MemberOutput)
    def retrieve(self, pk: UUID) -> Membership:
        """Get a member."""
        return access.member(self.actor, pk)

    @endpoint(shapes.MemberOutput, body=shapes.MemberInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Membership:
        """Change a member's title or role.

        Nobody gives more rights than they hold, and a firm always keeps an owner.
        """
        return members.update_member(pk, body, by=self.actor)

    @verb("deactivation", shapes.DeactivationOutput, body=shapes.DeactivateInput)
    def deactivate(self, pk: UUID, body: dict[str, Any]) -> members.Deactivation:
        """Deactivate a member.

        Sessions, keys and links end at once, or after the last day; what the member owned passes to the successor: more
        than 5,000 records in the background, as `errand`, and under the member's name until then.
        """
        if body.get("last_day"):
            planned = {"last_day": body["last_day"], "successor_id": body["successor"]}
            return departures.plan_departure(pk, **planned, by=self.actor)
        return members.deactivate_member(pk, successor_id=body["successor"], by=self.actor)

    @verb("deactivation", shapes.MemberOutput, method="delete")
    def reactivate(self, pk: UUID) -> Membership:
        """Let a member in again, or stay whose last day was set."""
        if access.member(self.actor, pk).last_day:
            return departures.cancel_departure(pk, by=self.actor)
        return members.reactivate_member(pk, by=self.actor)

    @verb("handover", shapes.DeactivationOutput, body=shapes.HandoverInput)
    def hand_over(self, pk: UUID, body: dict[str, Any]) -> members.Deactivation:
        """Hand over what a former member still owns.

        Where a hand-over was stopped, or something came back to them. Of more than 5,000 records in the background, as
        `errand`.
        """
        return members.hand_over_rest(pk, successor_id=body["successor"], by=self.actor)

    @verb("second-factors", method="delete")
    def reset_second_factors(self, pk: UUID) -> None:
        """Reset a member's second factors.

        For a colleague who has lost them: app, passkeys and recovery codes work no more, every session ends, and a mail
        tells the person, who logs in with the password alone until new ones are set up.
        """
        factors.reset_second_factors(pk, by=self.actor)


class Invitations(Resource):
    """Invitations to join the firm."""

    tag = "Members"

    @endpoint(shapes.InvitationOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at")
    def list(self) -> QuerySet[Invitation]:
        """List invitations, open and closed."""
        return access.invitations(self.actor)

    @endpoint(shapes.InvitationOutput)
    def retrieve(self, pk: UUID) -> Invitation:
        """Get an invitation."""
        return access.invitation(self.actor, pk)

    @endpoint(shapes.InvitationOutput, body=shapes.InvitationInput, status=201)
    def create(self, body: dict[str, Any]) -> Invitation:
        """Invite somebody by mail."""
        return invitations.invite_member(body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Take an open invitation back."""
        invitations.revoke_invitation(pk, by=self.actor)

    @verb("sending", shapes.InvitationOutput)
    def resend(self, pk: UUID) -> Invitation:
        """Send an invitation again."""
        return invitations.resend_invitation(pk, by=self.actor)
