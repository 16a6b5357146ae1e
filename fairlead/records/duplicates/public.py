"""What rooms with nouns use of duplicates and merging."""

from fairlead.records.duplicates import actions, candidates, fields, finding, jobs, merging, scanning
from fairlead.records.duplicates.actions import merge_records, undo_merge
from fairlead.records.duplicates.merging import LinkedRows, Merger, Part, Participant

__all__ = [
    "LinkedRows",
    "Merger",
    "Part",
    "Participant",
    "actions",
    "candidates",
    "fields",
    "finding",
    "jobs",
    "merge_records",
    "merging",
    "scanning",
    "undo_merge",
]
