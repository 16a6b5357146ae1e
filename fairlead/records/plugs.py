"""What the records room offers to the engines."""

from fairlead.events.public import register as register_events


def register() -> None:
    """Register permissions, event types, nouns and navigation."""
    from fairlead.records.imports import events as import_events
    from fairlead.records.imports import jobs  # noqa: F401 - declares the jobs

    register_events(*import_events.TYPES)
