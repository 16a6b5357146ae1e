"""What higher rooms may use of notifications."""

from fairlead.notifications.actions.telling import tell
from fairlead.notifications.kinds import Kind, declare
from fairlead.notifications.live.app import LiveApp
from fairlead.notifications.models.wishes import MailWhen
from fairlead.notifications.plugs import add_rule
from fairlead.notifications.rules import Draft

__all__ = ["Draft", "Kind", "LiveApp", "MailWhen", "add_rule", "declare", "tell"]
