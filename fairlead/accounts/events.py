"""The event types of this room: nearly all of them are the security audit's."""

from fairlead.events.public import EventType

_LOGINS = (
    ("login.succeeded", "Logged in", "logged in with {method}"),
    ("login.failed", "Log-in failed", "failed to log in: {reason}"),
    ("login.ended", "Logged out", "logged out"),
    ("session.ended", "Session ended", "ended a session from {address}"),
    ("password.changed", "Password changed", "changed their password"),
    ("password.reset", "Password reset", "reset their password by mail"),
    ("email.changed", "Address changed", "changed their address"),
    ("second_factor.added", "Second factor added", "set up {factor}"),
    ("second_factor.removed", "Second factor removed", "removed {factor}"),
    ("second_factor.reset", "Second factors reset", "reset the second factors of {name}"),
    (
        "second_factor.mail_failed",
        "Reset not told",
        "could not tell {name} by mail that their second factors were reset",
    ),
    ("recovery_codes.generated", "Recovery codes made", "made new recovery codes"),
)
_MEMBERS = (
    ("member.invited", "Member invited", "invited {email} as {role}"),
    ("invitation.resent", "Invitation sent again", "sent the invitation of {email} again"),
    ("invitation.mail_failed", "Invitation not sent", "could not send the invitation to {email}"),
    ("invitation.revoked", "Invitation revoked", "revoked the invitation of {email}"),
    ("member.joined", "Member joined", "joined the firm as {role}"),
    ("member.role_changed", "Member’s role changed", "changed the role of {name} from {before} to {after}"),
    ("member.deactivated", "Member deactivated", "deactivated {name}; {successor} takes over"),
    ("member.departure_planned", "Last day set", "set {name}'s last day to {last_day}; {successor} takes over"),
    ("member.departure_cancelled", "Last day taken back", "took {name}'s last day back"),
    ("member.reactivated", "Member reactivated", "reactivated {name}"),
    ("ownership.transferred", "Ownership transferred", "made {name} an owner in their place"),
)
_FIRM = (
    ("firm.created", "Firm created", "created the firm"),
    ("firm.updated", "Firm settings changed", "changed the firm's {fields}"),
    ("role.created", "Role created", "created the role {name}"),
    ("role.updated", "Role changed", "changed the role {name}"),
    ("role.deleted", "Role deleted", "deleted the role {name}"),
    ("key.created", "API key created", "created the API key {name}"),
    ("key.rotated", "API key rotated", "rotated the API key {name}"),
    ("key.revoked", "API key revoked", "revoked the API key {name}"),
    ("audit.exported", "Audit exported", "exported the audit"),
)
_PLAIN = (
    ("member.updated", "Member changed", "changed {name}: {fields}"),
    ("member.profile_changed", "Profile changed", "changed their profile: {fields}"),
    ("member.handed_over", "Hand-over ended", "handed over {moved} of {name} to {successor}"),
    ("errand.started", "Work in the background started", "started in the background: {label}"),
    ("errand.done", "Work in the background ended", "finished in the background: {label}"),
    ("errand.cancelled", "Work in the background stopped", "stopped in the background: {label}"),
    ("errand.failed", "Work in the background failed", "gave up in the background: {label}. {message}"),
    ("team.created", "Team created", "created the team {name}"),
    ("team.updated", "Team changed", "changed the team {name}"),
    ("team.deleted", "Team deleted", "deleted the team {name}"),
    ("team.members_changed", "Team members changed", "changed who is in the team {name}"),
)

TYPES = tuple(
    EventType(name, label, wording, kind="security", icon="shield", sensitive=True, personal=frozenset({"email"}))
    for name, label, wording in (*_LOGINS, *_MEMBERS, *_FIRM)
) + tuple(EventType(name, label, wording, kind="members", icon="users") for name, label, wording in _PLAIN)
