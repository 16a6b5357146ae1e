"""The consumer of the log that writes notices."""

from collections.abc import Sequence

from fairlead.events.public import Event, consumer
from fairlead.notifications import rules
from fairlead.notifications.actions.making import make_notices


def follow(events: Sequence[Event]) -> None:
    """Write the notices that some events of one firm give rise to."""
    make_notices(rules.drafts(events))


def register() -> None:
    """Have the log read for the rules known by now."""
    consumer("notifications", types=rules.types(), start="now")(follow)
