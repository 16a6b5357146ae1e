"""What the accounts room offers to the engines."""

from fairlead.events.public import EventType
from fairlead.events.public import register as register_events
from fairlead.tenancy.public import Role, declare


def register() -> None:
    """Register permissions and event types."""
    declare("records.view_all", "See every record whatever its owner", group="Records", since=Role.MANAGER)
    register_events(EventType("firm.created", "Firm created", "created the firm", kind="security", sensitive=True))
