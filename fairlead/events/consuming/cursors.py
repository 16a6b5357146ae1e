"""Who consumes a firm: its cursor, locked."""

from fairlead.events.consumers import Consumer
from fairlead.events.consuming.line import Position
from fairlead.events.models import ConsumerState, Cursor


def claim(consumer: Consumer) -> Cursor | None:
    """Lock the firm's cursor and return it, made if missing; None when another worker holds it."""
    wanted = Cursor.rows().filter(consumer=consumer.name)
    found = wanted.select_for_update(skip_locked=True).first()
    if found is not None or wanted.exists():
        return found
    state = ConsumerState.objects.get(pk=consumer.name)
    start = Position(state.start_generation, state.start_tx)
    fresh = Cursor(consumer=consumer.name, generation=start.generation, tx=start.tx, event_id=start.event_id)
    # A second worker that makes the same row waits here for the first one's commit and then makes nothing.
    Cursor.objects.bulk_create([fresh], ignore_conflicts=True)
    return wanted.select_for_update(skip_locked=True).first()
