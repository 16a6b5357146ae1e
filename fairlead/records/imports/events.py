"""The event types of imports and exports."""

from fairlead.events.public import EventType

TYPES = (
    EventType("import.started", "Import started", "began to import {noun} from {file}", kind="data", icon="upload"),
    EventType(
        "import.finished", "Import finished",
        "imported {file}: {created} created, {updated} updated, {errors} rows left out", kind="data", icon="upload",
    ),
    EventType("import.resumed", "Import resumed", "went on with the import of {file}", kind="data", icon="player-play"),
    EventType("import.cancelled", "Import cancelled", "cancelled the import of {file}", kind="data", icon="x"),
    EventType("import.failed", "Import failed", "could not import {file}: {reason}", kind="data", icon="ban"),
    EventType(
        "import.revert_stopped", "Revert stopped", "left the import of {file} half reverted", kind="data", icon="ban"
    ),
    EventType("import.reverted", "Import reverted", "reverted the import of {file}", kind="data", icon="arrow-back-up"),
)  # fmt: skip
