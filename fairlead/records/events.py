"""The event types that the records room writes."""

from fairlead.events.public import EventType

TYPES = (
    EventType("view.created", "View saved", "saved the view {name}", icon="bookmark"),
    EventType("view.updated", "View changed", "changed the view {name}", icon="bookmark"),
    EventType("view.handed_over", "View handed over", "handed the view {name} over to {to}", icon="bookmark"),
    EventType("view.deleted", "View deleted", "deleted the view {name}", icon="bookmark-off"),
    EventType("custom_field.created", "Field added", "added the field {label}", icon="forms"),
    EventType("custom_field.updated", "Field changed", "changed the field {label}", icon="forms"),
    EventType("custom_field.archived", "Field archived", "archived the field {label}", icon="archive"),
    EventType("custom_field.restored", "Field restored", "took the field {label} out of the archive", icon="archive"),
    EventType(
        "custom_field.deleted", "Field deleted", "deleted the field {label} and its values", icon="trash-x",
        sensitive=True,
    ),
    EventType(
        "export.made", "Records exported", "exported {count} {noun} as {format}", kind="data", icon="download",
        sensitive=True,
    ),
    EventType("duplicate.dismissed", "Not a duplicate", "said that two records differ", icon="git-branch"),
    EventType("duplicate.reopened", "May be a duplicate", "took back that two records differ", icon="git-merge"),
    EventType("duplicate.scan_started", "Duplicates searched", "started a search for duplicate {noun}", icon="search"),
    EventType("duplicate.scan_cancelled", "Search stopped", "stopped a search for duplicates", icon="player-stop"),
    EventType("bulk.started", "Bulk action started", "started for many records: {label}", icon="stack-2"),
    EventType("bulk.finished", "Bulk action finished", "finished for {changed} records: {label}", icon="stack-2"),
    EventType("bulk.cancelled", "Bulk action stopped", "stopped: {label}", icon="player-stop"),
    EventType("bulk.undone", "Bulk action undone", "undid for many records: {label}", icon="arrow-back-up"),
)  # fmt: skip
