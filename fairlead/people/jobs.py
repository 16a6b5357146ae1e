"""Background entry points of the people room."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from fairlead.events.public import Event, consumer
from fairlead.jobs.public import job
from fairlead.kernel.letters import Unanswered
from fairlead.people import confirming, live
from fairlead.people.events import TYPES
from fairlead.tenancy.public import firm_context

log = structlog.get_logger("fairlead.people")
# What changes the facts, the marks or the tags of a contact or company that is there already.
CHANGING = frozenset(t.name for t in TYPES if t.name.startswith(("contact.", "company.", "record."))) - {
    "contact.created", "company.created", "contact.purged", "company.purged",
}  # fmt: skip
# What ends work on many records of any noun.
ENDING = frozenset({
    "bulk.finished", "bulk.undone", "bulk.cancelled", "import.finished", "import.cancelled", "import.failed",
    "import.reverted", "import.revert_stopped",
})  # fmt: skip


@consumer("people.live", types=CHANGING | ENDING, start="now")
def follow(events: Sequence[Event]) -> None:
    """Let the open pages of contacts and companies, and the lists of any noun, show what colleagues change."""
    live.tell_open_pages([e for e in events if e.type in CHANGING])
    if runs := [e for e in events if e.type in ENDING]:
        live.tell_open_lists(runs)


@job("people.ask_confirmation", retries=5)
def ask_confirmation(*, firm_id: UUID, list_id: UUID, contact_id: UUID) -> None:
    """Mail a contact the link that confirms a subscription.

    One that the mail server has not answered is not repeated: it may have arrived, and can be asked for anew.
    """
    with firm_context(firm_id):
        letter = confirming.letter(list_id, contact_id)
    if letter is None:
        return
    try:
        letter.send()
    except Unanswered:
        log.warning("confirmation unanswered", contact=str(contact_id))
