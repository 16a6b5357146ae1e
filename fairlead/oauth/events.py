"""The event types of this room: all of them are the security audit's."""

from fairlead.events.public import EventType

_TYPES = (
    ("application.registered", "Application registered", "registered the application {name}"),
    ("application.updated", "Application changed", "changed the application {name}: {fields}"),
    ("application.secret_rotated", "Application's secret changed", "gave the application {name} a new secret"),
    (
        "application.deleted",
        "Application deleted",
        "deleted the application {name}; {members} members had connected it",
    ),
    ("application.connected", "Application connected", "let {name} act for them"),
    ("application.disconnected", "Application disconnected", "took back that {name} acts for them"),
    ("application.logged_in", "Application logged in", "got tokens as {name}"),
    ("application.logged_out", "Application logged out", "gave back its tokens as {name}"),
    ("application.token_reused", "Spent token used again", "showed a spent token as {name}: its tokens were ended"),
)
TYPES = tuple(
    EventType(name, label, wording, kind="security", icon="plug-connected", sensitive=True)
    for name, label, wording in _TYPES
)
