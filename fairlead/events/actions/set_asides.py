"""Events that a consumer could not handle: retry, discard."""

from uuid import UUID

from django.db import transaction

from fairlead.events import consumers
from fairlead.events.consuming import failures
from fairlead.events.models import Event, SetAside
from fairlead.events.recording import record
from fairlead.jobs.public import enqueue, job
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.tenancy.public import Actor, firm_context


def retry_set_aside(set_aside_id: UUID, *, by: Actor) -> SetAside:
    """Have the consumer try the event again, in the background.

    Raises `NotFound`, and `Conflict` when it was retried successfully or discarded before.
    """
    by.require("log.manage")
    with transaction.atomic():
        aside = _open(set_aside_id)
        _settle(aside, by=by)  # who asked; it stays open until the consumer has handled it
        aside.save(update_fields=["resolved_by_id", "resolved_by_label", "updated_at"])
        enqueue(hand_again, firm_id=by.firm_id, by=by, unique=str(aside.id), set_aside_id=aside.id)
        record("log.set_aside_retried", by=by, subject=("event", aside.event_id), data={"consumer": aside.consumer})
    return aside


def discard_set_aside(set_aside_id: UUID, *, by: Actor) -> SetAside:
    """Give the event up for this consumer. Raises `NotFound`, and `Conflict` when it is settled already."""
    by.require("log.manage")
    with transaction.atomic():
        aside = _open(set_aside_id)
        _settle(aside, by=by)
        aside.resolution, aside.resolved_at = SetAside.Resolution.DISCARDED, clock.now()
        aside.save()
        record("log.set_aside_discarded", by=by, subject=("event", aside.event_id), data={"consumer": aside.consumer})
    return aside


@job("events.retry_set_aside", retries=0)
def hand_again(*, firm_id: UUID, set_aside_id: UUID) -> None:
    """Hand an event that was set aside to its consumer again; a new failure is noted, not raised."""
    with firm_context(firm_id):
        _hand_again(_open(set_aside_id))


def _hand_again(aside: SetAside) -> None:
    event = Event.rows().get(pk=aside.event_id, recorded_at=aside.recorded_at)
    try:
        with transaction.atomic():
            consumers.get(aside.consumer).handler([event])
    except Exception as error:
        aside.error = failures.describe(error)
        aside.attempts += 1
    else:
        aside.resolution, aside.resolved_at = SetAside.Resolution.RETRIED, clock.now()
    aside.save()


def _open(set_aside_id: UUID) -> SetAside:
    aside = SetAside.rows().select_for_update().filter(pk=set_aside_id).first()
    if aside is None:
        raise NotFound
    if aside.resolved_at is not None:
        raise Conflict(f"This event was {aside.get_resolution_display().lower()} before.")
    return aside


def _settle(aside: SetAside, *, by: Actor) -> None:
    aside.resolved_by_id, aside.resolved_by_label = by.membership_id, by.label
