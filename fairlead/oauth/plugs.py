"""What the oauth room offers to the engines and to the frame."""

from fairlead.accounts.public import credentials
from fairlead.events.public import register as register_events
from fairlead.oauth.events import TYPES
from fairlead.shell.navigation import Item, settings_items
from fairlead.tenancy.public import Role, declare


def register() -> None:
    """Register permissions, event types, the access token as a credential, and the pages."""
    from fairlead.oauth import jobs  # noqa: F401  registers its jobs
    from fairlead.oauth.actions.connections import end_connections
    from fairlead.oauth.admission import admit_token
    from fairlead.oauth.engine.texts import ACCESS

    connect = "Let applications act for oneself"
    declare("applications.connect", connect, group="Developers", since=Role.MEMBER)
    manage = "Register applications, change and delete them"
    declare("applications.manage", manage, group="Developers", since=Role.ADMIN)
    register_events(*TYPES)
    credentials.register(credentials.Credential("connections_ended", ACCESS, admit_token, end_connections))
    settings_items.register(
        Item("applications", "Applications", "apps", "oauth:applications", "Data", 80, "applications.manage")
    )
    settings_items.register(
        Item("connections", "Connected applications", "plug-connected", "oauth:connections", "You", 7)
    )
