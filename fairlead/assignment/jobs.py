"""Background entry points of the assignment room."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.assignment.actions import assigning
from fairlead.assignment.models import Rule
from fairlead.events.public import Event, consumer
from fairlead.jobs.public import current_run, job
from fairlead.tenancy.public import firm_context

BORN = {"contact.created": "contact", "deal.created": "deal"}
CHUNK = 500


@consumer("assignment.rules", types=frozenset(BORN), start="now", batch=CHUNK)
def follow(events: Sequence[Event]) -> None:
    """Give what came without an owner, by hand, import or API, to whom the rules say."""
    for kind, noun in BORN.items():
        causes = {e.subject_id: e.id for e in events if e.type == kind and e.subject_id is not None}
        if causes:
            assigning.assign_new(noun, causes)


@job("assignment.retry", retries=3)
def retry(*, firm_id: UUID) -> None:
    """Give what waited to whoever is back or has room again."""
    for noun in Rule.Target.values:
        given = 1
        while given:
            with firm_context(firm_id):
                given = assigning.assign_waiting(noun, limit=CHUNK).given
            current_run().checkpoint()
